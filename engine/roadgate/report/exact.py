"""Numbers as the reports write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from roadgate.model.numbers import text


def to_decimal(number: Fraction) -> Decimal:
    """The number itself if 12 significant digits can hold it, else rounded to 12."""
    return Decimal(text(number))


def one_decimal(number: Fraction) -> str:
    """The number with one decimal, halves rounded up: how scores are printed."""
    tenths = (number * 10 + Fraction(1, 2)).__floor__()
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"
