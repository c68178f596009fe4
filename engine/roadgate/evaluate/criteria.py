"""Success criteria on a metric: the verdict, line by line of its table.

The words of a verdict are found when somebody asks for them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from roadgate.evaluate import wording
from roadgate.evaluate.attestations import judge_attestation
from roadgate.evaluate.conditions import Reading, Unjudgeable, clause_of, read
from roadgate.evaluate.guardrails import Guard, Guards, said
from roadgate.evaluate.outcome import Outcome
from roadgate.model.verdict import CriterionResult, CriterionVerdict

if TYPE_CHECKING:
    from datetime import date

    from roadgate.evaluate.outcome import Words
    from roadgate.evaluate.sources import Sources
    from roadgate.model.kinds.conditions import SuccessCriterion


class _Case(NamedTuple):
    """One criterion on one day, ready to be looked up in the table."""

    reading: Reading
    start: date
    """Earlier observations decide nothing."""
    by: date
    standing: bool
    day: date
    guards: Guards

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

    def unobserved(self) -> str:
        """That nothing was observed that counts."""
        return wording.unobserved(self.reading, self.start)

    def needs(self) -> str:
        """What a series without a fresh value needs."""
        return wording.observation_needed(self.reading)

    def unfresh(self, at: date) -> Words:
        """Why the series is not fresh on a day."""
        return partial(wording.unfresh, self.reading, at)

    def threats(self) -> list[Guard]:
        """The guardrails that put the criterion at risk."""
        return [guard for guard in self.guards() if guard.threatens]

    def broken(self) -> str:
        """The guardrails that are broken, named."""
        return said(guard for guard in self.guards() if guard.broken)

    def now(self, than: date) -> str:
        """The value of the day, where it is newer than that of ``than``."""
        series = self.reading.series
        if series.judged(self.day) is None or series.newest(self.day) == series.newest(than):
            return ""
        return f"now {wording.value(self.reading, self.day)}"


class JudgedCriterion(NamedTuple):
    """A success criterion, and what it comes to."""

    criterion: SuccessCriterion
    committed: date | None
    outcome: Outcome

    @property
    def verdict(self) -> CriterionVerdict:
        """The verdict alone."""
        return self.outcome.verdict

    def result(self) -> CriterionResult:
        """The same in words."""
        criterion, outcome = self.criterion, self.outcome
        measured = criterion.metric is not None
        return CriterionResult(
            id=criterion.id,
            metric=criterion.metric,
            question=criterion.question,
            verdict=outcome.verdict,
            target=criterion.target,
            from_=criterion.from_ or self.committed if measured else criterion.from_,
            by=criterion.by,
            segment=criterion.segment,
            standing=criterion.standing,
            observed=outcome.observed,
            forecast=None,
            reason=outcome.reason(),
            way_to_green=outcome.way(),
        )


def judge_criterion(
    criterion: SuccessCriterion,
    committed: date | None,
    sources: Sources,
    guards: Guards,
    day: date,
) -> JudgedCriterion:
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
    return JudgedCriterion(criterion, committed, outcome)


def _judge_measured(
    criterion: SuccessCriterion,
    committed: date | None,
    sources: Sources,
    guards: Guards,
    day: date,
) -> Outcome:
    reading = _reading(criterion, sources, day)
    if isinstance(reading, Unjudgeable):
        return _error(reading.reason)
    start = criterion.from_ or committed
    if start is None:
        return Outcome(
            CriterionVerdict.PENDING, lambda: "not committed yet, and no 'from' is given"
        )
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
    return Outcome(CriterionVerdict.ERROR, lambda: reason)


def _open(case: _Case) -> Outcome:
    """The upper half of the table."""
    outcome = _before_settling(case)
    if case.day <= case.by:
        return outcome
    return outcome.adding(lambda: f"settling: an observation of {case.by} or later may still come")


def _before_settling(case: _Case) -> Outcome:
    series, end = case.reading.series, min(case.day, case.by)
    if not series.between(case.start, end):
        if (case.day - case.start).days <= series.patience:
            return Outcome(CriterionVerdict.PENDING, lambda: f"{case.unobserved()} yet")
        return Outcome(CriterionVerdict.NO_DATA, case.unobserved, None, case.needs)
    observed = series.judged(end)
    if not series.fresh(end):
        return Outcome(CriterionVerdict.STALE, case.unfresh(end), observed, case.needs)
    holds = case.reading.holds(end)
    if holds and not case.threats():
        return Outcome(CriterionVerdict.ON_TRACK, partial(case.says, end), observed)
    way = partial(_back_on_track, case, end, holds=holds)
    return Outcome(CriterionVerdict.AT_RISK, partial(_at_risk, case, end), observed, way)


def _at_risk(case: _Case, at: date) -> str:
    threats = case.threats()
    return "; ".join([case.says(at), *([said(threats)] if threats else [])])


def _back_on_track(case: _Case, at: date, *, holds: bool) -> str:
    own = [] if holds else [wording.way(case.reading, at) or "must hold"]
    return "; ".join([*own, *(guard.way() for guard in case.threats())])


def _settled(case: _Case) -> Outcome:
    """The lower half of the table; a breached guardrail is named and changes nothing."""
    series = case.reading.series
    seen = bool(series.between(case.start, case.by))
    held = seen and case.holds(case.by)
    outcome = _passed(case, held=held) or _failed(case, seen=seen, held=held)
    return outcome.adding(case.broken)


def _passed(case: _Case, *, held: bool) -> Outcome | None:
    """``met`` and ``recovered``."""
    series = case.reading.series
    now = case.standing and case.holds(case.day)
    if held and (now or not case.standing):
        observed = series.judged(case.by)
        met = Outcome(CriterionVerdict.MET, partial(case.says, case.by), observed)
        return met.adding(partial(case.now, case.by)) if now else met
    if held:
        return None
    if case.standing:
        late = case.day if now and series.between(case.start, case.day) else None
    else:
        late = next((d for d in series.after(case.by, case.day) if case.holds(d)), None)
    if late is None:
        return None
    says = partial(case.says, late)
    return Outcome(CriterionVerdict.RECOVERED, lambda: f"late: {says()}", series.judged(late))


def _failed(case: _Case, *, seen: bool, held: bool) -> Outcome:
    """``stale``, ``no-data`` and ``missed``."""
    series, by, day = case.reading.series, case.by, case.day
    if case.standing and series.between(case.start, day) and not series.fresh(day):
        why = case.unfresh(day)
        return Outcome(
            CriterionVerdict.STALE,
            lambda: f"must go on holding: {why()}",
            series.judged(day),
            case.needs,
        )
    if seen and not series.fresh(by) and not series.after(by, day):
        return Outcome(CriterionVerdict.STALE, case.unfresh(by), series.judged(by), case.needs)
    if not series.between(case.start, day):
        return Outcome(CriterionVerdict.NO_DATA, case.unobserved, None, case.needs)
    at = by if seen and series.fresh(by) and not held else day
    before = f"held on {by}, and no longer: " if held else ""
    missed = Outcome(
        CriterionVerdict.MISSED,
        lambda: f"{before}{case.says(at)}",
        series.judged(at),
        partial(wording.way, case.reading, day),
    )
    return missed.adding(partial(case.now, at))
