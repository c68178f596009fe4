"""Conditions that hold on a day or do not: guardrails, NFRs, rollout exits, standing targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.evaluate import wording
from roadgate.evaluate.conditions import Clause, Reading, Unjudgeable, clause_of, read
from roadgate.model.verdict import HoldResult, HoldVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from roadgate.evaluate.sources import Sources
    from roadgate.model.kinds.conditions import Bound
    from roadgate.model.kinds.initiative import InitiativeSpec

_BROKEN = (HoldVerdict.BREACHED, HoldVerdict.ERROR)


@dataclass(frozen=True, slots=True)
class Guard:
    """A guardrail, judged, and what it does to the criteria."""

    result: HoldResult
    broken: bool
    """Breached; an error counts like a breach."""
    threatens: bool
    """Broken, or unmeasured for longer than a first observation may take after the commitment."""
    way: str
    """What would make it hold."""


def judge_hold(id_: str, clause: Clause, sources: Sources, day: date) -> HoldResult:
    """Judge a condition on a day; unmeasured means that its series is not fresh then."""
    return _hold(id_, clause, read(clause, sources, day), day)


def _hold(id_: str, clause: Clause, reading: Reading | Unjudgeable, day: date) -> HoldResult:
    observed = None
    if isinstance(reading, Unjudgeable):
        verdict, reason = HoldVerdict.ERROR, reading.reason
    elif not reading.series.fresh(day):
        verdict, reason = HoldVerdict.UNMEASURED, wording.unfresh(reading, day)
        observed = reading.series.judged(day)
    else:
        verdict = HoldVerdict.HELD if reading.holds(day) else HoldVerdict.BREACHED
        observed = reading.series.judged(day)
        reason = f"{wording.value(reading, day)}, asked for {wording.condition(reading)}"
    return HoldResult(id_, clause.metric, verdict, clause.text, observed, reason)


def judge_guards(spec: InitiativeSpec, sources: Sources, day: date) -> tuple[Guard, ...]:
    """Judge the guardrails of an initiative on a day."""
    return tuple(
        _guard(each.id, clause_of(each, each.metric, each.target), spec.committed, sources, day)
        for each in spec.guardrails
    )


def _guard(id_: str, clause: Clause, committed: date | None, sources: Sources, day: date) -> Guard:
    reading = read(clause, sources, day)
    result = _hold(id_, clause, reading, day)
    broken = result.verdict in _BROKEN
    threatens, way = broken, ""
    if isinstance(reading, Unjudgeable):
        way = f"guardrail '{id_}' must be mended"
    elif result.verdict is HoldVerdict.UNMEASURED:
        # before its first observation can be expected, an unmeasured guardrail says nothing
        threatens = committed is not None and (day - committed).days > reading.series.patience
        way = f"guardrail '{id_}' {wording.observation_needed(reading)}"
    elif broken:
        way = f"guardrail '{id_}': {wording.way(reading, day) or 'must hold'}"
    return Guard(result, broken, threatens, way)


def said(guards: Iterable[Guard]) -> str:
    """Name the guardrails that are broken or unmeasured, with their numbers."""
    return "; ".join(
        f"guardrail '{guard.result.id}' {_state(guard.result.verdict)}: {guard.result.reason}"
        for guard in guards
    )


def _state(verdict: HoldVerdict) -> str:
    return "cannot be judged" if verdict is HoldVerdict.ERROR else f"is {verdict.value}"


def judge_bounds(
    named: Iterable[tuple[str, Bound]], sources: Sources, day: date
) -> tuple[HoldResult, ...]:
    """Judge conditions, each under a name, on a day."""
    return tuple(
        judge_hold(name, clause_of(bound, bound.metric, bound.target), sources, day)
        for name, bound in named
    )


def judge_standing(sources: Sources, day: date) -> tuple[HoldResult, ...]:
    """Judge the standing targets of metrics on a day."""
    return tuple(
        judge_hold(name, Clause(name, resource.body.spec.target), sources, day)
        for name, resource in sorted(sources.roadmap.metrics.items())
        if resource.body.spec.target is not None
    )
