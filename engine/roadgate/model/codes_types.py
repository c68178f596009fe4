"""The entry of one finding code in the table of codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem that the engine itself reports."""

    code: str
    title: str
    meaning: str
    """What it says about the files, in a sentence or two."""
    fix: str
    example: str
    """Text of a file that shows it, with its path as a comment where that matters."""
