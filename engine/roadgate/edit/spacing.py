"""White space within lines, and blank lines between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from roadgate.edit.finding import walk
from roadgate.edit.lines import Lines
from roadgate.edit.splice import Splice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.outline import Entry, Outline, Place

_COLON = re.compile(r"[ \t]*:[ \t]*")
_BEFORE_COLON = re.compile(r"[ \t]+(?=:)")
_COMMA = re.compile(r"[ \t]*,[ \t]*")
_SPACES = re.compile(r"[ \t]+")
_AT_END = re.compile(r"[ \t]+(?=\r?\n|\Z)")


def within_lines(outline: Outline) -> list[Splice]:
    """One space behind colons and commas, none inside brackets."""
    splices: list[Splice] = []
    for section in outline.sections:
        splices += _of_place(outline.text, section.root)
    for _, _, place, _, _ in walk(outline):
        if place.entries or place.items:
            splices += _of_place(outline.text, place)
    return sorted(set(splices))


def between_lines(outline: Outline) -> list[Splice]:
    """No white space at the end of lines, no two blank lines, none where a block begins."""
    inside, lines = _Inside(outline), Lines(outline.text)
    first = {lines.above(lines.at(each)) for each in _first_entries(outline)}
    last = lines.at(len(outline.text.rstrip()))
    splices = []
    for line in range(len(lines.starts)):
        start, stop = lines.start(line), lines.start(line + 1)
        if lines.is_blank(line) and not inside(start) and not inside(start - 1):
            is_last = line > last
            if line == 0 or lines.is_blank(line - 1) or line in first or is_last:
                splices.append(Splice(start, stop, ""))
                continue
        found = _AT_END.search(outline.text, start, stop)
        if found and not inside(found.start()):
            splices.append(Splice(found.start(), found.end(), ""))
    return splices


def last_line_break(outline: Outline) -> list[Splice]:
    """A line break at the end of the last line."""
    text = outline.text
    missing = bool(text) and not text.endswith("\n")
    return [Splice(len(text), len(text), outline.newline)] if missing else []


class _Inside:
    """Whether an offset lies within a value, where white space has a meaning."""

    def __init__(self, outline: Outline) -> None:
        spans = sorted(
            (place.body, place.stop)
            for _, _, place, _, _ in walk(outline)
            if place.kind == "scalar" and place.stop > place.body
        )
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def __call__(self, offset: int) -> bool:
        found = bisect_right(self._starts, offset) - 1
        return found >= 0 and offset < self._ends[found]


def _first_entries(outline: Outline) -> Iterator[int]:
    """Where blocks within others begin on a line of their own."""
    for _, path, place, is_key, _ in walk(outline):
        if place.is_block and path and not is_key:
            first = place.entries[0].key.start if place.entries else place.items[0].start
            before = outline.text[outline.text.rfind("\n", 0, first) + 1 : first]
            if before.strip(" ") == ("-" if place.kind == "list" else ""):
                yield first


def _of_place(text: str, place: Place) -> Iterator[Splice]:
    for entry in place.entries:
        yield from _of_entry(text, entry)
    if place.style != "flow" or text[place.body : place.body + 1] not in ("[", "{"):
        return
    spans = [(each.start, each.end) for each in place.items] + [
        (each.key.start, max(each.key.end, each.value.end)) for each in place.entries
    ]
    for (_, end), (start, _) in pairwise(spans):
        yield from _put(text, end, start, _COMMA, ", ")
    if spans:
        yield from _put(text, place.body + 1, spans[0][0], _SPACES, "")
        is_empty = text[spans[-1][1] - 1 : spans[-1][1]] in (":", ",")
        if not is_empty:
            yield from _put(text, spans[-1][1], place.end - 1, _SPACES, "")
    else:
        yield from _put(text, place.body + 1, place.end - 1, _SPACES, "")


def _of_entry(text: str, entry: Entry) -> Iterator[Splice]:
    if entry.key.kind == "alias":  # its name would take the colon along
        return
    end, start = entry.key.end, entry.value.start
    if entry.value.end > start:
        yield from _put(text, end, start, _COLON, ": ")
    if "\n" in text[end:start] or entry.value.end == start:
        found = _BEFORE_COLON.match(text, end)
        if found:
            yield Splice(found.start(), found.end(), "")


def _put(text: str, start: int, end: int, form: re.Pattern[str], new: str) -> Iterator[Splice]:
    """Replace a gap, if it has the form that is expected there."""
    gap = text[start:end]
    if gap != new and form.fullmatch(gap):
        yield Splice(start, end, new)
