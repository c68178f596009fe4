"""Units that measure the same thing, and how many of one make another."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from roadgate.model.numbers import text

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECONDS: Mapping[str, int | Fraction] = {
    "ms": Fraction(1, 1000),
    "s": 1,
    "min": 60,
    "h": 3600,
    "d": 86_400,
    "w": 604_800,
}
_BYTES: Mapping[str, int] = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_SHARES: Mapping[str, int | Fraction] = {"%": 1, "‰": Fraction(1, 10)}
_LONG: Mapping[str, str] = {
    "millisecond": "ms",
    "second": "s",
    "sec": "s",
    "minute": "min",
    "mins": "min",
    "hour": "h",
    "hr": "h",
    "day": "d",
    "week": "w",
    "percent": "%",
}
_FAMILIES = (_SECONDS, _BYTES, _SHARES)


def factor(before: str, after: str) -> Fraction | None:
    """How many of ``after`` make one of ``before``; None where they measure different things."""
    for family in _FAMILIES:
        was, now = family.get(_short(before)), family.get(_short(after))
        if was is not None and now is not None:
            return Fraction(was) / Fraction(now)
    return None


def conversion(before: str, after: str) -> str:
    """``1 min = 60 s``; empty where there is none."""
    many = factor(before, after)
    if many is None:
        return ""
    if many >= 1:
        return f"1 {before} = {text(many)} {after}"
    return f"1 {after} = {text(1 / many)} {before}"


def _short(unit: str) -> str:
    return _LONG.get(unit.lower().removesuffix("s"), _LONG.get(unit.lower(), unit))
