"""Put new text in the place of old text, and nothing else anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Refused(Exception):  # noqa: N818 - an answer to the caller, who tells the user why
    """An edit is not made, because it would not do exactly what is meant."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """A stretch of a text, and what takes its place."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with every stretch replaced.

    Raises:
        Refused: two of them touch the same characters.
    """
    ordered = sorted(set(splices))
    for one, other in pairwise(ordered):
        if other.start < one.end or one.start == other.start:
            raise Refused("two changes touch the same place")
    parts, reached = [], 0
    for each in ordered:
        parts += [text[reached : each.start], each.text]
        reached = each.end
    return "".join([*parts, text[reached:]])


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, before its line break."""
    end = text.find("\n", offset)
    if end < 0:
        return len(text)
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def next_line(text: str, offset: int) -> int:
    """Where the line after that of an offset begins; the end of the text for the last line."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def column(text: str, offset: int) -> int:
    """How many characters stand before an offset in its line."""
    return offset - line_start(text, offset)
