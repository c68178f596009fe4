"""The RICE score."""

from __future__ import annotations

from fractions import Fraction

import pytest

from roadgate.model.kinds.initiative import Rice
from roadgate.model.rice import score


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ((200, 2, 80, 2), Fraction(160)),
        ((80, 3, 80, 3), Fraction(64)),
        ((200, 1, 50, 6), Fraction(50, 3)),
        ((20, 2, 100, 4), Fraction(10)),
        ((150, 2, 80, 4), Fraction(60)),
        ((240, 2, 100, 2), Fraction(240)),
    ],
)
def test_the_score_is_exact(inputs: tuple[int, int, int, int], expected: Fraction) -> None:
    """Nothing is rounded: a third stays a third."""
    reach, impact, confidence, effort = inputs
    rice = Rice.model_validate(
        {"reach": reach, "impact": impact, "confidence": confidence, "effort": effort}
    )
    assert score(rice) == expected
