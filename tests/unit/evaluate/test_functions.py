"""The functions that policies may call."""

from __future__ import annotations

import pytest

from roadgate.evaluate.functions.dates import add_days, days
from roadgate.evaluate.functions.lists import total


def test_total() -> None:
    """Numbers are added up; of none the sum is zero."""
    assert total([1, 2]) == 3
    assert total([]) == 0


def test_total_of_something_absent() -> None:
    """Where a value is absent, the sum is unknown."""
    with pytest.raises(ValueError, match="a value is absent"):
        total([1, None])


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-01-31", "2026-03-01", 29),
        ("2028-02-28", "2028-03-01", 2),
        ("2026-01-02", "2026-01-01", -1),
    ],
)
def test_days(start: str, end: str, count: int) -> None:
    """Days between two days, leap years and the past included."""
    assert days(start, end) == count
    assert add_days(start, count) == end


def test_beyond_the_calendar() -> None:
    """A day that no calendar has is an error."""
    with pytest.raises(ValueError, match="no calendar has"):
        add_days("2026-01-01", 10**10)
