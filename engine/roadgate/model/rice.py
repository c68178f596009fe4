"""RICE: reach x impact x confidence / effort, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadgate.model.kinds.initiative import Rice


def score(rice: Rice) -> Fraction:
    """The score that orders a backlog; confidence is in percent."""
    confidence = Fraction(rice.confidence) / 100
    return Fraction(rice.reach) * Fraction(rice.impact) * confidence / Fraction(rice.effort)
