"""Write the one right answer to each finding of a file, and prove that nothing else changed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.edit.finding import walk
from roadgate.edit.proof import Edit, Meant, applied
from roadgate.edit.splice import Refused, Splice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.outline import Outline, Path, Place, Reader
    from roadgate.model.repair import Repair
    from roadgate.model.source import Span


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a file's repairs."""

    text: str
    done: tuple[Repair, ...]
    refused: tuple[tuple[Repair, str], ...]
    """Those that were not made, each with the reason."""


def mend(outline: Outline, repairs: Iterable[Repair], read: Reader) -> Mended:
    """Make every repair that changes exactly what it means to, one after the other's proof."""
    places = _Places(outline)
    edits: dict[Repair, Edit] = {}
    refused: list[tuple[Repair, str]] = []
    wanted = sorted({each for each in repairs if each.location is not None}, key=_position)
    answers = Counter(each.location for each in wanted)
    for each in wanted:
        try:
            edits[each] = places.edit(each, is_only=answers[each.location] == 1)
        except Refused as problem:
            refused.append((each, str(problem)))
    try:
        text = applied(outline, edits.values(), read).text if edits else outline.text
    except Refused:
        return _one_by_one(outline, edits, refused, read)
    return Mended(text, tuple(edits), tuple(refused))


def _one_by_one(
    outline: Outline, edits: dict[Repair, Edit], refused: list[tuple[Repair, str]], read: Reader
) -> Mended:
    """Together they cannot be made: make those that can be made one by one."""
    kept: dict[Repair, Edit] = {}
    for each, edit in edits.items():
        try:
            applied(outline, [*kept.values(), edit], read)
        except Refused as problem:
            refused.append((each, str(problem)))
        else:
            kept[each] = edit
    text = applied(outline, kept.values(), read).text if kept else outline.text
    return Mended(text, tuple(kept), tuple(refused))


def _position(repair: Repair) -> tuple[Span | None, str]:
    return repair.location, repair.text


class _Places:
    """Finds the places of an outline by where they stand."""

    def __init__(self, outline: Outline) -> None:
        text = outline.text
        self._length = len(text)
        self._lines = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        self._found: dict[tuple[int, int, bool], tuple[int, Path, Place]] = {}
        for index, path, place, is_key, _ in walk(outline):
            self._found[place.body, place.end, is_key] = (index, path, place)

    def edit(self, repair: Repair, *, is_only: bool) -> Edit:
        """The edit that makes a repair, which is the only one for its place."""
        if not is_only:
            raise Refused("two fixes want different things here")
        span = repair.location
        if span is None:
            raise Refused("its place is not known")
        start = self._offset(span.line, span.column)
        end = self._offset(span.end_line, span.end_column)
        found = self._found.get((start, end, repair.of == "key"))
        if found is None:
            raise Refused("the file has changed meanwhile")
        index, path, place = found
        if repair.of == "key":
            meant = Meant(index, path, name=str(repair.value))
        elif place.kind in ("scalar", "alias"):
            meant = Meant(index, path, repair.value)
        else:
            raise Refused("more than a single value stands there")
        return Edit((Splice(start, end, repair.text),), (meant,))

    def _offset(self, line: int, column: int) -> int:
        if line > len(self._lines):
            return self._length
        return self._lines[line - 1] + column - 1
