"""Verdicts: what the measurements say about a promise, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from roadgate.model.source import ResourceRef


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
    """Empty for a question, as is the target."""
    verdict: HoldVerdict
    target: str
    observed: Observed | None
    reason: str
    question: str | None = None
    """What is asked instead of measuring."""


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
class LaunchResult:
    """The success criteria of a launch, judged by the same table as an initiative's."""

    name: str
    title: str
    owner: str | None
    initiative: str
    date: date
    verdict: CriterionVerdict | None
    """The worst criterion's; None without criteria."""
    criteria: tuple[CriterionResult, ...]


@dataclass(frozen=True, slots=True)
class HoldsResult:
    """A resource with conditions that hold now or do not: a Service, a Vision, a Journey."""

    name: str
    title: str
    owner: str | None
    holds: tuple[HoldResult, ...]


R = TypeVar("R", InitiativeResult, LaunchResult, HoldsResult)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Everything judged, as of one day."""

    as_of: date
    initiatives: tuple[InitiativeResult, ...]
    """Sorted by name."""
    metrics: tuple[HoldResult, ...] = ()
    """The standing targets of metrics; ``id`` is the metric."""
    launches: tuple[LaunchResult, ...] = ()
    services: tuple[HoldsResult, ...] = ()
    """The non-functional requirements of services."""
    visions: tuple[HoldsResult, ...] = ()
    """What is good enough; ``id`` is the phase."""
    journeys: tuple[HoldsResult, ...] = ()
    """The budgets of stages; ``id`` is the stage and the budget's own."""

    def about(self, ref: ResourceRef) -> Verdicts:
        """Only what is judged about one resource."""

        def own(kind: str, results: tuple[R, ...]) -> tuple[R, ...]:
            return tuple(each for each in results if (kind, each.name) == (ref.kind, ref.name))

        return Verdicts(
            self.as_of,
            own("Initiative", self.initiatives),
            tuple(each for each in self.metrics if ("Metric", each.id) == (ref.kind, ref.name)),
            own("Launch", self.launches),
            own("Service", self.services),
            own("Vision", self.visions),
            own("Journey", self.journeys),
        )

    def of(self, initiative: str) -> InitiativeResult | None:
        """The verdicts of one initiative."""
        return next((each for each in self.initiatives if each.name == initiative), None)
