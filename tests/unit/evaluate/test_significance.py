"""Significance is what the textbooks say it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.evaluate.significance import Significance, significance
from roadgate.model.kinds.research import Arm


def arm(n: int, successes: int) -> Arm:
    """An arm of an experiment."""
    return Arm(n=n, successes=successes)


@pytest.mark.parametrize(
    ("control", "treatment", "p_value"),
    [
        # worked out apart from the engine: z by its formula, the tails of the normal curve by
        # Simpson's rule
        ((410, 246), (402, 281), 0.003123),
        ((1000, 100), (1000, 130), 0.035488),
        ((200, 80), (200, 90), 0.311804),
        ((50, 25), (50, 30), 0.314879),
    ],
)
def test_known_values(control: tuple[int, int], treatment: tuple[int, int], p_value: float) -> None:
    """The confidence is that of the z-test with pooled variance, two-sided."""
    found = significance({"control": arm(*control), "treatment": arm(*treatment)})
    assert found is not None
    assert found.effect == "positive"
    assert found.confidence == pytest.approx(100 * (1 - p_value), abs=0.0001)


def test_equal_rates() -> None:
    """Equal rates are no effect, with no confidence in any."""
    found = significance({"control": arm(300, 100), "treatment": arm(600, 200)})
    assert found == Significance("none", 0.0)


def test_worse() -> None:
    """A treatment that does worse has a negative effect."""
    found = significance({"control": arm(1000, 130), "treatment": arm(1000, 100)})
    assert found is not None
    assert found.effect == "negative"
    assert found.confidence == pytest.approx(96.45, abs=0.01)


def test_several_arms() -> None:
    """Who tries more often is believed less: each p-value counts once for each arm."""
    alone = significance({"control": arm(1000, 100), "a": arm(1000, 130)})
    among = significance({"control": arm(1000, 100), "a": arm(1000, 130), "b": arm(1000, 101)})
    assert alone is not None
    assert among is not None
    assert 100 - among.confidence == pytest.approx(2 * (100 - alone.confidence))


@pytest.mark.parametrize(
    "arms",
    [
        {},
        {"control": arm(100, 50)},
        {"a": arm(100, 50), "b": arm(100, 60)},
        {"control": arm(0, 0), "treatment": arm(100, 50)},
        {"control": arm(10, 11), "treatment": arm(100, 50)},
        {"control": arm(20, 1), "treatment": arm(20, 8)},
        {"control": arm(1000, 0), "treatment": arm(1000, 0)},
        {"control": arm(1000, 1000), "treatment": arm(1000, 1000)},
    ],
    ids=[
        "none",
        "one",
        "no control",
        "empty",
        "impossible",
        "too few",
        "all failed",
        "none failed",
    ],
)
def test_nothing_can_be_told(arms: dict[str, Arm]) -> None:
    """Arms that are missing, impossible or too small show nothing: unknown, not zero."""
    assert significance(arms) is None


@given(
    st.integers(40, 10**12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    st.integers(40, 10**12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
)
def test_swapped_arms(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Which arm is the control changes the sign of the effect, and nothing else."""
    there = significance({"control": arm(*one), "treatment": arm(*other)})
    back = significance({"control": arm(*other), "treatment": arm(*one)})
    if there is None or back is None:
        assert there is back
        return
    assert 0 <= there.confidence <= 100
    assert there.confidence == back.confidence
    opposite = {"positive": "negative", "negative": "positive", "none": "none"}
    assert there.effect == opposite[back.effect]
