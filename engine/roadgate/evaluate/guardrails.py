"""Conditions that hold on a day or do not: guardrails, NFRs, rollout exits, standing targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from roadgate.evaluate import wording
from roadgate.evaluate.conditions import Clause, Reading, Unjudgeable, clause_of, read
from roadgate.model.verdict import HoldResult, HoldVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from roadgate.evaluate.outcome import Words
    from roadgate.evaluate.sources import Sources
    from roadgate.model.kinds.conditions import Bound
    from roadgate.model.kinds.initiative import InitiativeSpec
    from roadgate.model.verdict import Observed

Guards: TypeAlias = Callable[[], Sequence["Guard"]]
"""Judged when they are asked for: few verdicts depend on them."""
_BROKEN = (HoldVerdict.BREACHED, HoldVerdict.ERROR)


class Hold(NamedTuple):
    """A condition under a name, judged on a day."""

    id: str
    clause: Clause
    verdict: HoldVerdict
    reason: Words
    observed: Observed | None = None

    @property
    def metric(self) -> str:
        """The metric that it is about."""
        return self.clause.metric

    def result(self) -> HoldResult:
        """The same in words."""
        clause = self.clause
        return HoldResult(
            self.id, clause.metric, self.verdict, clause.text, self.observed, self.reason()
        )


class Guard(NamedTuple):
    """A guardrail, judged, and what it does to the criteria."""

    hold: Hold
    threatens: bool
    """Broken, or unmeasured for longer than a first observation may take after the commitment."""
    way: Words
    """What would make it hold."""

    @property
    def broken(self) -> bool:
        """Breached; an error counts like a breach."""
        return self.hold.verdict in _BROKEN


def judge_hold(id_: str, clause: Clause, sources: Sources, day: date) -> HoldResult:
    """Judge a condition on a day; unmeasured means that its series is not fresh then."""
    return _hold(id_, clause, read(clause, sources, day), day).result()


def _hold(id_: str, clause: Clause, reading: Reading | Unjudgeable, day: date) -> Hold:
    if isinstance(reading, Unjudgeable):
        return Hold(id_, clause, HoldVerdict.ERROR, lambda: reading.reason)
    observed = reading.series.judged(day)
    if not reading.series.fresh(day):
        unfresh = partial(wording.unfresh, reading, day)
        return Hold(id_, clause, HoldVerdict.UNMEASURED, unfresh, observed)
    verdict = HoldVerdict.HELD if reading.holds(day) else HoldVerdict.BREACHED

    def asked() -> str:
        return f"{wording.value(reading, day)}, asked for {wording.condition(reading)}"

    return Hold(id_, clause, verdict, asked, observed)


def judge_guards(spec: InitiativeSpec, sources: Sources, day: date) -> tuple[Guard, ...]:
    """Judge the guardrails of an initiative on a day."""
    return tuple(
        _guard(each.id, clause_of(each, each.metric, each.target), spec.committed, sources, day)
        for each in spec.guardrails
    )


def _guard(id_: str, clause: Clause, committed: date | None, sources: Sources, day: date) -> Guard:
    reading = read(clause, sources, day)
    hold = _hold(id_, clause, reading, day)
    if isinstance(reading, Unjudgeable):
        return Guard(hold, threatens=True, way=lambda: f"guardrail '{id_}' must be mended")
    if hold.verdict is HoldVerdict.UNMEASURED:
        # before its first observation can be expected, an unmeasured guardrail says nothing
        overdue = committed is not None and (day - committed).days > reading.series.patience
        return Guard(
            hold, overdue, lambda: f"guardrail '{id_}' {wording.observation_needed(reading)}"
        )
    return Guard(
        hold,
        hold.verdict is HoldVerdict.BREACHED,
        lambda: f"guardrail '{id_}': {wording.way(reading, day) or 'must hold'}",
    )


def said(guards: Iterable[Guard]) -> str:
    """Name the guardrails that are broken or unmeasured, with their numbers."""
    return "; ".join(
        f"guardrail '{guard.hold.id}' {_state(guard.hold.verdict)}: {guard.hold.reason()}"
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
