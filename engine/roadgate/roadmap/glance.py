"""A quick look at each resource: in most nothing is wrong, and only the others are read closely.

It works out neither places nor words. What it passes is what a close look would have nothing to
tell of; what it does not pass may still be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from roadgate.model.kinds import Decision, Evidence, Initiative, Metric
from roadgate.model.kinds.conditions import Judged
from roadgate.roadmap.readings import unjudgeable
from roadgate.roadmap.references import naming_fields
from roadgate.roadmap.repeated import keyed_lists
from roadgate.roadmap.walk import inner_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from roadgate.model.kinds import Envelope
    from roadgate.model.kinds.base import Part
    from roadgate.model.source import ResourceRef
    from roadgate.roadmap.index import Index
    from roadgate.roadmap.references import Naming
    from roadgate.roadmap.walk import Shape


def doubtful(index: Index, only: Collection[ResourceRef] | None = None) -> set[ResourceRef]:
    """The resources in which something may be wrong; ``only`` names those to look at."""
    names = index.called()
    return {each.ref for each in index.among(only) if not _passes(each.body, names, index)}


def _passes(body: Envelope, names: Mapping[str, set[str]], index: Index) -> bool:
    """Whether there is nothing to tell."""
    if not _is_ordinary(body):
        return False
    judged: list[tuple[str, Part]] = []
    parts: list[Part] = [body]
    for part in parts:  # it grows meanwhile
        plan = _plan(type(part))
        for attribute, shape in plan.inner:
            parts.extend(_held(getattr(part, attribute), shape))
        for field in plan.references:
            if not _leads(field, getattr(part, field.attribute), names):
                return False
        for attribute, key in plan.lists:
            if _repeats(getattr(part, attribute), key):
                return False
        if plan.is_judged:
            judged.append(("", part))
    return next(unjudgeable(body, judged, index), None) is None


def _is_ordinary(body: Envelope) -> bool:
    """Whether a resource says no more than names and conditions; of some kinds there are few."""
    match body:
        case Metric() | Decision():
            return False
        case Initiative() if body.spec.rollout and body.spec.nfrs:
            return False  # its requirements may name phases
        case Initiative() if body.spec.horizon == "now":
            return body.spec.status != "proposed" and body.spec.committed is not None
        case Evidence():
            return body.spec.experiment is None
    return True


def _held(value: Any, shape: Shape) -> Sequence[Part]:  # noqa: ANN401 - a field's value
    """The parts that a field holds."""
    if not value:
        return ()
    if shape == "one":
        return (value,)
    return tuple(value.values()) if shape == "map" else value


def _leads(field: Naming, value: Any, names: Mapping[str, set[str]]) -> bool:  # noqa: ANN401 - a field's value
    """Whether each name that a field holds is that of a resource, and no former one."""
    if not value:
        return True
    keys = field.keys is None or all(each in names.get(field.keys, ()) for each in value)
    if field.kind is None or not keys:
        return keys
    known = names.get(field.kind, ())
    if field.shape == "one":
        return value in known
    return all(each in known for each in (value.values() if field.shape == "map" else value))


def _repeats(entries: Sequence[Part], key: str) -> bool:
    """Whether two entries of a list are called alike."""
    count = len(entries)
    return count > 1 and len({str(getattr(each, key)) for each in entries}) < count


@dataclass(frozen=True, slots=True)
class _Plan:
    """What of a part is looked at."""

    references: tuple[Naming, ...]
    lists: tuple[tuple[str, str], ...]
    """Those whose entries are told apart, and by which field."""
    inner: tuple[tuple[str, Shape], ...]
    """The fields with parts in which there is something to look at."""
    is_judged: bool


@cache
def _plan(model: type[Part]) -> _Plan:
    return _Plan(
        naming_fields(model),
        tuple((attribute, key) for attribute, _, key in keyed_lists(model)),
        tuple((each.attribute, each.shape) for each in inner_fields(model) if _matters(each.model)),
        issubclass(model, Judged),
    )


def _matters(model: type[Part]) -> bool:
    """Whether there is anything to look at in a part, or further in."""
    plan = _plan(model)
    return bool(plan.references or plan.lists or plan.inner or plan.is_judged)
