"""Where each character of a scalar's value stands in the file: past quotes, folds and escapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_LONG = {"x": 2, "u": 4, "U": 8}


def offsets(source: str, style: str | None, value: str) -> list[int]:
    """For each character of ``value``, and for its end, the offset in ``source``.

    ``source`` is the scalar as it is written, with its quotes or its block header. A space that
    stands for the end of a line has the place right behind what comes before it.
    """
    return list(_offsets(source, style, value))


def _offsets(source: str, style: str | None, value: str) -> Iterator[int]:
    at = _begin(source, style)
    for character in value:
        if character.isspace() and not (style == '"' and source[at : at + 1] == "\\"):
            yield at
            at += source[at : at + 1] == character
            continue
        at = _past_breaks(source, at, style)
        yield min(at, len(source))
        at += _width(source, at, style)
    yield min(at, len(source))


def _begin(source: str, style: str | None) -> int:
    """Where the value begins: behind anchors and tags, quotes, or the line of a block's header."""
    found = _PROPERTIES.match(source)
    start = found.end() if found else 0
    if style in ("|", ">"):
        line = source.find("\n", start)
        return len(source) if line < 0 else line + 1
    return start + 1 if style in ("'", '"') else start


def _past_breaks(source: str, at: int, style: str | None) -> int:
    """Past white space, and past the ends of lines that a backslash takes back."""
    while at < len(source):
        if source[at].isspace():
            at += 1
        elif style == '"' and source[at] == "\\" and source[at + 1 : at + 2] in ("\n", "\r"):
            at += 2
        else:
            break
    return at


def _width(source: str, at: int, style: str | None) -> int:
    """How many characters of the source make the next one of the value."""
    if style == "'" and source[at : at + 2] == "''":
        return 2
    if style == '"' and source[at : at + 1] == "\\":
        return 2 + _LONG.get(source[at + 1 : at + 2], 0)
    return 1
