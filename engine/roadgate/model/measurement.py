"""Observations as they stand in ``measurements/<metric>.csv``, good rows and broken ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Observation:
    """One good row."""

    date: date
    segment: str
    """Empty where the row has none."""
    value: Fraction
    line: int
    """From 1, the header included."""


@dataclass(frozen=True, slots=True, order=True)
class BrokenRow:
    """One row with a readable date that cannot be used: it breaks its segment from that day on."""

    date: date
    segment: str
    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class MeasurementFile:
    """All observations of one metric, sorted by date and segment."""

    metric: str
    path: str
    observations: tuple[Observation, ...] = ()
    broken_rows: tuple[BrokenRow, ...] = ()
    problem: str | None = None
    """Set when the file as a whole cannot be used (header, encoding, an unreadable date)."""
