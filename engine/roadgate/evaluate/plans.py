"""What launches, services, visions and journeys promise, judged as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from roadgate.evaluate.attestations import judge_answers
from roadgate.evaluate.conditions import clause_of
from roadgate.evaluate.criteria import judge_criterion
from roadgate.evaluate.decisions import frozen_on, up_to
from roadgate.evaluate.guardrails import judge_bounds, judge_guards, judge_hold
from roadgate.evaluate.worst import worst
from roadgate.model.verdict import HoldResult, HoldsResult, HoldVerdict, LaunchResult

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from roadgate.evaluate.decisions import Ruling
    from roadgate.evaluate.sources import Sources
    from roadgate.model.kinds import Envelope, Initiative, Launch
    from roadgate.model.kinds.conditions import Bound
    from roadgate.model.kinds.vision import GoodEnough

Named: TypeAlias = Iterable[tuple[str, "Bound"]]


def judge_launches(
    sources: Sources,
    bodies: Mapping[str, Initiative],
    decided: Mapping[str, Sequence[Ruling]],
    as_of: date,
) -> tuple[LaunchResult, ...]:
    """Judge the criteria of every launch.

    They count from launch day on where they say nothing else. The guardrails are those of the
    initiative, and a kill of it freezes the launch too.
    """
    return tuple(
        judge_launch(each.body, sources, bodies, decided, as_of)
        for _, each in sorted(sources.roadmap.launches.items())
    )


def judge_launch(
    body: Launch,
    sources: Sources,
    bodies: Mapping[str, Initiative],
    decided: Mapping[str, Sequence[Ruling]],
    as_of: date,
) -> LaunchResult:
    """Judge the criteria of one launch."""
    spec = body.spec
    name = sources.roadmap.name_of("Initiative", spec.initiative)
    day = frozen_on(up_to(decided.get(name, ()), as_of)) or as_of
    initiative = bodies.get(name)
    guards = judge_guards(initiative.spec, sources, day) if initiative is not None else ()
    criteria = tuple(
        judge_criterion(each, spec.date, sources, lambda: guards, day).result()
        for each in spec.success_criteria
    )
    return LaunchResult(
        name=body.metadata.name,
        title=body.metadata.title,
        owner=body.metadata.owner,
        initiative=name,
        date=spec.date,
        verdict=worst(each.verdict for each in criteria),
        criteria=criteria,
    )


def judge_services(sources: Sources, day: date) -> tuple[HoldsResult, ...]:
    """Judge the non-functional requirements of every service."""
    return tuple(
        _holds(each.body, ((nfr.id, nfr) for nfr in each.body.spec.nfrs), sources, day)
        for _, each in sorted(sources.roadmap.services.items())
    )


def judge_visions(sources: Sources, day: date) -> tuple[HoldsResult, ...]:
    """Judge what is good enough in every vision."""
    return tuple(
        _result(
            each.body, tuple(_enough(item, sources, day) for item in each.body.spec.good_enough)
        )
        for _, each in sorted(sources.roadmap.visions.items())
    )


def _enough(item: GoodEnough, sources: Sources, day: date) -> HoldResult:
    """A number, or what a named role says; one that is neither cannot be judged."""
    if item.metric is not None and item.target is not None and item.question is None:
        clause = clause_of(item, item.metric, item.target)
        return judge_hold(item.phase, clause, sources, day)
    if item.question is not None and item.metric is None:
        return judge_answers(item.phase, item.question, item.answers, day)
    reason = "a metric with a target, or a question: one of the two"
    return HoldResult(
        item.phase, item.metric or "", HoldVerdict.ERROR, item.target or "", None, reason
    )


def judge_journeys(sources: Sources, day: date) -> tuple[HoldsResult, ...]:
    """Judge the budgets of every journey's stages."""
    return tuple(
        _holds(
            each.body,
            (
                (f"{stage.stage}/{budget.id}", budget)
                for stage in each.body.spec.stages
                for budget in stage.budgets
            ),
            sources,
            day,
        )
        for _, each in sorted(sources.roadmap.journeys.items())
    )


def _holds(body: Envelope, named: Named, sources: Sources, day: date) -> HoldsResult:
    return _result(body, judge_bounds(named, sources, day))


def _result(body: Envelope, holds: tuple[HoldResult, ...]) -> HoldsResult:
    metadata = body.metadata
    return HoldsResult(metadata.name, metadata.title, metadata.owner, holds)
