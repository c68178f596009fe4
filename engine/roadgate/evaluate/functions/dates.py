"""Functions on days, which are text such as ``2026-07-31``, and on durations such as ``14d``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import HostFunction
from roadgate.model.values import parse_day, parse_days

if TYPE_CHECKING:
    from datetime import date

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORKING = 5
_STRING, _INT = FieldType("string"), FieldType("int")


def days(start: str, end: str) -> int:
    """How many days after ``start`` the day ``end`` is; negative when it is before.

    Raises:
        ValueError: one of them is not a day as YYYY-MM-DD.
    """
    return (parse_day(end) - parse_day(start)).days


def add_days(start: str, count: int) -> str:
    """The day ``count`` days after ``start``.

    Raises:
        ValueError: ``start`` is not a day as YYYY-MM-DD, or the result is beyond the calendar.
    """
    try:
        return (parse_day(start) + timedelta(days=count)).isoformat()
    except OverflowError:
        raise ValueError(f"no calendar has the day {count} days after {start}") from None


def business_days(start: str, end: str) -> int:
    """How many days from Monday to Friday lie after ``start``, up to ``end``; never negative.

    Raises:
        ValueError: one of them is not a day as YYYY-MM-DD.
    """
    first, last = parse_day(start), parse_day(end)
    return max(0, _working_days(last) - _working_days(first))


def _working_days(day: date) -> int:
    """Working days from the first Monday of the calendar, ``day`` included."""
    weeks, rest = divmod(day.toordinal(), len(WEEKDAYS))
    return weeks * _WORKING + min(rest, _WORKING)


def weekday(day: str) -> str:
    """The day of the week, in English.

    Raises:
        ValueError: it is not a day as YYYY-MM-DD.
    """
    return WEEKDAYS[parse_day(day).weekday()]


DATE_FUNCTIONS = (
    HostFunction(
        "days",
        (_STRING, _STRING),
        _INT,
        days,
        "how many days `to` is after `from`; negative when it is before",
        "days('2026-01-31', '2026-03-01') == 29",
        arguments=("from", "to"),
    ),
    HostFunction(
        "addDays",
        (_STRING, _INT),
        FieldType("string", day=True),
        add_days,
        "the day n days later",
        "addDays('2026-12-31', 1) == '2027-01-01'",
        arguments=("day", "n"),
    ),
    HostFunction(
        "businessDays",
        (_STRING, _STRING),
        _INT,
        business_days,
        "how many days from Monday to Friday lie after `from`, up to `to`; 0 when `to` is before",
        "businessDays('2026-07-03', '2026-07-07') == 2",
        arguments=("from", "to"),
    ),
    HostFunction(
        "weekday",
        (_STRING,),
        FieldType("string", choices=WEEKDAYS),
        weekday,
        "`monday` to `sunday`",
        "weekday('2026-07-31') == 'friday'",
        arguments=("day",),
    ),
    HostFunction(
        "asDays",
        (_STRING,),
        _INT,
        parse_days,
        "a duration as text, in days; durations of resources are days already",
        "asDays('14d') == 14",
        arguments=("duration",),
    ),
)
