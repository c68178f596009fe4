"""Numbers as the reports write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from roadgate.model.numbers import text


def to_decimal(number: Fraction) -> Decimal:
    """The number itself if a decimal can write it, else rounded to 12 significant digits."""
    places = _places(number.denominator)
    if places is None:
        return Decimal(text(number))
    # built from text, because arithmetic would round to the digits of the context
    return Decimal(f"{(number * 10**places).numerator}E-{places}")


def _places(denominator: int) -> int | None:
    """How many decimals a fraction has; None where they never end."""
    counts = {2: 0, 5: 0}
    for prime in counts:
        while denominator % prime == 0:
            denominator //= prime
            counts[prime] += 1
    return max(counts.values()) if denominator == 1 else None


def one_decimal(number: Fraction) -> str:
    """The number with one decimal, halves rounded up: how scores are printed."""
    tenths = (number * 10 + Fraction(1, 2)).__floor__()
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"
