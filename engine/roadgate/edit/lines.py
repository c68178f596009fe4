"""The lines of a text, and which of them hold nothing but a comment or nothing at all."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from roadgate.edit.finding import walk

if TYPE_CHECKING:
    from roadgate.model.outline import Outline, Place


class Lines:
    """A text by lines, from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(i + 1 for i, letter in enumerate(text) if letter == "\n")]
        if self.starts[-1] == len(text):
            self.starts.pop()

    def at(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self.starts, offset) - 1

    def start(self, line: int) -> int:
        """Where a line begins; behind the last one, the end of the text."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def content(self, line: int) -> str:
        """A line without its line break."""
        return self.text[self.start(line) : self.start(line + 1)].rstrip("\r\n")

    def indent(self, line: int) -> int:
        """How many spaces begin a line."""
        content = self.content(line)
        return len(content) - len(content.lstrip(" \t"))

    def is_blank(self, line: int) -> bool:
        """Whether a line holds nothing but white space."""
        return not self.content(line).strip(" \t")

    def is_comment(self, line: int) -> bool:
        """Whether a line that lies in no scalar holds a comment only."""
        return self.content(line).lstrip(" \t").startswith("#")

    def is_free(self, line: int) -> bool:
        """Whether a line that lies in no scalar holds no value."""
        return self.is_blank(line) or self.is_comment(line)

    def last(self, place: Place) -> int:
        """The line in which a place ends."""
        return self.at(max(place.stop - 1, place.start, 0))

    def stands_alone(self, offset: int) -> bool:
        """Whether nothing but spaces stands before an offset in its line."""
        return not self.text[self.start(self.at(offset)) : offset].strip(" ")

    def above(self, line: int) -> int:
        """The first of the free lines directly above a line."""
        while line > 0 and self.is_free(line - 1):
            line -= 1
        return line

    def trailing(self, line: int, stop: int, column: int) -> int:
        """Behind the comments from ``line`` on that are indented deeper than ``column``.

        They belong to what stands above them; ``stop`` is the line in which something else begins.
        """
        reached = line
        for each in range(line, stop):
            if self.is_comment(each) and self.indent(each) > column:
                reached = each + 1
            elif not self.is_blank(each):
                break
        return reached


def comments(outline: Outline) -> list[str]:
    """Every comment of a text, without the white space at its end, sorted."""
    found, reached, text = [], 0, outline.text
    for start, end in [*_scalars(outline), (len(text), len(text))]:
        gap, before = text[reached:start], text[max(reached - 1, 0) : reached]
        for line in gap.split("\n"):
            for place, letter in enumerate(line):
                if letter == "#" and (line[place - 1 : place] or before or " ") in " \t\r\n":
                    found.append(line[place:].rstrip())
                    break
            before = "\n"
        reached = max(reached, end)
    return sorted(found)


def _scalars(outline: Outline) -> list[tuple[int, int]]:
    """Where values stand that may hold a ``#`` of their own."""
    leaves = (
        (place.body, place.stop if place.style in ("|", ">") else place.end)
        for _, _, place, _, _ in walk(outline)
        if place.kind == "scalar"
    )
    return sorted(leaves)
