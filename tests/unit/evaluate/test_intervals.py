"""Whether two conditions can both hold is asked of the numbers, not of their texts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.evaluate.intervals import can_both_hold, condition_of, met_by, overlap, points
from roadgate.model.condition import parse_condition

NUMBERS = st.integers(-6, 6)
TEXTS = st.one_of(
    st.tuples(st.sampled_from([">=", ">", "<=", "<"]), NUMBERS).map(lambda t: f"{t[0]} {t[1]}"),
    st.tuples(NUMBERS, NUMBERS).map(lambda t: f"between {min(t)} and {max(t)}"),
    st.tuples(
        st.sampled_from([">=", ">", "<=", "<"]), st.sampled_from("+-"), st.integers(0, 5)
    ).map(lambda t: f"{t[0]} baseline {t[1]} {t[2]}"),
)


@given(TEXTS, TEXTS, NUMBERS)
def test_as_if_every_number_were_tried(one: str, other: str, baseline: int) -> None:
    """Two conditions can both hold when some number, in steps of a half, meets both."""
    base = Fraction(baseline)
    first, second = parse_condition(one), parse_condition(other)
    tried = [Fraction(each, 2) for each in range(-30, 31)]
    expected = any(first.holds(each, base) and second.holds(each, base) for each in tried)
    assert can_both_hold(first, second, (base, base)) is expected


@given(TEXTS, TEXTS, NUMBERS)
def test_texts_are_asked_alike(one: str, other: str, baseline: int) -> None:
    """The texts of conditions say the same as the conditions that they are."""
    base, first, second = Fraction(baseline), parse_condition(one), parse_condition(other)
    known = Decimal(baseline)
    assert overlap(one, other, (known, known)) is can_both_hold(first, second, (base, base))
    assert met_by(one, known) is first.holds(base, base)


@pytest.mark.parametrize(("one", "other"), [("increasing", ">= 4"), (">= baseline", ">= 4")])
def test_cannot_be_told(one: str, other: str) -> None:
    """A trend, and a baseline that nobody knows, contradict nothing for sure."""
    assert not can_both_hold(parse_condition(one), parse_condition(other), (None, None))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (">= 80", "higher"),
        ("> baseline + 10", "higher"),
        ("increasing", "higher"),
        ("<= 5 min", "lower"),
        ("< baseline - 40%", "lower"),
        ("decreasing", "lower"),
        ("between 2 and 4", None),
    ],
)
def test_points(text: str, way: str | None) -> None:
    """A condition points to where the number is wanted."""
    assert points(parse_condition(text)) == way


@pytest.mark.parametrize("text", [None, "80", "soon"])
def test_no_condition(text: str | None) -> None:
    """What is no condition is none: the finding about it comes from elsewhere."""
    assert condition_of(text) is None
