"""``new``: the first draft of a document, right from the start."""
