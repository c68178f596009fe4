"""What an edit of a condition, a deadline or a count does to a promise."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.change import Effect
from roadgate.model.condition import parse_condition
from roadgate.model.effects import (
    Wording,
    condition_effect,
    count_effect,
    dates_effect,
    deadline_effect,
    mirrored,
)

ON = date(2026, 6, 20)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<= 5", "<= 4.5", "harder"),
        ("<= 5", "< 5", "harder"),
        ("< 5", "<= 5", "easier"),
        ("<= 5", "<= 6", "easier"),
        ("<= 5", "<=  5.0", "free"),
        ("<= 5", "<= 5 min", "free"),
        ("<= 5 min", "<= 5", "free"),
        ("<= 5", "<= 4 s", "unordered"),
        ("<= 5", ">= 5", "unordered"),
        ("<= 5", "between 2 and 4", "harder"),
        ("<= 5", "between 2 and 5", "harder"),
        ("<= 5", "between 2 and 6", "unordered"),
        ("between 2 and 4", "between 1 and 5", "easier"),
        ("between 2 and 4", "between 3 and 3", "harder"),
        ("between 2 and 4", "between 3 and 5", "unordered"),
        ("between 2 and 4", "<= 4", "easier"),
        (">= 80", "> 80", "harder"),
        (">= 80", ">= 80.00", "free"),
        (">= -1", ">= -2", "easier"),
        ("<= 10.8", "<= baseline - 40%", "free"),
        ("<= baseline - 40%", "<= baseline - 50%", "harder"),
        ("<= baseline - 40%", "<= baseline - 7", "easier"),
        ("<= baseline - 40%", "<= 10.79", "harder"),
        ("decreasing", "decreasing", "free"),
        ("decreasing", "increasing", "unordered"),
        ("decreasing", "<= 5", "unordered"),
        ("<= 5", "decreasing", "unordered"),
        ("<= 5", "about five", "unordered"),
        ("about five", "<= 5", "harder"),
        ("about five", "about six", "unordered"),
        ("about five", "about  five", "free"),
    ],
)
def test_a_target_is_compared_by_the_values_that_meet_it(old: str, new: str, expected: str) -> None:
    """Inside the old set is harder, around it easier, across it neither; spelling is free."""
    was, now = (Wording(text, Fraction(18), "min") for text in (old, new))

    assert condition_effect(was, now) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"), [(None, "<= 5", "harder"), ("<= 5", None, "easier")]
)
def test_a_target_that_comes_is_harder(old: str | None, new: str | None, expected: str) -> None:
    """Something is more than nothing."""
    assert condition_effect(Wording(old), Wording(new)) == expected


def test_a_relative_target_without_a_baseline_has_no_order() -> None:
    """What cannot be resolved cannot be compared, unless it is the same."""
    old, new = Wording("<= baseline - 40%"), Wording("<= baseline - 50%")

    assert condition_effect(old, new) is Effect.UNORDERED
    assert condition_effect(old, Wording("<= baseline -40 %")) is Effect.FREE


def test_a_relative_target_follows_the_baseline_it_leans_on() -> None:
    """The same words with another baseline are another promise."""
    old = Wording("<= baseline - 10", Fraction(18))

    assert condition_effect(old, Wording("<= baseline - 10", Fraction(20))) is Effect.EASIER
    assert condition_effect(old, Wording("<= baseline - 10", Fraction(16))) is Effect.HARDER


numbers = st.integers(-6, 6).map(str)
operators = st.sampled_from(["<", "<=", ">", ">="])
between = st.tuples(st.integers(-6, 6), st.integers(0, 5)).map(
    lambda pair: f"between {pair[0]} and {pair[0] + pair[1]}"
)
conditions = st.one_of(st.tuples(operators, numbers).map(" ".join), between)
SAMPLES = [Fraction(half, 2) for half in range(-50, 51)]


@given(conditions, conditions)
def test_the_effect_agrees_with_the_values_that_meet_both(old: str, new: str) -> None:
    """On every half between -25 and 25: harder leaves fewer values, easier more, free the same."""
    before, after = (
        {value for value in SAMPLES if parse_condition(text).holds(value)} for text in (old, new)
    )

    effect = condition_effect(Wording(old), Wording(new))

    assert (effect is Effect.FREE) == (before == after)
    assert (effect is Effect.HARDER) == (after < before)
    assert (effect is Effect.EASIER) == (after > before)
    assert effect is mirrored(condition_effect(Wording(new), Wording(old)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2026-07-31", "2026-07-31", "free"),
        ("2026-07-31", "2026-07-01", "harder"),
        ("2026-07-31", "2026-06-21", "harder"),
        ("2026-07-31", "2026-06-20", "easier"),
        ("2026-07-31", "2026-06-01", "easier"),
        ("2026-07-31", "2026-08-01", "easier"),
        ("2026-05-31", "2026-06-30", "easier"),
        ("2026-07-31", "soon", "unordered"),
        ("2026-07-31", None, "unordered"),
    ],
)
def test_a_deadline_may_only_come_nearer(old: str, new: str | None, expected: str) -> None:
    """Earlier is harder while it lies ahead; on or before the day itself it would hide a miss."""
    assert deadline_effect(old, new, ON) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, "1", "free"),
        (None, "3", "harder"),
        ("3", "2", "easier"),
        ("3", None, "easier"),
        ("3", "three", "unordered"),
    ],
)
def test_more_repetitions_are_harder(old: str | None, new: str | None, expected: str) -> None:
    """To hold at more observations in a row asks for more; absent is once."""
    assert count_effect(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("ab", "ab", "free"), ("ab", "abc", "harder"), ("ab", "a", "easier"), ("ab", "ac", "easier")],
)
def test_a_check_date_may_come_but_not_go(old: str, new: str, expected: str) -> None:
    """A date that moves is one that is gone."""
    assert dates_effect(frozenset(old), frozenset(new)) == expected
