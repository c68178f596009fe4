"""Kill thresholds: the verdict, line by line of its table.

The words of a verdict are found when somebody asks for them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from roadgate.evaluate import wording
from roadgate.evaluate.conditions import Reading, Unjudgeable, clause_of, read
from roadgate.evaluate.decisions import Ruling, answers
from roadgate.model.verdict import KillResult, KillVerdict, Observed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from roadgate.evaluate.outcome import Words
    from roadgate.evaluate.series import Series
    from roadgate.evaluate.sources import Sources
    from roadgate.model.kinds.conditions import KillThreshold


class _Line(NamedTuple):
    """What one line of the table says."""

    verdict: KillVerdict
    reason: Words
    observed: Observed | None = None
    triggered_on: date | None = None


class _Case(NamedTuple):
    """One threshold on one day, ready to be looked up in the table."""

    reading: Reading
    check_on: Sequence[date] | None
    """The checkpoints, ascending; None for a continuous threshold."""
    start: date | None
    """Continuous: how far back observations, ``for`` and a trend count."""
    day: date
    answered: Mapping[date, tuple[str, ...]]
    """Each due check date, ascending, with the Decisions that answer it."""

    def holds(self, at: date) -> bool:
        """Whether the condition holds at ``at``, fresh or not."""
        return self.reading.holds(at, self.start)

    def says(self, at: date) -> str:
        """The value judged at ``at`` against the threshold."""
        value = wording.value(self.reading, at, self.start)
        return f"{value}, the threshold is {wording.condition(self.reading)}"


class JudgedThreshold(NamedTuple):
    """A kill threshold, and what it comes to."""

    threshold: KillThreshold
    line: _Line
    answered_by: tuple[str, ...] = ()
    """Names of the Decisions that answer at least one due check date, sorted."""

    @property
    def verdict(self) -> KillVerdict:
        """The verdict alone."""
        return self.line.verdict

    def result(self) -> KillResult:
        """The same in words."""
        threshold, line = self.threshold, self.line
        return KillResult(
            id=threshold.id,
            metric=threshold.metric,
            verdict=line.verdict,
            when=threshold.when,
            action=threshold.action,
            triggered_on=line.triggered_on,
            answered_by=self.answered_by,
            runway_days=None,
            observed=line.observed,
            reason=line.reason(),
        )


def judge_threshold(
    threshold: KillThreshold,
    committed: date | None,
    sources: Sources,
    known: Sequence[Ruling],
    day: date,
) -> JudgedThreshold:
    """Judge a kill threshold on a day; ``known`` are the Decisions dated up to it.

    ``observed`` is the value at ``triggered_on`` when it triggered, else the value on the day.
    """
    reading = _reading(threshold, sources, day)
    if isinstance(reading, Unjudgeable):
        return JudgedThreshold(threshold, _Line(KillVerdict.ERROR, lambda: reading.reason))
    continuous = threshold.check_on is None
    check_on = None if threshold.check_on is None else sorted(threshold.check_on)
    start = (threshold.from_ or committed) if continuous else None
    given = answers(threshold.id, known, day)
    due = _due(reading.series, check_on, start, day)
    answered = {check: given.to(check) for check in due}
    names = sorted({name for each in answered.values() for name in each})
    line = _judge(_Case(reading, check_on, start, day, answered))
    return JudgedThreshold(threshold, line, tuple(names))


def _due(
    series: Series, check_on: Sequence[date] | None, start: date | None, day: date
) -> Sequence[date]:
    """The check dates that are due, ascending."""
    if check_on is None:
        return () if start is None else series.between(start, day)
    return [
        check
        for check in check_on
        if check <= day and (series.between(check, day) or (day - check).days > series.grace)
    ]


def _reading(threshold: KillThreshold, sources: Sources, day: date) -> Reading | Unjudgeable:
    if threshold.check_on is not None:
        if threshold.from_ is not None:
            return Unjudgeable("'checkOn' has no meaning together with 'from'")
        if not threshold.check_on:
            return Unjudgeable("'checkOn' names no date")
        if len(set(threshold.check_on)) < len(threshold.check_on):
            return Unjudgeable("'checkOn' names a date twice")
    return read(clause_of(threshold, threshold.metric, threshold.when), sources, day)


def _judge(case: _Case) -> _Line:
    line = _not_due(case) or _triggered(case) or _unmeasured(case)
    if line is not None:
        return line
    observed = case.reading.series.judged(case.day)
    near, times = case.reading.times - 1, case.reading.times

    def says() -> str:
        return f"{case.says(case.day)}{_extras(case)}"

    if case.holds(case.day):
        return _Line(KillVerdict.WARNING, lambda: f"holds now: {says()}", observed)
    if near and case.reading.holds_in_a_row(near, case.day, case.start):
        row = f"{near} of {times} in a row"
        return _Line(KillVerdict.WARNING, lambda: f"{row}: {says()}", observed)
    return _Line(KillVerdict.CLEAR, says, observed)


def _not_due(case: _Case) -> _Line | None:
    if case.answered:
        return None
    series = case.reading.series
    patient = case.start is None or (case.day - case.start).days <= series.patience
    if case.check_on is None and not patient:
        return None
    waiting = partial(_waiting, case)
    return _Line(KillVerdict.NOT_DUE, waiting, series.judged(case.day))


def _waiting(case: _Case) -> str:
    """What a threshold waits for that is not due."""
    if case.check_on is not None:
        first = case.check_on[0]
        reason = (
            f"the check date {first} still waits for an observation"
            if first <= case.day
            else f"no check date is due; the next is {first}"
        )
    elif case.start is None:
        reason = "not committed yet, and no 'from' is given"
    else:
        reason = f"{wording.unobserved(case.reading, case.start)} yet"
    already = f"; holds already: {case.says(case.day)}" if case.holds(case.day) else ""
    return f"{reason}{already}"


def _triggered(case: _Case) -> _Line | None:
    series = case.reading.series
    for check, names in case.answered.items():
        if not names and series.fresh(check) and case.holds(check):
            words = partial(_says_when, case, check)
            return _Line(KillVerdict.TRIGGERED, words, series.judged(check), check)
    return None


def _says_when(case: _Case, check: date) -> str:
    checked = f", checked on {check}" if case.reading.series.newest(check) != check else ""
    return f"{case.says(check)}{checked}{_extras(case)}"


def _unmeasured(case: _Case) -> _Line | None:
    """``no-data`` and ``stale``; continuous ones are answered by no Decision."""
    series = case.reading.series
    if case.check_on is None:
        if not case.answered:
            unobserved = partial(wording.unobserved, case.reading, case.start)
            return _Line(KillVerdict.NO_DATA, unobserved)
        at = case.day
    else:
        at = max(case.answered)
        if case.answered[at]:
            return None
    if series.fresh(at):
        return None

    def words() -> str:
        return f"{wording.unfresh(case.reading, at)}{_extras(case, up_to=at)}"

    if series.newest(at) is None:
        return _Line(KillVerdict.NO_DATA, words)
    return _Line(KillVerdict.STALE, words, series.judged(case.day))


def _extras(case: _Case, up_to: date | None = None) -> str:
    """Checkpoints that nothing measured, and the Decisions that answer some check date."""
    words = ""
    if case.check_on is not None:
        missing = [
            str(check)
            for check in case.answered
            if not case.reading.series.fresh(check) and check != up_to
        ]
        words += f"; not measured on {', '.join(missing)}" if missing else ""
    names = sorted({f"'{name}'" for each in case.answered.values() for name in each})
    return words + (f"; answered by {', '.join(names)}" if names else "")
