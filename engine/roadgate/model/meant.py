"""What a value of the wrong form can only have meant, where that is certain."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"((?:19|20|21)[0-9]{2})()([0-9]{2})([0-9]{2})")
_MIDNIGHT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]\s*00?:00(?::00(?:\.0+)?)?\s*(?:[Zz]|[-+]00(?::?00)?)?"
)
_LASTING = re.compile(r"p?\s*([0-9]{1,5})\s*(d|days?|w|weeks?)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_AMOUNT = re.compile(r"([-+]?[0-9]{1,30}(?:\.[0-9]{1,30})?)\s*(%|[A-Za-z][A-Za-z -]{3,20})")
_MAX_DAYS = 99_999
_A_WEEK = 7
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


def day_meant(value: object) -> str | None:
    """The day that another ISO form names. What could be read in two ways is no day."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    text = str(value).strip()
    if found := _MIDNIGHT.fullmatch(text):
        text = found[1]
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        return None


def days_meant(value: object) -> str | None:
    """The duration in days: ``14 days``, ``2 weeks``, ``P14D``. Months have no certain length."""
    found = _LASTING.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    days = int(found[1]) * (_A_WEEK if found[2].lower().startswith("w") else 1)
    return f"{days}d" if days <= _MAX_DAYS else None


def number_meant(value: object) -> int | Decimal | None:
    """The number that stands in quotes."""
    text = value.strip() if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text) if "." in text else int(text)


def amount_meant(value: object, description: str) -> int | Decimal | None:
    """The number before a unit that the field has anyway, as its description says."""
    found = _AMOUNT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    unit = "percent" if found[2] == "%" else found[2].lower().rstrip("s")
    return number_meant(found[1]) if unit in description.lower() else None


def answer_meant(value: object) -> bool | None:
    """True or false as other versions of YAML write them, or in quotes."""
    word = value.strip().lower() if isinstance(value, str) else ""
    return word in _YES if word in _YES | _NO else None
