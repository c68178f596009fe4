"""The course of a metric in a few characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

_LEVELS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[Fraction]) -> str:
    """One bar for each value, from the lowest to the highest; equal values stand in the middle."""
    if not values:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return _LEVELS[3] * len(values)
    top = len(_LEVELS) - 1
    return "".join(_LEVELS[int((value - low) * top / (high - low))] for value in values)
