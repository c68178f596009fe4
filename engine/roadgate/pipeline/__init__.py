"""One short story for each verb: the only place that knows the order of the stages."""
