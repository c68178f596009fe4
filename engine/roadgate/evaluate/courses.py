"""Decisions about an initiative's course that end by themselves: ``continue`` and ``pause``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from roadgate.evaluate.concerns import concerned
from roadgate.evaluate.decisions import Ruling, rulings, runs, up_to
from roadgate.model.verdict import KillVerdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef
    from roadgate.model.verdict import InitiativeResult

_TYPES = frozenset({"continue", "pause"})


@dataclass(frozen=True, slots=True)
class Course:
    """What a ``continue`` or ``pause`` is good for on the day judged."""

    decision: Resource[Decision]
    used: bool
    """Whether it answers a check date, or its initiative rests by it."""
    outlasted: bool
    """Whether another one of its type is in force for the same, and lasts longer."""
    rests: bool
    """Whether its initiative says that it is paused."""


def courses(
    roadmap: Roadmap,
    verdicts: Mapping[str, InitiativeResult],
    as_of: date,
    awaited: Collection[str] = (),
) -> tuple[Course, ...]:
    """Every ``continue`` and ``pause`` by name, but for pauses that a ``resume`` has ended.

    ``awaited`` are Decisions that nobody has approved: they outlast none.
    """
    known = {name: up_to(each, as_of) for name, each in rulings(roadmap).items()}
    going: dict[tuple[ResourceRef, ...], list[Resource[Decision]]] = defaultdict(list)
    for decision in roadmap.decisions.values():
        if decision.body.spec.type in _TYPES:
            refs = concerned(decision.body, roadmap)
            if not _resumed(decision, refs, known):
                going[refs].append(decision)
    found = [
        Course(
            each,
            used=all(_used(each, ref, roadmap, verdicts) for ref in refs),
            outlasted=_outlasted(each, (o for o in others if o.name not in awaited), as_of),
            rests=any(_rests(ref, roadmap) for ref in refs),
        )
        for refs, others in going.items()
        for each in others
    ]
    return tuple(sorted(found, key=lambda each: each.decision.name))


def _resumed(
    decision: Resource[Decision],
    refs: Iterable[ResourceRef],
    known: Mapping[str, Sequence[Ruling]],
) -> bool:
    ruling = Ruling(decision.name, decision.body.spec)
    return any(
        not runs(ruling, known.get(ref.name, ())) for ref in refs if ref.kind == "Initiative"
    )


def _used(
    decision: Resource[Decision],
    ref: ResourceRef,
    roadmap: Roadmap,
    verdicts: Mapping[str, InitiativeResult],
) -> bool:
    """Whether a Decision changes what is said of an initiative; of others nobody can tell."""
    resource = roadmap.initiatives.get(ref.name)
    result = verdicts.get(ref.name)
    if ref.kind != "Initiative" or resource is None or result is None:
        return True
    thresholds = result.kill_thresholds
    if any(decision.name in each.answered_by for each in thresholds):
        return True
    named = decision.body.spec.concerns.threshold
    if any(each.verdict is KillVerdict.ERROR for each in thresholds if named in (None, each.id)):
        return True
    return decision.body.spec.type == "pause" and (
        _rests(ref, roadmap) or resource.body.spec.horizon != "now"
    )


def _rests(ref: ResourceRef, roadmap: Roadmap) -> bool:
    resource = roadmap.initiatives.get(ref.name)
    return (
        ref.kind == "Initiative"
        and resource is not None
        and (resource.body.spec.status == "paused")
    )


def _outlasted(
    decision: Resource[Decision], others: Iterable[Resource[Decision]], as_of: date
) -> bool:
    mine = decision.body.spec
    return any(
        (each.body.spec.until or date.max) > (mine.until or date.max)
        for each in others
        if each.body.spec.type == mine.type
        and each.body.spec.date <= as_of
        and each.body.spec.concerns.threshold in (None, mine.concerns.threshold)
    )
