"""Kinds of the organisation's own: their definitions, their schemas, their files."""
