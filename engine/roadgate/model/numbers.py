"""How numbers are printed: exactly, up to 12 significant digits."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

_PRINTED = Context(prec=12, rounding=ROUND_HALF_EVEN)


@lru_cache(maxsize=1 << 14)  # a series is spoken of again and again
def text(value: Fraction) -> str:
    """Print ``value`` as a plain decimal: exact within 12 significant digits, else rounded there.

    There is no exponent and no trailing zero; ties go to the even digit.
    """
    quotient = _PRINTED.divide(Decimal(value.numerator), Decimal(value.denominator))
    plain = format(quotient, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
