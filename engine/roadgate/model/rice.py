"""RICE: reach x impact x confidence / effort, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadgate.model.kinds.initiative import Rice


def score(rice: Rice) -> Fraction:
    """The score that orders a backlog; confidence is in percent."""
    above = below = 1
    for part in (rice.reach, rice.impact, rice.confidence):
        numerator, denominator = part.as_integer_ratio()
        above, below = above * numerator, below * denominator
    numerator, denominator = rice.effort.as_integer_ratio()
    return Fraction(above * denominator, below * numerator * 100)
