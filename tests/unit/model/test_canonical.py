"""One spelling for equal meanings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.canonical import canonical, number_text, text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (80, "80"),
        (Decimal("80.0"), "80"),
        (Decimal("8e1"), "80"),
        (Decimal("8E+1"), "80"),
        (Decimal("-0.50"), "-0.5"),
        (Decimal("-0"), "0"),
        (0, "0"),
        (-1200, "-1200"),
        (Decimal("0.001"), "0.001"),
        (Decimal("1e-99"), "1e-99"),
        (Decimal("5e999999"), "5e999999"),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_a_number_has_one_text(value: int | Decimal, expected: str) -> None:
    """The shortest decimal, and no text so long that it fills the memory."""
    assert number_text(value) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(0, 5))
def test_equal_numbers_have_equal_texts(value: Decimal, zeros: int) -> None:
    """Zeros at the end say nothing, and the text is still the same number."""
    longer = Decimal(f"{value:f}" + "0" * zeros)

    assert number_text(longer) == number_text(value)
    assert Decimal(number_text(value)) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  <= 5 ", "<= 5"),
        ({"b": None, "a": [], "c": {}, "d": False}, {"d": False}),
        ({"nested": {"only": None}}, {}),
        ([Decimal("1.0"), "x "], ["1", "x"]),
        (True, True),
    ],
)
def test_empty_parts_are_left_out(value: Any, expected: Any) -> None:
    """Null, an empty list and an empty mapping say no more than nothing; false does."""
    assert canonical(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ([], None),
        (False, "false"),
        (Decimal("4.50"), "4.5"),
        ("two\n lines", "two lines"),
        ({"a": [1, None], "b": "x"}, "{a: [1, null], b: x}"),
    ],
)
def test_a_value_is_shown_on_one_line(value: Any, expected: str | None) -> None:
    """As YAML would write it in flow style."""
    assert text(value) == expected
