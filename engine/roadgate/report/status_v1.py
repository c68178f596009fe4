"""The public JSON of ``status``, version 1: shaped by hand, a contract.

Fields may be added; none is renamed, removed or given another meaning.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadgate.model.seal import SealState
from roadgate.model.verdict import CriterionVerdict, HoldVerdict, KillVerdict
from roadgate.report.output_v1 import (
    Day,
    DisabledOutput,
    ExceptionOutput,
    FindingOutput,
    Number,
    Output,
)


class ObservedOutput(Output):
    """The value that was judged, after window and aggregate, and the date of its newest row."""

    date: Day = Field(description="Of the newest row in the window.")
    value: Number = Field(description="In the metric's unit.")


class ForecastOutput(Output):
    """The value expected at the deadline, with its 80 % interval."""

    value: Number = Field(description="The central value.")
    low: Number = Field(description="The lower end of the interval.")
    high: Number = Field(description="The upper end of the interval.")


class CriterionOutput(Output):
    """A success criterion, judged."""

    id: str = Field(description="Unique in its initiative.")
    metric: str | None = Field(description="null for a question.")
    question: str | None = Field(description="null for a metric.")
    verdict: CriterionVerdict = Field(description="As of the day judged.")
    target: str | None = Field(description="null for a question.")
    from_: Day | None = Field(alias="from", description="Earlier observations decide nothing.")
    by: Day = Field(description="The deadline.")
    segment: str | None = Field(description="The segment of the metric's rows.")
    standing: bool = Field(description="Whether it must go on holding after by.")
    observed: ObservedOutput | None = Field(description="null when there is no value.")
    forecast: ForecastOutput | None = Field(description="null when there are too few values.")
    reason: str = Field(description="Why, in one line.")
    way_to_green: str | None = Field(description="The smallest change that would pass.")


class HoldOutput(Output):
    """A condition that holds or does not: guardrail, NFR, rollout exit, standing target."""

    id: str = Field(description="Unique in its list.")
    metric: str = Field(description="What is measured.")
    verdict: HoldVerdict = Field(description="As of the day judged.")
    target: str = Field(description="What must hold.")
    observed: ObservedOutput | None = Field(description="null when there is no value.")
    reason: str = Field(description="Why, in one line.")


class KillOutput(Output):
    """A kill threshold, judged."""

    id: str = Field(description="Unique in its initiative.")
    metric: str = Field(description="What is measured.")
    verdict: KillVerdict = Field(description="As of the day judged.")
    when: str = Field(description="The condition that means stop.")
    action: Literal["kill", "review"] = Field(description="What it asks for when it is triggered.")
    triggered_on: Day | None = Field(
        description="The oldest check date at which it held, unanswered."
    )
    answered_by: list[str] = Field(description="Names of Decisions, sorted.")
    runway_days: int | None = Field(description="Days until it holds at the present trend.")
    observed: ObservedOutput | None = Field(description="null when there is no value.")
    reason: str = Field(description="Why, in one line.")


class AmendmentOutput(Output):
    """A later commit that changed the promise."""

    commit: str | None = Field(description="null for a change that is not committed yet.")
    date: Day | None = Field(description="Of the commit.")
    decision: str | None = Field(
        description="The Decision that allows it; null when there is none."
    )
    fields: list[str] = Field(description="What it changed.")


class SealedOutput(Output):
    """What was promised when the initiative first was committed, and whether it still stands."""

    commit: str | None = Field(description="The first one in which the initiative was committed.")
    date: Day | None = Field(description="Of that commit.")
    digest: str | None = Field(description="Of what was promised.")
    state: SealState = Field(description="Whether what is judged today is what was promised.")
    amendments: list[AmendmentOutput] = Field(description="Oldest first.")
    reason: str = Field(description="Why the state is unknown or unsanctioned.")


class InitiativeOutput(Output):
    """All verdicts of one initiative."""

    name: str = Field(description="Unique among initiatives.")
    title: str = Field(description="What people call it.")
    owner: str | None = Field(description="The Team that answers for it.")
    horizon: Literal["exploring", "later", "next", "now"] = Field(description="now is committed.")
    status: Literal["proposed", "active", "paused", "shipped", "killed"] = Field(
        description="As it is written."
    )
    rice: Number | None = Field(description="null when an input is missing.")
    verdict: CriterionVerdict | None = Field(
        description="The worst criterion's; null without criteria, which is never met."
    )
    kill_verdict: KillVerdict | None = Field(
        description="The worst threshold's; null without thresholds."
    )
    frozen_on: Day | None = Field(description="The day of the kill that froze everything.")
    paused_until: Day | None = Field(description="The last day of the pause in force.")
    criteria: list[CriterionOutput] = Field(description="In the order of the document.")
    guardrails: list[HoldOutput] = Field(description="In the order of the document.")
    kill_thresholds: list[KillOutput] = Field(description="In the order of the document.")
    nfrs: list[HoldOutput] = Field(description="In the order of the document.")
    rollout: list[HoldOutput] = Field(description="The exits; id is the phase.")
    sealed: SealedOutput | None = Field(description="null when it was never committed.")


class LaunchOutput(Output):
    """The success criteria of one launch, judged by the same table as an initiative's."""

    name: str = Field(description="Unique among launches.")
    title: str = Field(description="What people call it.")
    owner: str | None = Field(description="The Team that answers for it.")
    initiative: str = Field(description="The initiative that is launched.")
    date: Day = Field(description="Launch day.")
    verdict: CriterionVerdict | None = Field(
        description="The worst criterion's; null without criteria, which is never met."
    )
    criteria: list[CriterionOutput] = Field(description="In the order of the document.")


