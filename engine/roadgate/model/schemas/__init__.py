"""JSON Schemas that people write: what a value breaks, and how to say it."""
