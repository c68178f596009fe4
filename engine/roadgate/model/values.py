"""The scalar types of the kinds: days, durations, numbers, names.

Each takes what the loader yields (YAML 1.2 core values) and nothing else: a quoted number is a
string, a bare date is a string too. A wrong value raises ValueError with a sentence for the author.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from roadgate.model.meant import day_meant, days_meant, number_meant

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FORM = "write a date as YYYY-MM-DD, such as 2026-07-31"
_DAYS = re.compile(r"[0-9]{1,5}d")
MAX_EXPONENT = 30
"""Numbers beyond 10^30, or finer than 10^-30, are refused: exact arithmetic would not end."""

MAX_WHOLE = 10**15
"""Whole numbers beyond it are refused: a policy would not hold them."""


class Misread(ValueError):  # noqa: N818 - what is raised is an answer too
    """A value of the wrong form; ``meant`` is what it can only have meant, if that is certain."""

    def __init__(self, message: str, meant: str | int | Decimal | None = None) -> None:
        super().__init__(message)
        self.meant = meant


def parse_day(value: object) -> date:
    """Read an ISO 8601 day such as ``2026-07-31``.

    Raises:
        ValueError: it is not a string of that form, or not a day of the calendar.
    """
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise Misread(_DAY_FORM, day_meant(value))
    return _day(value)


@lru_cache(maxsize=1 << 14)  # a roadmap names the same days again and again
def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise Misread(_DAY_FORM, day_meant(text))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"write a day of the calendar: {text} is none") from None


def parse_days(value: object) -> int:
    """Read a duration such as ``14d`` into days.

    Raises:
        ValueError: it is anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        raise Misread(f"write a duration with its unit: {value}d", days_meant(f"{value}d"))
    if not isinstance(value, str) or not _DAYS.fullmatch(value):
        raise Misread("write a duration in days, such as 14d", days_meant(value))
    return int(value[:-1])


def parse_number(value: object) -> Decimal:
    """Take a finite number as it was written, exactly.

    Raises:
        ValueError: it is no number, not finite, or beyond ``MAX_EXPONENT``.
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise Misread("write a number, without quotes or a unit", number_meant(value))
    if isinstance(value, int) and abs(value) <= MAX_WHOLE:
        return Decimal(value)  # as nearly all are
    if isinstance(value, int) and value.bit_length() > 4 * MAX_EXPONENT:
        raise ValueError(f"numbers go up to 10^{MAX_EXPONENT}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("write a finite number")
    exponent = number.as_tuple().exponent
    if (
        isinstance(exponent, int)
        and number
        and not (exponent >= -MAX_EXPONENT and number.adjusted() <= MAX_EXPONENT)
    ):
        raise ValueError(f"numbers go up to 10^{MAX_EXPONENT}, with {MAX_EXPONENT} decimals")
    return number


def whole(value: object) -> object:
    """Let a whole number pass that was written with a point or an exponent (``8e1``, ``80.0``)."""
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        value = int(parse_number(value))
    if isinstance(value, int) and abs(value) > MAX_WHOLE:
        raise ValueError(f"whole numbers go up to {MAX_WHOLE}")
    return value


class Refused(ValueError):  # noqa: N818 - what is raised is an answer too
    """A value that is refused in words of its own: they do not repeat it; it may be a secret."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(fix)
        self.problem = problem


T = TypeVar("T")
Many: TypeAlias = Annotated[tuple[T, ...], Field(strict=False)]
"""A list in YAML, immutable once it is read."""


def as_written(value: object) -> object:
    """Let a bare number be read as the text it was written as; whoever judges it refuses it."""
    return (
        str(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value
    )


Day: TypeAlias = Annotated[
    date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-07-31"]}),
]
Days: TypeAlias = Annotated[
    int,
    BeforeValidator(parse_days),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,5}d$", "examples": ["14d"]}),
]
Number: TypeAlias = Annotated[
    Decimal, BeforeValidator(parse_number), WithJsonSchema({"type": "number"})
]
Whole: TypeAlias = Annotated[int, BeforeValidator(whole)]

NAME_PATTERN = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
Name: TypeAlias = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""A DNS label: lowercase letters, digits and hyphens, at most 63."""
ItemId: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$")
]
"""The id of a criterion, threshold or other item of a list."""
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
HttpsLink: TypeAlias = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]
Handle: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^@?[A-Za-z0-9]([A-Za-z0-9-]{0,38})(\[bot\])?$")
]
"""A GitHub login."""
