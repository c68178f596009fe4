"""Numbers in reports."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.report.exact import one_decimal, to_decimal


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Fraction(5), "5"),
        (Fraction("79.999"), "79.999"),
        (Fraction(50, 3), "16.6666666667"),
        (Fraction(10) ** 30, "1" + "0" * 30),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(0), "0"),
        (Fraction("123456789012345.6"), "123456789012345.6"),
        (Fraction("0.30000000000000004"), "0.30000000000000004"),
        (Fraction("-79.9999999999999"), "-79.9999999999999"),
        (Fraction(1, 2**20), "0.00000095367431640625"),
        (Fraction(1, 3 * 2**20), "0.000000317891438802"),
        (Fraction("9" * 60) / 10**30, "9" * 30 + "." + "9" * 30),
    ],
)
def test_decimals_are_exact_where_there_is_one(number: Fraction, expected: str) -> None:
    """Only a number that no decimal can write is rounded, to twelve significant digits."""
    assert format(to_decimal(number), "f") == expected


@given(st.integers(-(10**60), 10**60), st.integers(0, 30))
def test_decimals_survive(digits: int, decimals: int) -> None:
    """A number that a person typed comes out as the same number."""
    number = Fraction(digits, 10**decimals)

    assert Fraction(to_decimal(number)) == number


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Fraction(160), "160.0"),
        (Fraction(50, 3), "16.7"),
        (Fraction(1, 4), "0.3"),
        (Fraction(1, 20), "0.1"),
        (Fraction(1, 21), "0.0"),
        (Fraction(-1, 4), "-0.2"),
        (Fraction(10) ** 30, "1" + "0" * 30 + ".0"),
    ],
)
def test_scores_have_one_decimal(number: Fraction, expected: str) -> None:
    """Halves are rounded up, from the exact value."""
    assert one_decimal(number) == expected


def test_decimals_are_decimals() -> None:
    """No float comes near a number."""
    assert type(to_decimal(Fraction(1, 10))) is Decimal
