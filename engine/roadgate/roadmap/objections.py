"""Why a Decision that a change brings cannot count for the initiative that it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.projection import project_from
from roadgate.model.promises import has_new_criterion
from roadgate.model.raw import spec_of
from roadgate.model.sanctions import ITEMS
from roadgate.model.suggest import closest
from roadgate.roadmap.differences import keyed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.sanctions import Sanction
    from roadgate.roadmap.effects import Sides
    from roadgate.roadmap.identity import Pair


def objection(sanction: Sanction, pairs: Iterable[Pair], sides: Sides, *, adopting: bool) -> str:
    """What is wrong with it, in words; empty where nothing is.

    A roadmap that is brought in whole brings Decisions about what has been dropped since.
    """
    concerned = sanction.concerns.get("initiative")
    for pair in pairs:
        if pair.ref.kind == "Initiative" and concerned in pair.names:
            return ("" if adopting else _unknown(sanction, pair)) or _idle(sanction, pair, sides)
    return ""


def _unknown(sanction: Sanction, pair: Pair) -> str:
    """What a relax eases, if that is neither in head nor in base.

    Of other types it is a reference that leads nowhere; what a relax names may be gone in head.
    """
    if sanction.type != "relax":
        return ""
    texts = [spec_of(each.data) for each in (pair.head, pair.base) if each is not None]
    for field, key in ITEMS.items():
        named = sanction.concerns.get(key)
        items = [keyed(each.get(field)) for each in texts]
        if named is None or None in items:  # a list that cannot be read has findings of its own
            continue
        known = {name: None for each in items for name in each or ()}
        if named not in known:
            meant = closest(named, known)
            hint = f"; did you mean '{meant}'?" if meant is not None else ""
            return f"'{pair.ref.name}' has no {key} '{named}'{hint}"
    return ""


def _idle(sanction: Sanction, pair: Pair, sides: Sides) -> str:
    """A pivot replaces the promise: it brings a criterion that was not there before."""
    if sanction.type != "pivot" or pair.base is None or pair.head is None:
        return ""
    old = project_from(sides.base, pair.base.ref.name)
    new = project_from(sides.head, pair.head.ref.name)
    if old is None or new is None or has_new_criterion(old, new, sides.on):
        return ""
    return "a pivot brings at least one new success criterion, due after today"
