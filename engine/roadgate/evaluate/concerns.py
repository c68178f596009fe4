"""Which Decisions are in force on a day, and what they concern."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

ENDED_BY_RESUME = frozenset({"pause", "kill"})
EXCEPTIONS = frozenset({"waive", "override"})
"""The types that set a policy aside for one resource."""


def concerned(decision: Decision, roadmap: Roadmap) -> tuple[ResourceRef, ...]:
    """The resources a Decision names, as they are called now."""
    concerns = decision.spec.concerns
    named = [
        ("Initiative", concerns.initiative),
        ("Metric", concerns.metric),
        ("Evidence", concerns.evidence),
    ]
    if concerns.resource and "/" in concerns.resource:
        kind, _, name = concerns.resource.partition("/")
        named.append((kind, name))
    found = {ResourceRef(kind, roadmap.name_of(kind, name)) for kind, name in named if name}
    return tuple(sorted(found))


def in_force(decision: Decision, as_of: date, others: Iterable[Decision]) -> bool:
    """Whether a Decision holds on a day: dated up to it, not past ``until``, not resumed since.

    ``others`` are those that concern the same resource.
    """
    spec = decision.spec
    if spec.date > as_of or (spec.until is not None and spec.until < as_of):
        return False
    if spec.type in EXCEPTIONS and spec.until is None:
        return False  # an exception without an end is a finding, and none
    if spec.type not in ENDED_BY_RESUME:
        return True
    resumed = [
        each.spec.date for each in others if each.spec.type == "resume" and each.spec.date <= as_of
    ]
    if spec.type == "pause":
        return not any(day >= spec.date for day in resumed)
    return not any(day > spec.date for day in resumed)


def by_resource(roadmap: Roadmap) -> Mapping[ResourceRef, Sequence[Resource[Decision]]]:
    """All Decisions by the resource they concern, sorted by name."""
    found: dict[ResourceRef, list[Resource[Decision]]] = defaultdict(list)
    for decision in roadmap.decisions.values():
        for ref in concerned(decision.body, roadmap):
            found[ref].append(decision)
    return found
