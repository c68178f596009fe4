"""How text is shown: in colour, wrapped to a width, in full."""

from __future__ import annotations

from dataclasses import dataclass

from roadgate.report.text.excerpt import MAX_COLUMNS
from roadgate.report.text.terminal import Palette

_NARROWEST = 40


@dataclass(frozen=True, slots=True)
class View:
    """What the reader's terminal can show, and how much the reader wants to see."""

    color: bool = False
    columns: int | None = None
    """Of the terminal; None where nobody knows, and lines are not wrapped."""
    verbose: bool = False
    """Nothing is folded, and nothing is left out."""

    @property
    def palette(self) -> Palette:
        """The colours."""
        return Palette(self.color)

    @property
    def room(self) -> int:
        """How many columns an excerpt may take."""
        if self.columns is None:
            return MAX_COLUMNS
        return max(_NARROWEST, min(self.columns, MAX_COLUMNS))

    @property
    def wrap(self) -> int | None:
        """Where sentences are wrapped, if they are."""
        return None if self.columns is None else max(_NARROWEST, self.columns)
