"""Harder or easier: what an edit of one condition, deadline or count does to a promise.

A success criterion promises that a value will lie in a set; an edit that leaves a smaller set is
harder. A kill threshold promises to stop when a value lies in a set: there a larger set is harder.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from roadgate.model.change import Effect
from roadgate.model.condition import (
    Between,
    Comparison,
    Condition,
    Relative,
    parse_condition,
    unit_matches,
)
from roadgate.model.units import factor
from roadgate.model.values import parse_day

if TYPE_CHECKING:
    from datetime import date

_MIRROR = {Effect.HARDER: Effect.EASIER, Effect.EASIER: Effect.HARDER}


def mirrored(effect: Effect) -> Effect:
    """The same edit where more is harder instead of easier."""
    return _MIRROR.get(effect, effect)


@dataclass(frozen=True, slots=True)
class Wording:
    """A condition as it is written, with what it leans on."""

    text: str | None
    baseline: Fraction | None = None
    unit: str | None = None
    """The metric's own."""


@dataclass(frozen=True, slots=True)
class _Interval:
    """A set of values; None is no bound."""

    low: tuple[Fraction, bool] | None
    """The bound, and whether it is left out."""
    high: tuple[Fraction, bool] | None
    """The bound, and whether it belongs."""

    def includes(self, other: _Interval) -> bool:
        """Whether every value of ``other`` is one of this."""
        low = self.low is None or (other.low is not None and other.low >= self.low)
        high = self.high is None or (other.high is not None and other.high <= self.high)
        return low and high

    def times(self, many: Fraction) -> _Interval:
        """The same set in a unit of which ``many`` make one of this."""
        low, high = (
            None if bound is None else (bound[0] * many, bound[1])
            for bound in (self.low, self.high)
        )
        return _Interval(low, high)


def condition_effect(old: Wording, new: Wording) -> Effect:
    """What a new target does: inside the old one is harder, around it is easier.

    Trends, and conditions that cannot be resolved, have no order. One that could not be read and
    now can is harder: nothing was promised before.
    """
    if old.text is None or new.text is None:
        return _presence(old.text, new.text)
    before, after = _readable(old), _readable(new)
    if before == after and before is not None and old.baseline == new.baseline:
        return Effect.FREE
    if before is None:
        return _unreadable(old.text, new.text, after)
    was = _interval(before, old.baseline)
    now = None if after is None else _interval(after, new.baseline)
    if was is None or now is None:
        return Effect.FREE if before == after else Effect.UNORDERED
    return _inclusion(was, now)


def is_converted(old: Wording, new: Wording) -> bool:
    """Whether a condition says the same in another unit of the metric."""
    many = factor(old.unit or "", new.unit or "") if old.unit != new.unit else None
    before, after = _readable(old), _readable(new)
    if many is None or before is None or after is None:
        return False
    was, now = _interval(before, old.baseline), _interval(after, new.baseline)
    return was is not None and was.times(many) == now


def deadline_effect(old: str | None, new: str | None, on: date) -> Effect:
    """What a new ``by`` does on day ``on``: earlier is harder while it still lies ahead."""
    if old == new:
        return Effect.FREE
    try:
        before, after = parse_day(old), parse_day(new)
    except ValueError:
        return Effect.UNORDERED
    return Effect.HARDER if on < after < before else Effect.EASIER


def count_effect(old: str | None, new: str | None) -> Effect:
    """What a new ``for`` does to a criterion; absent is 1."""
    try:
        before, after = Fraction(old or "1"), Fraction(new or "1")
    except ValueError:
        return Effect.UNORDERED
    if before == after:
        return Effect.FREE
    return Effect.HARDER if after > before else Effect.EASIER


def dates_effect(old: frozenset[str], new: frozenset[str]) -> Effect:
    """What other check dates do: more is harder, one that is gone is easier."""
    if not old <= new:
        return Effect.EASIER
    return Effect.FREE if old == new else Effect.HARDER


def flag_effect(*, old: bool, new: bool) -> Effect:
    """What a demand that is switched on or off does."""
    if old == new:
        return Effect.FREE
    return Effect.HARDER if new else Effect.EASIER


def _unreadable(old: str, new: str, after: Condition | None) -> Effect:
    if old.split() == new.split():
        return Effect.FREE
    return Effect.UNORDERED if after is None else Effect.HARDER


def _presence(old: str | None, new: str | None) -> Effect:
    return flag_effect(old=old is not None, new=new is not None)


def _readable(wording: Wording) -> Condition | None:
    try:
        condition = parse_condition(wording.text or "")
    except ValueError:
        return None
    if not unit_matches(condition, wording.unit):
        return None
    match condition:
        case Comparison():
            return Comparison(condition.operator, condition.bound)
        case Between():
            return Between(condition.low, condition.high)
        case Relative():
            return Relative(condition.operator, condition.offset, condition.is_share)
        case _:
            return condition


def _interval(condition: Condition, baseline: Fraction | None) -> _Interval | None:
    match condition:
        case Comparison():
            return _ray(condition.operator, condition.bound)
        case Between():
            return _Interval((condition.low, False), (condition.high, True))
        case Relative() if baseline is not None:
            return _ray(condition.operator, condition.bound(baseline))
        case _:
            return None


def _ray(operator: str, bound: Fraction) -> _Interval:
    if operator in (">", ">="):
        return _Interval((bound, operator == ">"), None)
    return _Interval(None, (bound, operator == "<="))


def _inclusion(old: _Interval, new: _Interval) -> Effect:
    if old == new:
        return Effect.FREE
    if old.includes(new):
        return Effect.HARDER
    return Effect.EASIER if new.includes(old) else Effect.UNORDERED
