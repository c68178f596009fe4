"""Put the fields of mappings in order, with the comments that belong to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.edit.lines import Lines
from roadgate.edit.order import order_of_kind
from roadgate.edit.splice import Splice, column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadgate.edit.order import Order
    from roadgate.model.outline import Entry, Outline, Place, Section

_DASHES = re.compile(r" *(?:- +)+")
_MODELINE = re.compile(r"#\s*(?:(?:yaml-language-server|vim?)\s*:|-\*-)")


def disorder(outline: Outline) -> list[list[Splice]]:
    """For each of the outermost mappings that are out of order, what puts it in order."""
    lines = Lines(outline.text)
    moves: list[list[Splice]] = []
    for section in outline.sections:
        order = order_of_kind(_kind(section))
        if order is not None:
            moves += _Arranger(lines, section.root).within(section.root, order)
    return moves


def _kind(section: Section) -> object:
    kind = next((each.value for each in section.root.entries if each.key.text == "kind"), None)
    return kind.text if kind else None


@dataclass(frozen=True, slots=True)
class _Group:
    """An entry with the lines that belong to it."""

    lead: int
    """Where the comments and blank lines before it begin."""
    start: int
    """Where its key begins."""
    end: int
    """Behind its last line."""


class _Arranger:
    """Arranges one document."""

    def __init__(self, lines: Lines, root: Place) -> None:
        self._lines = lines
        self._text = lines.text
        names = [anchor for place in _places(root) for anchor, is_set in _marks(place) if is_set]
        self._unclear = {each for each in names if names.count(each) > 1}

    def within(self, place: Place, order: Order) -> Iterator[list[Splice]]:
        """The moves for a place, or for what lies in it."""
        if place.kind == "list":
            for item in place.items:
                yield from self.within(item, order)
            return
        if place.kind != "mapping":
            return
        wanted = self._wanted(place.entries, order)
        if wanted != list(range(len(place.entries))):
            splices = self._moved(place, wanted)
            if splices:
                yield splices
                return
        for entry in place.entries:
            inside = order.within(entry.key.text or "")
            if inside is not None:
                yield from self.within(entry.value, inside)

    def _wanted(self, entries: Sequence[Entry], order: Order) -> list[int]:
        """The positions of the entries in canonical order, no alias before its anchor."""
        if not order.names:
            return list(range(len(entries)))
        ranks = {name: rank for rank, name in enumerate(order.names)}
        left = sorted(
            range(len(entries)),
            key=lambda each: ranks.get(entries[each].key.text or "", len(ranks)),
        )
        marks = [[mark for place in _of_entry(each) for mark in _marks(place)] for each in entries]
        if any(name in self._unclear for each in marks for name, _ in each):
            return list(range(len(entries)))
        home = {name: i for i, each in enumerate(marks) for name, is_set in each if is_set}
        needs = [
            {home[name] for name, _ in each if name in home} - {i} for i, each in enumerate(marks)
        ]
        wanted: list[int] = []
        while left:
            following = next(each for each in left if not needs[each] & set(left))
            left.remove(following)
            wanted.append(following)
        return wanted

    def _moved(self, place: Place, wanted: list[int]) -> list[Splice]:
        """What puts the entries into the wanted order; empty where their lines cannot be told."""
        if place.style == "flow":
            return self._moved_on_line(place, wanted)
        groups = self._groups(place)
        if groups is None:
            return []
        first, last = groups[0], groups[-1]
        indent = " " * column(self._text, first.start)
        is_compact = first.lead > self._lines.start(self._lines.at(first.start))
        parts, above = [], ""
        for slot, number in enumerate(wanted):
            group = groups[number]
            lead = self._lead(group)
            if slot == 0:
                lead = re.sub(r"\A(?:[ \t]*\r?\n)+", "", lead)
            if slot == 0 and is_compact:
                above, lead = lead, ""
            body = self._text[group.start : group.end]
            parts.append(body if slot == 0 and is_compact else f"{lead}{indent}{body}")
        splices = [Splice(first.start if is_compact else first.lead, last.end, "".join(parts))]
        if above:
            splices.append(self._above(first.start, above))
        return splices

    def _lead(self, group: _Group) -> str:
        if group.lead > self._lines.start(self._lines.at(group.start)):
            return ""
        return self._text[group.lead : self._lines.start(self._lines.at(group.start))]

    def _above(self, offset: int, lead: str) -> Splice:
        """Comments above the line of a dash, as the first entry behind it has no line above."""
        start = self._lines.start(self._lines.at(offset))
        pad = " " * self._lines.indent(self._lines.at(offset))
        kept = [line.lstrip(" \t") for line in lead.splitlines(keepends=True) if line.strip()]
        return Splice(start, start, "".join(f"{pad}{line}" for line in kept))

    def _moved_on_line(self, place: Place, wanted: list[int]) -> list[Splice]:
        text = self._text[place.body : place.end]
        if "\n" in text or "?" in re.sub(r"'[^']*'|\"[^\"]*\"", "", text):
            return []
        slots = [(each.key.start, max(each.key.end, each.value.end)) for each in place.entries]
        return [
            Splice(*slot, self._text[slice(*slots[number])])
            for slot, number in zip(slots, wanted, strict=True)
            if slot != slots[number]
        ]

    def _groups(self, place: Place) -> list[_Group] | None:
        """The lines of each entry; None where an entry does not begin a line of its own."""
        lines, entries = self._lines, place.entries
        start = entries[0].key.start
        indent = column(self._text, start)
        line = lines.at(start)
        before = self._text[lines.start(line) : start]
        if before.strip(" ") and not _DASHES.fullmatch(before):
            return None
        lead = start if before.strip(" ") else self._below_header(lines.above(line), line)
        groups = []
        for entry, following in zip(entries, [*entries[1:], None], strict=True):
            reached = max(lines.last(entry.key), lines.last(entry.value)) + 1
            stop = lines.at(following.key.start) if following else len(lines.starts)
            if following and not lines.stands_alone(following.key.start):
                return None
            end = lines.start(lines.trailing(reached, stop, indent))
            if self._text[end - 1 : end] != "\n":
                return None
            groups.append(_Group(lead, entry.key.start, end))
            lead = end
        return groups

    def _below_header(self, top: int, line: int) -> int:
        """Where the comments of the first entry begin: below a header that a blank line ends."""
        first = top
        for each in range(top, line):
            if self._lines.is_blank(each) or _MODELINE.match(self._lines.content(each).strip()):
                first = each + 1
        return self._lines.start(first)


def _of_entry(entry: Entry) -> Iterator[Place]:
    yield from _places(entry.key)
    yield from _places(entry.value)


def _places(place: Place) -> Iterator[Place]:
    yield place
    for entry in place.entries:
        yield from _of_entry(entry)
    for item in place.items:
        yield from _places(item)


def _marks(place: Place) -> Iterator[tuple[str, bool]]:
    """The anchor that a place sets, or that it names."""
    if place.anchor:
        yield place.anchor, place.kind != "alias"
