"""Series: the observations of a metric and segment, and the value judged on a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import floor, lcm
from typing import TYPE_CHECKING

from roadgate.model.verdict import Observed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from roadgate.model.kinds.conditions import Aggregate


def _quantile(values: Sequence[int], share: Fraction) -> Fraction:
    """Between the two nearest ranks, by linear interpolation."""
    ranked = sorted(values)
    position = share * (len(ranked) - 1)
    below = floor(position)
    if below == len(ranked) - 1:
        return Fraction(ranked[below])
    return ranked[below] + (ranked[below + 1] - ranked[below]) * (position - below)


_AGGREGATES: Mapping[Aggregate, Callable[[Sequence[int]], Fraction | int]] = {
    "last": lambda values: values[-1],
    "mean": lambda values: Fraction(sum(values), len(values)),
    "min": min,
    "max": max,
    "sum": sum,
    "p50": lambda values: _quantile(values, Fraction(1, 2)),
    "p90": lambda values: _quantile(values, Fraction(9, 10)),
}


@dataclass(frozen=True)
class Series:
    """What was observed up to the day judged, oldest first, and how it is read."""

    dates: tuple[date, ...]
    """Ascending, each once."""
    values: tuple[Fraction, ...]
    cadence: int
    grace: int
    window: int | None = None
    """How many days one judged value covers; None for the newest observation alone."""
    aggregate: Aggregate = "last"
    other_segments: tuple[str, ...] = ()
    """Where there are rows, when there are none in the segment that is asked for."""

    @property
    def patience(self) -> int:
        """How many days old the newest observation of a fresh series may be."""
        return self.cadence + self.grace

    def between(self, first: date | None, last: date) -> Sequence[date]:
        """The observation dates from ``first`` to ``last``, both included."""
        start = 0 if first is None else bisect_left(self.dates, first)
        return self.dates[start : bisect_right(self.dates, last)]

    def after(self, day: date, last: date) -> Sequence[date]:
        """The observation dates later than ``day``, up to and including ``last``."""
        return self.dates[bisect_right(self.dates, day) : bisect_right(self.dates, last)]

    def newest(self, at: date) -> date | None:
        """The date of the newest observation up to ``at``."""
        end = bisect_right(self.dates, at)
        return self.dates[end - 1] if end else None

    def judged(self, at: date) -> Observed | None:
        """The value judged on a day, with the date of its newest row; None where there is none."""
        if at not in self._judged:
            self._judged[at] = self._judge(at)
        return self._judged[at]

    @cached_property
    def _judged(self) -> dict[date, Observed | None]:
        """What was judged before: many conditions are asked of one series."""
        return {}

    def _judge(self, at: date) -> Observed | None:
        end = bisect_right(self.dates, at)
        start = self._start(at, end)
        if start >= end:
            return None
        if self.window is None:
            return Observed(self.dates[end - 1], self.values[end - 1])
        numerators, denominator = self._whole
        aggregate = _AGGREGATES[self.aggregate](numerators[start:end])
        return Observed(self.dates[end - 1], Fraction(aggregate) / denominator)

    @cached_property
    def _whole(self) -> tuple[Sequence[int], int]:
        """The values over one denominator: whole numbers are added and sorted far faster."""
        denominator = lcm(*(value.denominator for value in self.values))
        return [
            value.numerator * (denominator // value.denominator) for value in self.values
        ], denominator

    def fresh(self, at: date) -> bool:
        """Whether the newest observation is young enough, and the window is not empty."""
        newest = self.newest(at)
        if newest is None or (at - newest).days > self.patience:
            return False
        return self.window is None or (at - newest).days < self.window

    def _start(self, at: date, end: int) -> int:
        """Where the rows begin that the value judged at ``at`` is made of."""
        if self.window is None:
            return end - 1 if end else 0
        first = max(1, at.toordinal() - self.window + 1)
        return bisect_left(self.dates, date.fromordinal(first))
