"""Verdicts: what the measurements say about a promise, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class CriterionVerdict(StrEnum):
    """Of a success criterion, and of an initiative; from worst to best."""

    ERROR = "error"
    MISSED = "missed"
    NO_DATA = "no-data"
    STALE = "stale"
    AT_RISK = "at-risk"
    PENDING = "pending"
    ON_TRACK = "on-track"
    RECOVERED = "recovered"
    MET = "met"


class KillVerdict(StrEnum):
    """Of a kill threshold; from worst to best."""

    ERROR = "error"
    TRIGGERED = "triggered"
    NO_DATA = "no-data"
    STALE = "stale"
    WARNING = "warning"
    NOT_DUE = "not-due"
    CLEAR = "clear"


class HoldVerdict(StrEnum):
    """Of a guardrail, a rollout exit, an NFR or a standing target."""

    ERROR = "error"
    BREACHED = "breached"
    UNMEASURED = "unmeasured"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Observed:
    """The value that was judged, with the date of its newest row."""

    date: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Forecast:
    """The value expected at the deadline, with its 80 % interval."""

    value: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A success criterion, judged."""

    id: str
    metric: str | None
    question: str | None
    verdict: CriterionVerdict
    target: str | None
    from_: date | None
    by: date
    segment: str | None
    standing: bool
    observed: Observed | None
    forecast: Forecast | None
    reason: str
    way_to_green: str | None


@dataclass(frozen=True, slots=True)
class HoldResult:
    """A condition that either holds now or does not: a guardrail, an NFR, an exit, a target."""

    id: str
    metric: str
    verdict: HoldVerdict
    target: str
    observed: Observed | None
    reason: str


@dataclass(frozen=True, slots=True)
class KillResult:
    """A kill threshold, judged."""

    id: str
    metric: str
    verdict: KillVerdict
    when: str
    action: str
    triggered_on: date | None
    answered_by: tuple[str, ...]
    """Names of the Decisions that answer at least one due check date, sorted."""
    runway_days: int | None
    observed: Observed | None
    reason: str


@dataclass(frozen=True, slots=True)
class InitiativeResult:
    """All verdicts of one initiative."""

    name: str
    title: str
    owner: str | None
    horizon: str
    status: str
    rice: Fraction | None
    verdict: CriterionVerdict | None
    """The worst criterion's; None without criteria, which is never met."""
    kill_verdict: KillVerdict | None
    frozen_on: date | None
    """The day of the kill Decision that froze everything."""
    paused_until: date | None
    """The last day of the pause that is in force."""
    criteria: tuple[CriterionResult, ...]
    guardrails: tuple[HoldResult, ...]
    kill_thresholds: tuple[KillResult, ...]
    nfrs: tuple[HoldResult, ...] = ()
    rollout: tuple[HoldResult, ...] = ()
    """One for each phase with an exit; its ``id`` is the phase."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Everything judged, as of one day."""

    as_of: date
    initiatives: tuple[InitiativeResult, ...]
    """Sorted by name."""
    metrics: tuple[HoldResult, ...] = ()
    """The standing targets of metrics; ``id`` is the metric."""

    def of(self, initiative: str) -> InitiativeResult | None:
        """The verdicts of one initiative."""
        return next((each for each in self.initiatives if each.name == initiative), None)
