"""Numbers as they are printed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from roadgate.model.numbers import text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "0"),
        ("80", "80"),
        ("100", "100"),
        ("1000000000000000", "1000000000000000"),
        ("-0.5", "-0.5"),
        ("79.9990", "79.999"),
        ("1/3", "0.333333333333"),
        ("2/3", "0.666666666667"),
        ("-2/3", "-0.666666666667"),
        ("1/3000000", "0.000000333333333333"),
        ("123456789012", "123456789012"),
        ("123456789012.5", "123456789012"),
        ("123456789013.5", "123456789014"),
        ("0.999999999999", "0.999999999999"),
        ("0.9999999999999", "1"),
        ("1e-30", "0.000000000000000000000000000001"),
    ],
)
def test_a_number_is_printed_plainly(value: str, expected: str) -> None:
    """Exact within 12 significant digits, rounded half to even beyond, never with an exponent."""
    assert text(Fraction(value)) == expected
