"""Whether a setting judges more strictly than another: orders, numbers, and the worst of many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from roadgate.model.document import Data

Weight: TypeAlias = Literal["weaker", "stronger", "neutral"]
_WORST: tuple[Weight, ...] = ("weaker", "stronger", "neutral")


def worst(weights: Iterable[Weight]) -> Weight:
    """What counts of several: one that is weaker makes the whole weaker."""
    found = set(weights)
    return next((each for each in _WORST if each in found), "neutral")


def ranked(order: Sequence[str], before: Data, after: Data) -> Weight:
    """From two places in an order of growing strictness; what has no place is weaker."""
    was, now = rank(order, before), rank(order, after)
    if now == was and before == after:
        return "neutral"
    return "stronger" if was >= 0 and now > was else "weaker"


def rank(order: Sequence[str], value: Data) -> int:
    """The place of a value in an order, -1 if it has none."""
    return order.index(value) if isinstance(value, str) and value in order else -1


def numbers(before: Data, after: Data, *, higher_is_stricter: bool) -> Weight:
    """From two numbers; without a first one there was no bound that a lower one could widen."""
    if not _is_number(after) or (before is not None and not _is_number(before)):
        return "weaker"
    if before is None:
        return "stronger" if not higher_is_stricter else "weaker"
    was, now = Decimal(str(before)), Decimal(str(after))
    if was == now:
        return "neutral"
    return "stronger" if (now > was) == higher_is_stricter else "weaker"


def parameter(schema: Data, name: str, before: Data, after: Data) -> Weight:
    """From two values of a parameter: its schema says with ``x-stricter`` which way is stricter."""
    found: Data = schema
    for step in ("properties", name, "x-stricter"):
        found = found.get(step) if isinstance(found, Mapping) else None
    if before is None or found not in ("higher", "lower"):
        return "weaker"
    return numbers(before, after, higher_is_stricter=found == "higher")


def _is_number(value: Data) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
