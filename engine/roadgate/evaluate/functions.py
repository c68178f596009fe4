"""The functions that policies may call besides CEL's own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = "Nothing"
"""A message type without values: the type checker's placeholder."""


def total(numbers: Sequence[float | None]) -> float:
    """Add up a list of numbers.

    Raises:
        ValueError: one of them is absent, so that the sum is unknown.
    """
    present = [each for each in numbers if each is not None]
    if len(present) != len(numbers):
        raise ValueError("sum() of a list in which a number is absent")
    return sum(present)


def days(start: str, end: str) -> int:
    """How many days after ``start`` the day ``end`` is; negative when it is before.

    Raises:
        ValueError: one of them is not a day as YYYY-MM-DD.
    """
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def add_days(start: str, count: int) -> str:
    """The day ``count`` days after ``start``.

    Raises:
        ValueError: ``start`` is not a day as YYYY-MM-DD, or the result is beyond the calendar.
    """
    try:
        return (date.fromisoformat(start) + timedelta(days=count)).isoformat()
    except OverflowError:
        raise ValueError(f"no calendar has the day {count} days after {start}") from None
