"""The functions that policies may call besides CEL's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


@dataclass(frozen=True, slots=True)
class HostFunction:
    """One overload of a function, as the type checker knows it."""

    name: str
    id: str
    parameters: tuple[FieldType, ...]
    returns: FieldType | None
    """None for a type that is known only when it runs."""
    implementation: Callable[..., Any] | None = None
    """None where another overload of the same shape carries it."""
    is_member: bool = False


_STRING, _INT = FieldType("string"), FieldType("int")
_INTS, _DOUBLES = FieldType("int", "list"), FieldType("double", "list")
HOST_FUNCTIONS = (
    # The runtime tells overloads apart by "a list" alone: so one of them carries the
    # implementation, typed on lists that nobody can write, and the others give the checker types.
    HostFunction("sum", "sum_list", (FieldType(NOTHING, "list"),), None, total, is_member=True),
    HostFunction("sum", "sum_int", (_INTS,), _INT, is_member=True),
    HostFunction("sum", "sum_double", (_DOUBLES,), FieldType("double"), is_member=True),
    HostFunction("days", "days_between", (_STRING, _STRING), _INT, days),
    HostFunction("addDays", "add_days", (_STRING, _INT), _STRING, add_days),
)
"""Every function that policies may call besides CEL's own and its strings extension."""
