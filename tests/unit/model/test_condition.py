"""The closed grammar of conditions."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.condition import (
    Between,
    Comparison,
    Relative,
    Trend,
    parse_condition,
    unit_matches,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">= 80", Comparison(">=", Fraction(80))),
        ("  <5  ", Comparison("<", Fraction(5))),
        ("> -0.5", Comparison(">", Fraction(-1, 2))),
        ("<= +5", Comparison("<=", Fraction(5))),
        (">= 80 %", Comparison(">=", Fraction(80), "%")),
        (">= 99.9%", Comparison(">=", Fraction(999, 10), "%")),
        ("<= 10 req/s", Comparison("<=", Fraction(10), "req/s")),
        ("between 2 and 4", Between(Fraction(2), Fraction(4))),
        ("between 2 and 2", Between(Fraction(2), Fraction(2))),
        ("between  -4  and  -2 min", Between(Fraction(-4), Fraction(-2), "min")),
        ("between 2 % and 4 %", Between(Fraction(2), Fraction(4), "%")),
        ("<= baseline", Relative("<=", Fraction(0))),
        ("<= baseline - 40%", Relative("<=", Fraction(-2, 5), is_share=True)),
        ("<= baseline -40 %", Relative("<=", Fraction(-2, 5), is_share=True)),
        ("> baseline + 10", Relative(">", Fraction(10))),
        (">= baseline + 2.5 min", Relative(">=", Fraction(5, 2), unit="min")),
        ("increasing", Trend("increasing")),
        (" decreasing ", Trend("decreasing")),
    ],
)
def test_reads_each_form(text: str, expected: object) -> None:
    """Each form of the grammar is read exactly, with or without spaces."""
    assert parse_condition(text) == expected


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("≥ 80", 'write ">=" instead of "≥"'),
        ("=< 80", 'write "<=" instead of "=<"'),
        ("== 80", "an exact value is no target"),
        ("80", 'write an operator before the number, such as ">= 80"'),
        ("between 4 and 2", 'write the smaller number first: "between 2 and 4"'),
        ("between 2 min and 4", "write one unit, at the end"),
        (">= 1e3", "write the number out, without an exponent"),
        (">= 1,000", "write the number without separators"),
        (">= 1_000", "write the number without separators"),
        ("<= baseline - -4", "write one sign after baseline"),
        (">= " + "1" * 31, "numbers go up to 10^30"),
        (">= 0." + "1" * 31, "numbers go up to 10^30"),
        ("", "write an operator with a number"),
        ("baseline", "write an operator with a number"),
        ("Increasing", "write an operator with a number"),
        (">= .5", "write an operator with a number"),
        (">= 5.", "write an operator with a number"),
        (">= ٨", "write an operator with a number"),
        (">= 80 <= 90", "write an operator with a number"),
        (">=\n80", "write an operator with a number"),
        ("> = 80", "write an operator with a number"),
        (">= 80" + " " * 500 + "x", "write an operator with a number"),
    ],
)
def test_refuses_everything_else_with_advice(text: str, advice: str) -> None:
    """What is no condition is refused with a sentence that says what to write."""
    with pytest.raises(ValueError, match=re.escape(advice)):
        parse_condition(text)


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        (">= 80", "80.0", True),
        (">= 80", "79.999", False),
        ("> 80", "80", False),
        ("<= 5", "5", True),
        ("< 5", "5", False),
        ("between 2 and 4", "2", True),
        ("between 2 and 4", "4.0", True),
        ("between 2 and 4", "4.0001", False),
        ("<= baseline - 40%", "10.8", True),
        ("<= baseline - 40%", "10.81", False),
        ("> baseline + 10", "28", False),
        ("> baseline + 10", "28.01", True),
        ("increasing", "18.1", True),
        ("increasing", "18", False),
        ("decreasing", "17.9", True),
    ],
)
def test_compares_exactly(text: str, value: str, *, holds: bool) -> None:
    """Comparisons are exact; the baseline here is 18."""
    assert parse_condition(text).holds(Fraction(value), Fraction(18)) is holds


def test_a_share_is_of_the_absolute_baseline() -> None:
    """40 % below a baseline of -10 is -14: the share is taken of the absolute value."""
    condition = parse_condition("<= baseline - 40%")
    assert condition.holds(Fraction(-14), Fraction(-10))
    assert not condition.holds(Fraction(-13), Fraction(-10))


@pytest.mark.parametrize("text", ["<= baseline", "increasing"])
def test_asks_for_what_it_compares_with(text: str) -> None:
    """Without a baseline, or an earlier observation, there is no answer."""
    with pytest.raises(ValueError, match="there is"):
        parse_condition(text).holds(Fraction(1))


def test_says_what_it_needs() -> None:
    """A condition says whether it needs a baseline and whether it is a trend."""
    flags = {
        text: (parse_condition(text).needs_baseline, parse_condition(text).is_trend)
        for text in (">= 1", "between 1 and 2", "> baseline", "increasing")
    }
    assert flags == {
        ">= 1": (False, False),
        "between 1 and 2": (False, False),
        "> baseline": (True, False),
        "increasing": (False, True),
    }


@pytest.mark.parametrize(
    ("text", "unit", "matches"),
    [
        (">= 80", None, True),
        (">= 80", "min", True),
        (">= 80 %", "%", True),
        (">= 80 %", "percent", False),
        (">= 80 %", None, False),
        ("<= baseline - 40%", "min", True),
        (">= 3 story  points", "story points", True),
    ],
)
def test_a_unit_must_be_the_metrics_own(text: str, unit: str | None, *, matches: bool) -> None:
    """A unit may be left out; when written, it is the metric's."""
    assert unit_matches(parse_condition(text), unit) is matches


@given(
    operator=st.sampled_from([">=", ">", "<=", "<"]),
    number=st.decimals(allow_nan=False, allow_infinity=False, places=5).map(lambda d: f"{d:f}"),
    spaces=st.integers(0, 3),
)
def test_any_plain_decimal_is_read_exactly(operator: str, number: str, spaces: int) -> None:
    """Whatever number is written in plain digits is the bound."""
    if len(number) > 30:
        number = number[-20:].lstrip(".") or "0"
    condition = parse_condition(f"{operator}{' ' * spaces}{number}")
    assert isinstance(condition, Comparison)
    assert condition.bound == Fraction(Decimal(number))


@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    """No text makes the parser fail in another way than by saying so."""
    condition: object
    try:
        condition = parse_condition(text)
    except ValueError as refusal:
        condition = str(refusal)
    assert condition
    assert isinstance(condition, (str, Comparison, Between, Relative, Trend))