class _PromisingOutput(Output):
    """A resource that promises conditions, and nothing else that is judged."""

    name: str = Field(description="Unique for its kind.")
    title: str = Field(description="What people call it.")
    owner: str | None = Field(description="The Team that answers for it.")


class ServiceOutput(_PromisingOutput):
    """The non-functional requirements of one service."""

    nfrs: list[HoldOutput] = Field(description="In the order of the document.")


class EnoughOutput(Output):
    """What is good enough in a phase: a number, or what a named role says."""

    id: str = Field(description="The phase.")
    metric: str | None = Field(description="null for a question.")
    question: str | None = Field(description="null for a metric.")
    verdict: HoldVerdict = Field(description="As of the day judged.")
    target: str | None = Field(description="null for a question.")
    observed: ObservedOutput | None = Field(description="null when there is no value.")
    reason: str = Field(description="Why, in one line.")


class VisionOutput(_PromisingOutput):
    """What is good enough in one vision."""

    good_enough: list[EnoughOutput] = Field(
        description="In the order of the document; id is the phase."
    )


class JourneyOutput(_PromisingOutput):
    """The budgets of one journey's stages."""

    budgets: list[HoldOutput] = Field(
        description="In the order of the document; id is the stage, a slash and the budget's own."
    )


class StatusOutput(Output):
    """What ``roadgate status --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    as_of: Day = Field(description="The day everything was judged at.")
    revision: str | None = Field(description="The commit; null for the working tree.")
    initiatives: list[InitiativeOutput] = Field(description="By name.")
    metrics: list[HoldOutput] = Field(description="Standing targets; id is the metric.")
    launches: list[LaunchOutput] = Field(description="By name.")
    services: list[ServiceOutput] = Field(description="By name.")
    visions: list[VisionOutput] = Field(description="By name.")
    journeys: list[JourneyOutput] = Field(description="By name.")
    findings: list[FindingOutput] = Field(
        description="What could not be read or judged as written."
    )
    exceptions: list[ExceptionOutput] = Field(
        description="Every Decision of type waive, override, continue or pause, by name; as check "
        "tells."
    )
    disabled: list[DisabledOutput] = Field(
        description="Policies that are switched off, in the order of roadgate.yaml."
    )
    notes: list[str] = Field(description="Sentences about the run as a whole.")
