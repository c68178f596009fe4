"""Conditions: the closed grammar of targets, kill thresholds, guardrails and NFRs.

``>= 80``, ``<= 2 %``, ``between 2 and 4``, ``<= baseline - 40%``, ``> baseline + 10``,
``increasing``, ``decreasing``; nothing else. Values are exact fractions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias, cast, get_args

from roadgate.model.condition_words import HELP, SEPARATORS, instead, without_comma
from roadgate.model.values import MAX_EXPONENT

Operator = Literal[">=", ">", "<=", "<"]
Direction = Literal["increasing", "decreasing"]

_NUMBER = r"([+-]?[0-9]+(?:\.[0-9]+)?)"
_OPERATOR = r"(>=|<=|>|<)"
_COMPARISON = re.compile(rf"{_OPERATOR}\s*{_NUMBER}(.*)")
_BETWEEN = re.compile(rf"between\s+{_NUMBER}(.*?)\sand\s+{_NUMBER}(.*)")
_BASELINE = re.compile(rf"{_OPERATOR}\s*baseline(?:\s*([+-])\s*{_NUMBER}(.*))?")
_UNIT = re.compile(r"(?:[^\W\d_]|[%‰°€$£¥])[^<>=]*")
_EXPONENT = re.compile(r"[eE][+-]?[0-9]")
_MAX_TEXT = 200


def _compare(operator: Operator, value: Fraction, bound: Fraction) -> bool:
    match operator:
        case ">=":
            return value >= bound
        case ">":
            return value > bound
        case "<=":
            return value <= bound
        case "<":
            return value < bound


@dataclass(frozen=True, slots=True)
class Comparison:
    """An operator with a number."""

    operator: Operator
    bound: Fraction
    unit: str | None = None

    needs_baseline = False
    is_trend = False

    def holds(self, value: Fraction, baseline: Fraction | None = None) -> bool:
        """Whether ``value`` meets the condition."""
        del baseline  # it plays no part here; all conditions are asked alike
        return _compare(self.operator, value, self.bound)


@dataclass(frozen=True, slots=True)
class Between:
    """An interval, both ends included."""

    low: Fraction
    high: Fraction
    unit: str | None = None

    needs_baseline = False
    is_trend = False

    def holds(self, value: Fraction, baseline: Fraction | None = None) -> bool:
        """Whether ``value`` meets the condition."""
        del baseline  # it plays no part here; all conditions are asked alike
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Relative:
    """An operator with the baseline, moved by points or by a share of its absolute value."""

    operator: Operator
    offset: Fraction
    """Signed: points, or a share (-40 % is -2/5)."""
    is_share: bool = False
    unit: str | None = None

    needs_baseline = True
    is_trend = False

    def bound(self, baseline: Fraction) -> Fraction:
        """The number that values are compared with."""
        return baseline + (self.offset * abs(baseline) if self.is_share else self.offset)

    def holds(self, value: Fraction, baseline: Fraction | None = None) -> bool:
        """Whether ``value`` meets the condition.

        Raises:
            ValueError: there is no baseline.
        """
        if baseline is None:
            raise ValueError("the condition needs a baseline, and there is none")
        return _compare(self.operator, value, self.bound(baseline))


@dataclass(frozen=True, slots=True)
class Trend:
    """Each observation strictly beyond the one before it."""

    direction: Direction

    unit = None
    needs_baseline = False
    is_trend = True

    def holds(self, value: Fraction, baseline: Fraction | None = None) -> bool:
        """Whether ``value`` lies strictly beyond ``baseline``: here, the observation before it.

        Raises:
            ValueError: there is no observation before.
        """
        if baseline is None:
            raise ValueError("a trend compares two observations, and there is one")
        return value > baseline if self.direction == "increasing" else value < baseline


_TRENDS = {"increasing": Trend("increasing"), "decreasing": Trend("decreasing")}

Condition: TypeAlias = Comparison | Between | Relative | Trend
"""What a target may be. Ask ``needs_baseline`` and ``is_trend`` before ``holds``."""


def unit_matches(condition: Condition, metric_unit: str | None) -> bool:
    """Whether the unit that the condition writes, if any, is the metric's own."""
    if condition.unit is None:
        return True
    return metric_unit is not None and condition.unit.split() == metric_unit.split()


@lru_cache(maxsize=4096)
def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        ValueError: it is none; the message says what to write.
    """
    words = text.strip()
    if len(words) > _MAX_TEXT or "\n" in words:
        raise ValueError(HELP)
    if words in _TRENDS:
        return _TRENDS[words]
    if found := _BASELINE.fullmatch(words):
        return _relative(*found.groups())
    if found := _BETWEEN.fullmatch(words):
        return _between(*found.groups())
    if found := _COMPARISON.fullmatch(words):
        operator, number, unit = found.groups()
        if unit.startswith(","):
            raise ValueError(without_comma(words))
        return Comparison(_operator(operator), _number(number), _unit(unit))
    raise ValueError(instead(words))


def _operator(text: str) -> Operator:
    for operator in get_args(Operator):
        if operator == text:
            return cast("Operator", operator)
    raise ValueError(HELP)


def _number(text: str) -> Fraction:
    whole, _, decimals = text.lstrip("+-").partition(".")
    if len(whole.lstrip("0")) > MAX_EXPONENT or len(decimals) > MAX_EXPONENT:
        raise ValueError(f"numbers go up to 10^{MAX_EXPONENT}, with {MAX_EXPONENT} decimals")
    return Fraction(text)


def _unit(text: str) -> str | None:
    unit = text.strip()
    if not unit:
        return None
    if _EXPONENT.match(text):
        raise ValueError("write the number out, without an exponent")
    if unit.startswith((",", "_")):
        raise ValueError(SEPARATORS)
    if not _UNIT.fullmatch(unit):
        raise ValueError(HELP)
    return unit


def _relative(operator: str, sign: str | None, number: str | None, unit: str | None) -> Relative:
    if sign is None or number is None:
        return Relative(_operator(operator), Fraction(0))
    if number[0] in "+-":
        raise ValueError('write one sign after baseline, such as "baseline - 10"')
    amount = _number(number) * (-1 if sign == "-" else 1)
    written = _unit(unit or "")
    if written == "%":
        return Relative(_operator(operator), amount / 100, is_share=True)
    return Relative(_operator(operator), amount, unit=written)


def _between(low: str, low_unit: str, high: str, high_unit: str) -> Between:
    least, most = _number(low), _number(high)
    if least > most:
        raise ValueError(f'write the smaller number first: "between {high} and {low}"')
    unit = _unit(high_unit)
    if _unit(low_unit) not in (None, unit):
        raise ValueError(f'write one unit, at the end: "between {low} and {high} min"')
    return Between(least, most, unit)
