"""Verdicts and the tracker's issues to changes; pure."""
