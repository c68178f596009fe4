"""Values of expressions for people to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_MOST = 5
_LONGEST = 200


def in_words(value: object) -> str:
    """A value: texts in quotes, lists shortened, resources by their name."""
    if value is None:
        text = "absent"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, float):
        text = f"{value:.12g}"
    elif isinstance(value, str):
        text = f"'{value[:_LONGEST]}{'…' if len(value) > _LONGEST else ''}'"
    elif isinstance(value, Mapping):
        parts = [f"{key}: {in_words(each)}" for key, each in sorted(value.items())]
        text = f"{{{_some(parts)}}}"
    elif isinstance(value, Sequence):
        text = f"[{_some([in_words(each) for each in value])}]"
    else:
        text = _message(value)
    return text


def _some(parts: list[str]) -> str:
    shown = ", ".join(parts[:_MOST])
    return shown if len(parts) <= _MOST else f"{shown} and {len(parts) - _MOST} more"


def _message(value: Any) -> str:  # noqa: ANN401 (a number, or a message of any type)
    """A resource by its name, an item by its id, anything else as what it is."""
    fields = getattr(getattr(value, "DESCRIPTOR", None), "fields_by_name", {})
    if "metadata" in fields:
        return f"'{value.metadata.name.value}'"
    for identity in ("id", "name", "phase"):
        if identity in fields and value.HasField(identity):
            return f"'{getattr(value, identity).value}'"
    return "set" if fields else str(value)
