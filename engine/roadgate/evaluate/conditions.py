"""Conditions asked of series: which series, does it hold on a day, or why can it not be asked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from roadgate.evaluate.series import Series
from roadgate.evaluate.sources import Rows, Sources
from roadgate.model.condition import Condition, unit_matches

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadgate.model.kinds import Metric
    from roadgate.model.kinds.conditions import Aggregate, Baseline, Judged
    from roadgate.model.target import Target


class Clause(NamedTuple):
    """A condition as it is declared, whatever it is part of."""

    metric: str
    text: Target
    times: int | None = None
    window: int | None = None
    aggregate: Aggregate | None = None
    segment: str | None = None
    baseline: Baseline | None = None


def clause_of(item: Judged, metric: str, text: Target) -> Clause:
    """The condition ``text`` on ``metric``, read as ``item`` says."""
    return Clause(metric, text, item.for_, item.window, item.aggregate, item.segment, item.baseline)


@dataclass(frozen=True, slots=True)
class Unjudgeable:
    """Why a condition cannot be asked: its verdict is ``error``."""

    reason: str


class Reading(NamedTuple):
    """A condition together with the series that it is asked of."""

    metric: str
    segment: str | None
    unit: str | None
    condition: Condition
    series: Series
    times: int
    """``for``; 1 by default."""
    baseline: Fraction | None
    """Where the condition needs one."""

    def holds(self, at: date, since: date | None = None) -> bool:
        """Whether it holds on a day; ``for`` and a trend reach back to ``since`` only."""
        if self.times == 1 and not self.condition.is_trend:
            observed = self.series.judged(at)
            return observed is not None and self.condition.holds(observed.value, self.baseline)
        return self.holds_in_a_row(self.times, at, since)

    def holds_in_a_row(self, times: int, at: date, since: date | None = None) -> bool:
        """Whether the condition is met at each of the last ``times`` observations up to ``at``."""
        return self.met_in_a_row(at, since, stop=times) == times

    def met_in_a_row(self, at: date, since: date | None = None, stop: int | None = None) -> int:
        """At how many of the last observations up to ``at`` it is met without a break.

        Counting ends at ``stop``.
        """
        dates = self.series.between(since, at)
        met = 0
        while met != stop and met < len(dates) and self._met(dates, len(dates) - 1 - met):
            met += 1
        return met

    def _met(self, dates: Sequence[date], index: int) -> bool:
        observed = self.series.judged(dates[index])
        if observed is None:
            return False
        if not self.condition.is_trend:
            return self.condition.holds(observed.value, self.baseline)
        before = self.series.judged(dates[index - 1]) if index else None
        return before is not None and self.condition.holds(observed.value, before.value)


def read(clause: Clause, sources: Sources, day: date) -> Reading | Unjudgeable:
    """Find the series that a condition is asked of, as of a day."""
    metric = sources.metric(clause.metric)
    if metric is None:
        return Unjudgeable(sources.why_no_metric(clause.metric))
    condition = clause.text.condition
    if condition is None:
        return Unjudgeable(f"'{clause.text}' is no condition: {clause.text.problem}")
    baseline = clause.baseline or metric.spec.baseline
    if problem := _no_meaning(clause, condition, metric, baseline):
        return Unjudgeable(problem)
    series = _series(clause, metric, sources, day)
    if isinstance(series, Unjudgeable):
        return series
    return Reading(
        clause.metric,
        clause.segment,
        metric.spec.unit,
        condition,
        series,
        1 if clause.times is None else clause.times,
        Fraction(baseline.value) if baseline and condition.needs_baseline else None,
    )


def no_meaning(times: int | None, window: int | None, aggregate: Aggregate | None) -> str | None:
    """What is wrong with how a condition is to be read, if anything is."""
    if times is not None and times < 1:
        return f"'for: {times}' has no meaning: write 1 or more"
    if window == 0:
        return "'window: 0d' has no meaning: write 1d or more"
    if aggregate is not None and window is None:
        return f"'aggregate: {aggregate}' has no meaning without a 'window'"
    return None


def _no_meaning(
    clause: Clause, condition: Condition, metric: Metric, baseline: Baseline | None
) -> str | None:
    if problem := no_meaning(clause.times, clause.window, clause.aggregate):
        return problem
    if not unit_matches(condition, metric.spec.unit):
        unit = f"in '{metric.spec.unit}'" if metric.spec.unit else "without a unit"
        return f"'{clause.text}' is in '{condition.unit}', and '{clause.metric}' is {unit}"
    if condition.needs_baseline and baseline is None:
        return f"'{clause.text}' needs a baseline, and there is none"
    return None


def _series(clause: Clause, metric: Metric, sources: Sources, day: date) -> Series | Unjudgeable:
    """The series that a condition is asked of: one for all conditions that read it alike."""
    spec, known = metric.spec, sources.archive.series
    cadence, grace = spec.cadence_days, spec.grace_days
    aggregate = clause.aggregate or "last"
    key = (clause.metric, clause.segment, clause.window, aggregate, cadence, grace, day)
    found = known.get(key)
    if found is None:
        rows = _rows(clause, sources, day)
        if isinstance(rows, Unjudgeable):
            return rows
        found = known[key] = Series(
            rows.dates,
            rows.values,
            cadence,
            grace,
            clause.window,
            aggregate,
            rows.other_segments,
        )
    return found


def _rows(clause: Clause, sources: Sources, day: date) -> Rows | Unjudgeable:
    file = sources.file(clause.metric)
    if file is None:
        return Rows()
    if file.problem is not None:
        return Unjudgeable(f"{file.path}: {file.problem}")
    rows = sources.archive.rows(file, clause.segment or "", day)
    if rows.broken is not None:
        return Unjudgeable(f"{file.path}:{rows.broken.line}: {rows.broken.problem}")
    return rows
