"""Rows under a heading, in columns that are as wide as what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report.text.terminal import Palette, pad, plain, width

if TYPE_CHECKING:
    from collections.abc import Sequence


def columns(header: Sequence[str], rows: Sequence[Sequence[str]], palette: Palette) -> list[str]:
    """The lines of a table; the text of users in it becomes harmless."""
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [max(width(text) for text in column) for column in zip(header, *cells, strict=True)]
    heading = _line(header, widths)
    return [palette.bold(heading), *(_line(row, widths) for row in cells)]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(pad(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
