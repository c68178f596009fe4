"""How values are written in messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SHORT = 60


def shown(value: object) -> str:
    """A value as the author wrote it, cut short."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "a group of fields"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    text = str(value)
    return f"'{text[:_SHORT]}…'" if len(text) > _SHORT else f"'{text}'"
