"""The course of a metric in a few characters."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.plan.chart import sparkline


@pytest.mark.parametrize(
    ("values", "line"),
    [([], ""), ([5], "▄"), ([3, 3], "▄▄"), ([1, 2, 3], "▁▄█"), ([18, 12, 6], "█▄▁")],
)
def test_the_lowest_and_the_highest_are_the_ends(values: list[int], line: str) -> None:
    """Equal values stand in the middle."""
    assert sparkline([Fraction(value) for value in values]) == line


@given(st.lists(st.fractions(), max_size=20))
def test_there_is_one_bar_for_each_value(values: list[Fraction]) -> None:
    """Whatever the values are."""
    assert len(sparkline(values)) == len(values)
