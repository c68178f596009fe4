"""Quarters, as the organisation's calendar counts them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_QUARTER = re.compile(r"(?P<year>[0-9]{4})-Q(?P<number>[1-4])")
_MONTHS = 3
_YEAR = 12
MOST_QUARTERS = 400


def quarter(day: date, first_month: int) -> str:
    """The quarter of a day, named after the year in which its first quarter began: ``2026-Q3``."""
    months = day.year * _YEAR + day.month - first_month
    return f"{months // _YEAR:04d}-Q{months % _YEAR // _MONTHS + 1}"


def bounds(name: str, first_month: int) -> tuple[date, date]:
    """The first and the last day of a quarter.

    Raises:
        ValueError: it is no quarter, or the calendar does not reach it.
    """
    found = _QUARTER.fullmatch(name)
    if found is None:
        raise ValueError(f"'{name}' is no quarter, such as 2026-Q3")
    months = int(found["year"]) * _YEAR + first_month - 1 + (int(found["number"]) - 1) * _MONTHS
    return _first_of(months), _first_of(months + _MONTHS) - timedelta(days=1)


def quarters(start: date, end: date, first_month: int) -> list[str]:
    """Every quarter from one day to another; none when ``end`` is before.

    Raises:
        ValueError: there are more than ``MOST_QUARTERS``.
    """
    found: list[str] = []
    day = start
    while day <= end:
        if len(found) == MOST_QUARTERS:
            raise ValueError(f"there are more than {MOST_QUARTERS} quarters from {start} to {end}")
        found.append(quarter(day, first_month))
        day = bounds(found[-1], first_month)[1] + timedelta(days=1)
    return found


def _first_of(months: int) -> date:
    return date(months // _YEAR, months % _YEAR + 1, 1)
