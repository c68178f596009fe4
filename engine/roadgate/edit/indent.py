"""Indent every block by two spaces, with all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.edit.lines import Lines
from roadgate.edit.splice import Refused, Splice, column

if TYPE_CHECKING:
    from roadgate.model.outline import Outline, Place

STEP = 2


def indentation(outline: Outline) -> list[Splice]:
    """What brings every line to its place.

    Raises:
        Refused: an entry is written in a way that is not taken apart.
    """
    lines = Lines(outline.text)
    indenter = _Indenter(lines)
    for section in outline.sections:
        if section.root.is_block:
            indenter.block(section.root, 0)
            indenter.tail(section.root)
    return [*indenter.gaps, *indenter.splices()]


class _Indenter:
    """Collects by how much each line moves; inner blocks overrule outer ones."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._text = lines.text
        self._new: dict[int, int] = {}
        """New indentation by line."""
        self.gaps: list[Splice] = []
        """Of dashes and what stands behind them."""

    def splices(self) -> list[Splice]:
        """What changes the lines whose indentation is another one now."""
        found = []
        for line, new in self._new.items():
            start, old = self._lines.start(line), self._lines.indent(line)
            if old != new and self._lines.content(line):
                found.append(Splice(start, start + old, " " * new))
        return found

    def block(self, place: Place, new: int) -> None:
        """Bring a block list or mapping, which begins in some column, to column ``new``."""
        starts = self._starts(place)
        old = column(self._text, starts[0])
        parts = self._parts(place)
        self._lead(starts[0], new)
        for number, start in enumerate(starts):
            if not self._begins(place, start):
                raise Refused("an entry does not begin a line of its own")
            line = self._lines.at(start)
            last = max(self._lines.last(each) for each in parts[number])
            if self._lines.stands_alone(start):
                self._new[line] = new
            self._shift(line + 1, last + 1, new - old)
            stop = self._lines.at(starts[number + 1]) if number + 1 < len(starts) else last + 1
            self._between(last + 1, stop, old, new, parts[number][-1])
            inner = parts[number][-1]
            if place.kind == "list":
                self._behind_dash(start, inner)
            if inner.is_block:
                self.block(inner, new + STEP)

    def tail(self, root: Place) -> None:
        """Comments behind the last entry of a document."""
        last = self._lines.last(root) + 1
        stop = last
        while stop < len(self._lines.starts) and self._lines.is_free(stop):
            stop += 1
        self._between(last, stop, column(self._text, self._starts_first(root)), 0, _last(root))

    def _parts(self, place: Place) -> list[tuple[Place, ...]]:
        if place.kind == "list":
            return [(item,) for item in place.items]
        return [(each.key, each.value) for each in place.entries]

    def _starts(self, place: Place) -> list[int]:
        """Where the entries of a block begin: their keys, or their dashes."""
        if place.kind == "mapping":
            return [each.key.start for each in place.entries]
        first = self._text.index("-", place.body)
        indent, starts = column(self._text, first), [first]
        for before, item in zip(place.items, place.items[1:], strict=False):
            line = self._lines.last(before) + 1
            while self._lines.is_free(line):
                line += 1
            dash = self._lines.start(line) + indent
            if self._text[dash : dash + 1] != "-" or dash > item.start:
                raise Refused("a list is not written one item a line")
            starts.append(dash)
        return starts

    def _begins(self, place: Place, start: int) -> bool:
        """Whether an entry begins its line, or stands first behind a dash."""
        before = self._text[self._lines.start(self._lines.at(start)) : start]
        is_first = start == self._starts_first(place)
        return not before.strip(" ") or (is_first and not before.strip(" -"))

    def _starts_first(self, place: Place) -> int:
        if place.kind == "mapping":
            return place.entries[0].key.start
        return self._text.index("-", place.body)

    def _behind_dash(self, dash: int, inner: Place) -> None:
        """One space between a dash and what stands on its line."""
        gap = self._text[dash + 1 : inner.start]
        if gap and not gap.strip(" ") and len(gap) != 1 and inner.end > inner.start:
            self.gaps.append(Splice(dash + 1, inner.start, " "))

    def _lead(self, start: int, new: int) -> None:
        """Comments above the first entry."""
        if not self._lines.stands_alone(start):
            return
        line = self._lines.at(start)
        for each in range(self._lines.above(line), line):
            if self._lines.is_comment(each):
                self._new[each] = new

    def _shift(self, first: int, stop: int, by: int) -> None:
        for line in range(first, stop):
            self._new[line] = max(self._lines.indent(line) + by, 0)

    def _between(self, first: int, stop: int, old: int, new: int, before: Place) -> None:
        """Comments behind an entry: deeper ones belong to it, others to the next."""
        reached = self._lines.trailing(first, stop, old)
        chain = self._chain(before, new) if before.is_block else []
        for line in range(first, stop):
            if not self._lines.is_comment(line):
                continue
            indent = self._lines.indent(line)
            if line >= reached:
                self._new[line] = new
            elif chain:
                fitting = [there for here, there in chain if here <= indent]
                self._new[line] = fitting[-1] if fitting else chain[0][1]
            else:
                self._new[line] = max(indent + new - old, new + 1)

    def _chain(self, place: Place, new: int) -> list[tuple[int, int]]:
        """The columns, old and new, of the blocks that end with a block."""
        chain = []
        while place.is_block:
            new += STEP
            chain.append((column(self._text, self._starts_first(place)), new))
            place = _last(place)
        return chain


def _last(place: Place) -> Place:
    """The last value of a block."""
    return place.items[-1] if place.kind == "list" else place.entries[-1].value
