"""What to say of numbers that only count the same in another unit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from roadgate.model.canonical import text
from roadgate.model.effects import Wording, is_converted
from roadgate.model.units import conversion, factor

if TYPE_CHECKING:
    from roadgate.model.document import Data

Item = Mapping[str, "Data"]
NOTHING: Item = {}
CONVERTED = "the same in the metric's new unit, which needs a Decision all the same"


def metric_note(key: str, before: Item, after: Item) -> str:
    """What to say of a number, or of its unit, that only counts the same otherwise."""
    converted = _conversion(before, after)
    if key == "unit" or not converted:
        return converted
    same = key == "baseline" or (
        key == "target" and is_converted(own_wording(before), own_wording(after))
    )
    return CONVERTED if same else ""


def own_wording(metric: Item) -> Wording:
    """A Metric's standing target, with what it leans on."""
    unit = metric.get("unit")
    baseline = fraction(part(metric, "baseline").get("value"))
    return Wording(text(metric.get("target")), baseline, unit if isinstance(unit, str) else None)


def _conversion(before: Item, after: Item) -> str:
    """What to say of a unit that only counts the same otherwise."""
    was, now = text(before.get("unit")) or "", text(after.get("unit")) or ""
    many = factor(was, now)
    old, new = (fraction(part(each, "baseline").get("value")) for each in (before, after))
    if was == now or many is None or (None if old is None else old * many) != new:
        return ""
    return f"an equivalent conversion, {conversion(was, now)}, which needs a Decision all the same"


def part(item: Item, key: str) -> Item:
    """A mapping within an item; nothing where there is none."""
    found = item.get(key)
    return found if isinstance(found, Mapping) else NOTHING


def fraction(data: Data) -> Fraction | None:
    """A number as canonical data holds it: text."""
    try:
        return Fraction(data) if isinstance(data, str) else None
    except (ValueError, ZeroDivisionError):
        return None
