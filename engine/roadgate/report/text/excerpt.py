"""Show a stretch of a file, underlined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadgate.report.text.terminal import Palette, plain, shown, width

if TYPE_CHECKING:
    from roadgate.model.source import Span

Source: TypeAlias = Callable[[str, Literal["base"] | None], bytes | None]
"""The bytes of a path, in head or in base; None when there are none to show."""
Lines: TypeAlias = Callable[[str, Literal["base"] | None], Sequence[str]]
"""The lines of a path; none when there are none to show."""

MAX_COLUMNS = 100
_TAB = 4
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_CUT = "…"
_WINDOW = 4 * MAX_COLUMNS
"""Characters to either side of a span that can matter; lines may be a megabyte long."""


def place(span: Span) -> str:
    """``path:line:column``, with "in base" where head no longer has it."""
    gone = " (in base)" if span.revision == "base" else ""
    return f"{plain(span.path)}:{span.line}:{span.column}{gone}"


def remember(source: Source) -> Lines:
    """The lines of files, each file read and decoded once."""

    @lru_cache(maxsize=64)
    def lines(path: str, revision: Literal["base"] | None) -> Sequence[str]:
        content = source(path, revision)
        if not content:
            return ()
        return _LINE_BREAK.split(content.decode("utf-8", "replace").removeprefix("\ufeff"))

    return lines


def without(lines: Lines, spans: Iterable[Span]) -> Lines:
    """The same, but for the lines in which some stretches begin: those are not repeated."""
    left_out = {(each.path, each.revision, each.line) for each in spans}
    if not left_out:
        return lines

    def kept(path: str, revision: Literal["base"] | None) -> Sequence[str]:
        found = enumerate(lines(path, revision), start=1)
        return [_CUT if (path, revision, number) in left_out else line for number, line in found]

    return kept


def excerpt(
    span: Span, lines: Lines, palette: Palette, label: str = "", *, room: int = MAX_COLUMNS
) -> list[str]:
    """The place, its source line and a mark below it; the place alone if the line is not there.

    ``room`` is how many columns the line may take.
    """
    gutter = len(str(span.line))
    corner = palette.faint(f"{'':{gutter}} ┌─")
    head = f"{corner} {place(span)}"
    there = lines(span.path, span.revision)
    if not 1 <= span.line <= len(there):
        return [f"{head}: {label}" if label else head]
    text, indent, carets = _underline(there[span.line - 1], span, room)
    if span.end_line > span.line:
        # Of several lines none is to blame: only where they begin and end is shown.
        carets, label = 1, label or f"from here to line {span.end_line}"
    bar = palette.faint("│")
    mark = " " * indent + palette.bad("^" * carets)
    return [
        head,
        f"{palette.faint(str(span.line))} {bar} {text}".rstrip(),
        f"{'':{gutter}} {bar} {mark} {label}".rstrip(),
    ]


def _underline(line: str, span: Span, room: int) -> tuple[str, int, int]:
    """The line as it can be shown, and where the carets go below it, and how many."""
    start = min(max(span.column - 1, 0), len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = min(max(end, start + 1), max(len(line), start + 1))
    left = max(start - _WINDOW, 0)
    cells = [_cell(character) for character in line[left : start + _WINDOW]]
    start, end = start - left, min(end - left, 2 * _WINDOW)
    room -= len(str(span.line)) + 3
    first, last = _visible(cells, start, end, room, whole=len(cells) == len(line))
    before = _CUT if left + first > 0 else ""
    after = _CUT if left + last < len(line) else ""
    indent = len(before) + width("".join(cells[first:start]))
    carets = width("".join(cells[start : min(end, last)]))
    return before + "".join(cells[first:last]) + after, indent, max(carets, 1)


def _cell(character: str) -> str:
    return " " * _TAB if character == "\t" else shown(character)


def _visible(cells: list[str], start: int, end: int, room: int, *, whole: bool) -> tuple[int, int]:
    """Which cells to show, so that they fit and the span's beginning is among them."""
    widths = [width(cell) for cell in cells]
    if whole and sum(widths) <= room:
        return 0, len(cells)
    room -= 2 * len(_CUT)
    # what stands before the span says where one is; what follows it is cut first
    lead = min(max(room // 3, room - sum(widths[start:end])), room * 2 // 3)
    first = start
    while first > 0 and lead >= widths[first - 1]:
        first -= 1
        lead -= widths[first]
        room -= widths[first]
    last = start
    while last < len(cells) and room >= widths[last]:
        room -= widths[last]
        last += 1
    return first, last
