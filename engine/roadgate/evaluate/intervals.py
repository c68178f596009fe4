"""Which numbers a condition allows: whether two can both hold, and which way one points."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadgate.model.condition import Between, Comparison, Relative, Trend, parse_condition

if TYPE_CHECKING:
    from decimal import Decimal

    from roadgate.model.condition import Condition, Operator

Points = Literal["higher", "lower"]
End: TypeAlias = "tuple[Fraction | float, int]"
"""A bound, and where the interval ends: 0 on it, 1 just above it, -1 just below it."""


def condition_of(text: str | None) -> Condition | None:
    """The condition that a text is; None without: that is a finding of its own."""
    if text is None:
        return None
    try:
        return parse_condition(text)
    except ValueError:
        return None


def points(condition: Condition) -> Points | None:
    """Which way a condition wants the number to go; None for an interval: it is to stay."""
    match condition:
        case Comparison(operator=operator) | Relative(operator=operator):
            return "higher" if operator in (">=", ">") else "lower"
        case Trend(direction=direction):
            return "higher" if direction == "increasing" else "lower"
        case Between():
            return None


@lru_cache(maxsize=4096)
def met_by(text: str, value: Decimal) -> bool:
    """Whether a number meets a condition for which it is the baseline too."""
    condition, number = condition_of(text), Fraction(value)
    return condition is not None and condition.holds(number, number)


@lru_cache(maxsize=4096)
def overlap(one: str, other: str, baselines: tuple[Decimal | None, Decimal | None]) -> bool:
    """Whether some number surely meets both conditions, each with its own baseline."""
    first, second = condition_of(one), condition_of(other)
    if first is None or second is None:
        return False
    known = [None if each is None else Fraction(each) for each in baselines]
    return can_both_hold(first, second, (known[0], known[1]))


def can_both_hold(
    one: Condition, other: Condition, baselines: tuple[Fraction | None, Fraction | None]
) -> bool:
    """Whether some number surely meets both; trends and lacking baselines are no such thing."""
    first, second = _interval(one, baselines[0]), _interval(other, baselines[1])
    if first is None or second is None:
        return False
    return max(first[0], second[0]) <= min(first[1], second[1])


def _interval(condition: Condition, baseline: Fraction | None) -> tuple[End, End] | None:
    match condition:
        case Comparison(operator=operator, bound=bound):
            return _from(operator, bound)
        case Relative(operator=operator) if baseline is not None:
            return _from(operator, condition.bound(baseline))
        case Between(low=low, high=high):
            return (low, 0), (high, 0)
        case _:
            return None


def _from(operator: Operator, bound: Fraction) -> tuple[End, End]:
    match operator:
        case ">=":
            return (bound, 0), (inf, 0)
        case ">":
            return (bound, 1), (inf, 0)
        case "<=":
            return (-inf, 0), (bound, 0)
        case "<":
            return (-inf, 0), (bound, -1)
