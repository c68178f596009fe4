"""Values as YAML text: as plain as their meaning allows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from decimal import Decimal

    from roadgate.model.document import Data

Single: TypeAlias = "str | int | Decimal | bool | None"
"""A value without parts."""

_PLAIN = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,5}d|"
    r"(?![0-9][0-9a-fA-FxXoO._:]*\Z)[A-Za-z0-9](?:[\w ./@()'+%-]|,(?= )|:(?![ ]))*(?<![ :])",
    re.ASCII,
)
_WORDS = re.compile(r"null|true|false|yes|no|on|off|y|n", re.IGNORECASE)
_FLOW = re.compile(r"[,\[\]{}]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: Single, *, style: str = "", flow: bool = False) -> str:
    """A single value; a text in the quotes of ``style`` where that can be, else as it must be."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if style == "'" and not _CONTROL.search(value):
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _is_plain(value, flow=flow):
        return value
    return _quoted(value)


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether every reader takes an unquoted text for this text."""
    if not text.isascii():
        text = re.sub(r"[^\x00-\x9f\u2028\u2029\ufeff]", "x", text)
    return (
        _PLAIN.fullmatch(text) is not None
        and _WORDS.fullmatch(text) is None
        and not (flow and _FLOW.search(text))
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL.sub(_escape, escaped) + '"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0], f"\\u{ord(found[0]):04x}")


def flow(value: Data) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(name)}: {flow(each)}" for name, each in value.items()) + "}"
    if is_list(value):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(value, flow=True) if is_single(value) else ""


def key(name: str) -> str:
    """A key of a mapping."""
    return name if _is_plain(name, flow=True) and ":" not in name else _quoted(name)


def block(value: Data, indent: int, newline: str) -> str:
    """A value behind ``key:`` in block style: on its line, or on lines of its own below it."""
    if isinstance(value, Mapping) and value:
        return "".join(newline + each for each in _lines(value, indent + 2, newline))
    if is_list(value) and any(isinstance(each, Mapping) for each in value):
        pad = " " * (indent + 2)
        items = [_item(each, indent + 2, newline) for each in value]
        return "".join(f"{newline}{pad}- {each}" for each in items)
    return " " + (scalar(value) if is_single(value) else flow(value))


def _item(value: Data, indent: int, newline: str) -> str:
    if isinstance(value, Mapping) and value:
        return newline.join(_lines(value, indent + 2, newline)).lstrip(" ")
    return scalar(value) if is_single(value) else flow(value)


def _lines(value: Mapping[str, Data], indent: int, newline: str) -> list[str]:
    pad = " " * indent
    return [f"{pad}{key(name)}:{block(each, indent, newline)}" for name, each in value.items()]


def is_list(value: Data) -> TypeGuard[Sequence[Data]]:
    """Whether a value is a list."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def is_single(value: Data) -> TypeGuard[Single]:
    """Whether a value has no parts."""
    return not isinstance(value, Mapping) and not is_list(value)
