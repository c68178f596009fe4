"""What an experiment showed: the two-proportion z-test of each arm against its control."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING, Literal

from roadgate.model.kinds.research import CONTROL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.model.kinds.research import Arm

LEAST_EXPECTED = 5
"""Where fewer successes or failures are expected in an arm, the normal curve says nothing."""


@dataclass(frozen=True, slots=True)
class Significance:
    """The arm that differs most surely from the control."""

    effect: Literal["positive", "negative", "none"]
    confidence: float
    """In percent, both directions considered: 100 less the p-value."""


def significance(arms: Mapping[str, Arm]) -> Significance | None:
    """What the counts show; None where they cannot show anything.

    The proportions are compared with their pooled variance, two-sided. With several arms beside the
    control, each p-value counts as often as there are arms (Bonferroni).
    """
    control = arms.get(CONTROL)
    others = [arm for name, arm in arms.items() if name != CONTROL]
    if control is None or not others:
        return None
    tested = [_against(control, arm, len(others)) for arm in others]
    known = [each for each in tested if each is not None]
    return max(known, key=lambda each: each.confidence) if len(known) == len(tested) else None


def _against(control: Arm, arm: Arm, comparisons: int) -> Significance | None:
    if any(each.n == 0 or each.successes > each.n for each in (control, arm)):
        return None
    total = control.n + arm.n
    pooled = (control.successes + arm.successes) / total
    if min(control.n, arm.n) * min(pooled, 1 - pooled) < LEAST_EXPECTED:
        return None
    # cross-multiplied whole numbers: equal rates are equal, whatever their decimals
    ahead = arm.successes * control.n - control.successes * arm.n
    spread = sqrt(pooled * (1 - pooled) * (total * control.n * arm.n))  # alike for swapped arms
    p_value = min(1.0, erfc(abs(ahead) / spread / sqrt(2)) * comparisons)
    effect: Literal["positive", "negative", "none"] = "none"
    if ahead:
        effect = "positive" if ahead > 0 else "negative"
    return Significance(effect, 100 * (1 - p_value))
