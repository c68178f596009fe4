"""Success criteria on a metric: the verdict, line by line of its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.evaluate import wording
from roadgate.evaluate.attestations import judge_attestation
from roadgate.evaluate.conditions import Reading, Unjudgeable, clause_of, read
from roadgate.evaluate.guardrails import Guard, said
from roadgate.evaluate.outcome import Outcome
from roadgate.model.verdict import CriterionResult, CriterionVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadgate.evaluate.sources import Sources
    from roadgate.model.kinds.conditions import SuccessCriterion


@dataclass(frozen=True, slots=True)
class _Case:
    """One criterion on one day, ready to be looked up in the table."""

    reading: Reading
    start: date
    """Earlier observations decide nothing."""
    by: date
    standing: bool
    day: date
    guards: Sequence[Guard]

    @property
    def settled(self) -> bool:
        """Whether the value of the deadline has come, or will not be waited for any longer."""
        if self.day <= self.by:
            return False
        arrived = bool(self.reading.series.between(self.by, self.day))
        return arrived or (self.day - self.by).days > self.reading.series.grace

    def holds(self, at: date) -> bool:
        """Whether the target holds at ``at`` on a series fresh then."""
        return self.reading.series.fresh(at) and self.reading.holds(at)

    def says(self, at: date) -> str:
        """The value judged at ``at`` against the promise."""
        asked = wording.condition(self.reading)
        return f"{wording.value(self.reading, at)}, promised {asked} by {self.by}"

    def now(self, than: date) -> str:
        """The value of the day, where it is newer than that of ``than``."""
        series = self.reading.series
        if series.judged(self.day) is None or series.newest(self.day) == series.newest(than):
            return ""
        return f"now {wording.value(self.reading, self.day)}"


def judge_criterion(
    criterion: SuccessCriterion,
    committed: date | None,
    sources: Sources,
    guards: Sequence[Guard],
    day: date,
) -> CriterionResult:
    """Judge a success criterion on a day.

    ``observed`` is the value that the verdict rests on: before settling, the value at
    ``min(day, by)``; after it, the value at ``by`` for met and missed, the first value that held
    for recovered (with ``standing`` the value on the day), and the newest value where nothing that
    counts was fresh at ``by``. It is None where nothing was judged.
    """
    if criterion.question is not None and criterion.metric is None:
        outcome = judge_attestation(criterion, guards, day)
    else:
        outcome = _judge_measured(criterion, committed, sources, guards, day)
    from_ = criterion.from_ if criterion.metric is None else criterion.from_ or committed
    return CriterionResult(
        id=criterion.id,
        metric=criterion.metric,
        question=criterion.question,
        verdict=outcome.verdict,
        target=criterion.target,
        from_=from_,
        by=criterion.by,
        segment=criterion.segment,
        standing=criterion.standing,
        observed=outcome.observed,
        forecast=None,
        reason=outcome.reason,
        way_to_green=outcome.way,
    )


def _judge_measured(
    criterion: SuccessCriterion,
    committed: date | None,
    sources: Sources,
    guards: Sequence[Guard],
    day: date,
) -> Outcome:
    reading = _reading(criterion, sources, day)
    if isinstance(reading, Unjudgeable):
        return _error(reading.reason)
    start = criterion.from_ or committed
    if start is None:
        return Outcome(CriterionVerdict.PENDING, "not committed yet, and no 'from' is given")
    if start > criterion.by:
        return _error(f"it counts from {start} on, after its deadline {criterion.by}")
    case = _Case(reading, start, criterion.by, criterion.standing, day, guards)
    return _settled(case) if case.settled else _open(case)


def _reading(criterion: SuccessCriterion, sources: Sources, day: date) -> Reading | Unjudgeable:
    if criterion.metric is None:
        return Unjudgeable("neither a metric nor a question is given")
    if criterion.question is not None:
        return Unjudgeable("both a metric and a question are given")
    if criterion.target is None:
        return Unjudgeable("no target is given")
    return read(clause_of(criterion, criterion.metric, criterion.target), sources, day)


def _error(reason: str) -> Outcome:
    return Outcome(CriterionVerdict.ERROR, reason)


def _open(case: _Case) -> Outcome:
    """The upper half of the table."""
    outcome = _before_settling(case)
    if case.day <= case.by:
        return outcome
    return outcome.adding(f"settling: an observation of {case.by} or later may still come")


def _before_settling(case: _Case) -> Outcome:
    series, end = case.reading.series, min(case.day, case.by)
    if not series.between(case.start, end):
        reason = wording.unobserved(case.reading, case.start)
        if (case.day - case.start).days <= series.patience:
            return Outcome(CriterionVerdict.PENDING, f"{reason} yet")
        needed = wording.observation_needed(case.reading)
        return Outcome(CriterionVerdict.NO_DATA, reason, None, needed)
    observed = series.judged(end)
    if not series.fresh(end):
        needed = wording.observation_needed(case.reading)
        reason = wording.unfresh(case.reading, end)
        return Outcome(CriterionVerdict.STALE, reason, observed, needed)
    holds = case.reading.holds(end)
    threats = [guard for guard in case.guards if guard.threatens]
    if holds and not threats:
        return Outcome(CriterionVerdict.ON_TRACK, case.says(end), observed)
    ways = [] if holds else [wording.way(case.reading, end) or "must hold"]
    reasons = [case.says(end), *([said(threats)] if threats else [])]
    return Outcome(
        CriterionVerdict.AT_RISK,
        "; ".join(reasons),
        observed,
        "; ".join([*ways, *(guard.way for guard in threats)]),
    )


def _settled(case: _Case) -> Outcome:
    """The lower half of the table; a breached guardrail is named and changes nothing."""
    series = case.reading.series
    seen = bool(series.between(case.start, case.by))
    held = seen and case.holds(case.by)
    outcome = _passed(case, held=held) or _failed(case, seen=seen, held=held)
    return outcome.adding(said(guard for guard in case.guards if guard.broken))


def _passed(case: _Case, *, held: bool) -> Outcome | None:
    """``met`` and ``recovered``."""
    series = case.reading.series
    now = case.standing and case.holds(case.day)
    if held and (now or not case.standing):
        observed = series.judged(case.by)
        met = Outcome(CriterionVerdict.MET, case.says(case.by), observed)
        return met.adding(case.now(case.by)) if now else met
    if held:
        return None
    if case.standing:
        late = case.day if now and series.between(case.start, case.day) else None
    else:
        late = next((d for d in series.after(case.by, case.day) if case.holds(d)), None)
    if late is None:
        return None
    observed = series.judged(late)
    return Outcome(CriterionVerdict.RECOVERED, f"late: {case.says(late)}", observed)


def _failed(case: _Case, *, seen: bool, held: bool) -> Outcome:
    """``stale``, ``no-data`` and ``missed``."""
    series, by, day = case.reading.series, case.by, case.day
    needed = wording.observation_needed(case.reading)
    if case.standing and series.between(case.start, day) and not series.fresh(day):
        reason = f"must go on holding: {wording.unfresh(case.reading, day)}"
        return Outcome(CriterionVerdict.STALE, reason, series.judged(day), needed)
    if seen and not series.fresh(by) and not series.after(by, day):
        reason = wording.unfresh(case.reading, by)
        return Outcome(CriterionVerdict.STALE, reason, series.judged(by), needed)
    if not series.between(case.start, day):
        reason = wording.unobserved(case.reading, case.start)
        return Outcome(CriterionVerdict.NO_DATA, reason, None, needed)
    at = by if seen and series.fresh(by) and not held else day
    before = f"held on {by}, and no longer: " if held else ""
    way = wording.way(case.reading, day)
    missed = Outcome(CriterionVerdict.MISSED, f"{before}{case.says(at)}", series.judged(at), way)
    return missed.adding(case.now(at))
