"""Show a stretch of a file, underlined."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from roadgate.model.source import Span
from roadgate.report.text.terminal import Palette, plain, shown, width

Source: TypeAlias = Callable[[str, Literal["base"] | None], bytes | None]
"""The bytes of a path, in head or in base; None when there are none to show."""

MAX_COLUMNS = 100
_TAB = 4
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_CUT = "…"
_MAX_MARK = 60


def place(span: Span) -> str:
    """``path:line:column``, with "in base" where head no longer has it."""
    gone = " (in base)" if span.revision == "base" else ""
    return f"{plain(span.path)}:{span.line}:{span.column}{gone}"


def excerpt(span: Span, source: Source, palette: Palette, label: str = "") -> list[str]:
    """The place, its source line and a mark below it; the place alone if the line is not there."""
    gutter = len(str(span.line))
    corner = palette.faint(f"{'':{gutter}} ┌─")
    head = f"{corner} {place(span)}"
    line = _line(span, source)
    if line is None:
        return [f"{head}: {label}" if label else head]
    text, mark = _underline(line, span)
    bar = palette.faint("│")
    number = palette.faint(str(span.line))
    below = f"{'':{gutter}} {bar} {mark[0]}{palette.bad(mark[1])}"
    return [head, f"{number} {bar} {text}".rstrip(), f"{below} {label}".rstrip()]


def _line(span: Span, source: Source) -> str | None:
    content = source(span.path, span.revision)
    if not content:
        return None
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = _LINE_BREAK.split(text)
    if not 1 <= span.line <= len(lines):
        return None
    return lines[span.line - 1]


def _underline(line: str, span: Span) -> tuple[str, tuple[str, str]]:
    """The line as it can be shown, and the space and carets that go below it."""
    start = min(max(span.column - 1, 0), len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = min(max(end, start + 1), max(len(line), start + 1))
    cells = [_cell(character) for character in line]
    room = MAX_COLUMNS - len(str(span.line)) - 3
    first, last = _visible(cells, start, end, room)
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(cells) else ""
    text = before + "".join(cells[first:last]) + after
    indent = len(before) + width("".join(cells[first:start]))
    carets = width("".join(cells[start : min(end, last)]))
    return text, (" " * indent, "^" * min(max(carets, 1), _MAX_MARK))


def _cell(character: str) -> str:
    return " " * _TAB if character == "\t" else shown(character)


def _visible(cells: list[str], start: int, end: int, room: int) -> tuple[int, int]:
    """Which cells to show so that the span's beginning is among them and the rest fits."""
    widths = [width(cell) for cell in cells]
    if sum(widths) <= room:
        return 0, len(cells)
    room -= 2 * len(_CUT)
    span_width = sum(widths[start:end])
    lead = max(room // 3, room - span_width) if start else 0
    lead = min(lead, room * 2 // 3)
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
