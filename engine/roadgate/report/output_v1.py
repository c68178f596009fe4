"""The public JSON of ``check`` and ``status``, version 1: shaped by hand, a contract.

Fields may be added; none is renamed, removed or given another meaning.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from roadgate.model.change import Effect
from roadgate.model.finding import Enforcement, Severity, Status
from roadgate.model.seal import SealState
from roadgate.model.verdict import CriterionVerdict, HoldVerdict, KillVerdict

Number: TypeAlias = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""Prints the exact decimal, with up to 12 significant digits."""


class Output(BaseModel):
    """An object of the public JSON."""

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        model_title_generator=lambda model: model.__name__.removesuffix("Output"),
        json_schema_serialization_defaults_required=False,
    )


class ResourceOutput(Output):
    """A resource's identity."""

    kind: str
    name: str


class LocationOutput(Output):
    """A stretch of a file. Lines and columns count characters from 1; the end is exclusive."""

    path: str = Field(description="Relative to the project's root, with forward slashes.")
    line: int
    column: int
    end_line: int
    end_column: int
    revision: Literal["base"] = Field(
        default="base", description="There only when the text stands in the base revision alone."
    )


class SuppressedOutput(Output):
    """Why a finding does not fail the run."""

    by: str = Field(description="Name of the Decision, or 'baseline'.")
    type: str = Field(description="The Decision's type.")
    until: date | None = Field(description="Inclusive.")


class RelatedOutput(Output):
    """A second place that a finding speaks of."""

    message: str
    resource: ResourceOutput | None
    field: str | None
    location: LocationOutput | None


class FindingOutput(Output):
    """One problem, at one place, with its way out."""

    id: str = Field(description="A policy's id, or a code of the engine (RG0xx).")
    severity: Severity = Field(description="The effective one; only error fails a run.")
    status: Status = Field(
        description="fail: the rule does not hold; error: it could not be evaluated; unknown: "
        "what only the forge knows is missing; preview: what the proposed rules would say."
    )
    enforcement: Enforcement
    message: str
    fix: str = Field(description="What to do or type; empty when nothing can be done.")
    resource: ResourceOutput | None
    field: str | None = Field(description="Path in the document, such as spec.evidence.")
    location: LocationOutput | None
    suppressed: SuppressedOutput | None
    new: bool | None = Field(description="Whether the change brought it; null without --base.")
    related: list[RelatedOutput]


class SummaryOutput(Output):
    """Counts. Suppressed findings are counted as such only."""

    files: int = Field(description="Files looked at.")
    resources: int
    policies: int = Field(description="Policies that applied.")
    evaluations: int = Field(description="Evaluations of a policy on something.")
    errors: int = Field(
        description="Unsuppressed findings of severity error. The exit code is 1 exactly when "
        "there is one; with --base, when there is one with new: true."
    )
    warnings: int
    notices: int
    suppressed: int


class FieldChangeOutput(Output):
    """One field before and after, as written."""

    field: str
    from_: str | None = Field(alias="from")
    to: str | None
    effect: Effect = Field(description="What it does to a promise.")
    protected: bool = Field(description="Whether the promise is protected, so that it matters.")
    decision: str | None = Field(description="The Decision that allows it.")
    approval: Literal["yes", "no", "unknown"] | None = Field(
        description="Whether that Decision is approved; null where nobody is asked."
    )


class ResourceChangeOutput(Output):
    """One resource that the change touches."""

    action: Literal["added", "changed", "moved", "removed"]
    kind: str
    name: str
    former_name: str | None
    path: str | None = Field(description="In head; null when it is gone.")
    base_path: str | None = Field(description="In base; null when it is new.")
    fields: list[FieldChangeOutput]


class JudgeChangeOutput(Output):
    """A change of what judges."""

    what: str = Field(description="Kind/name, or a field path of roadgate.yaml.")
    effect: Literal["weaker", "stronger", "neutral"]
    from_: str | None = Field(alias="from")
    to: str | None
    decision: str | None


class ChangeOutput(Output):
    """Everything between the merge base and head."""

    base: str
    merge_base: str
    head: str | None = Field(description="null for the working tree.")
    resources: list[ResourceChangeOutput]
    judge: list[JudgeChangeOutput]


class CheckOutput(Output):
    """What ``roadgate check --format json`` prints."""

    version: Literal[1]
    as_of: date = Field(description="The day everything was judged at.")
    summary: SummaryOutput
    findings: list[FindingOutput] = Field(description="Root causes first, then by place.")
    change: ChangeOutput | None = Field(description="null without --base.")
    notes: list[str] = Field(description="Sentences about the run as a whole.")


class ObservedOutput(Output):
    """The value that was judged, after window and aggregate, and the date of its newest row."""

    date: date
    value: Number


class ForecastOutput(Output):
    """The value expected at the deadline, with its 80 % interval."""

    value: Number
    low: Number
    high: Number


class CriterionOutput(Output):
    """A success criterion, judged."""

    id: str
    metric: str | None
    question: str | None
    verdict: CriterionVerdict
    target: str | None
    from_: date | None = Field(alias="from")
    by: date
    segment: str | None
    standing: bool
    observed: ObservedOutput | None
    forecast: ForecastOutput | None
    reason: str
    way_to_green: str | None


class HoldOutput(Output):
    """A condition that holds or does not: guardrail, NFR, rollout exit, standing target."""

    id: str
    metric: str
    verdict: HoldVerdict
    target: str
    observed: ObservedOutput | None
    reason: str


class KillOutput(Output):
    """A kill threshold, judged."""

    id: str
    metric: str
    verdict: KillVerdict
    when: str
    action: Literal["kill", "review"]
    triggered_on: date | None
    answered_by: list[str] = Field(description="Names of Decisions, sorted.")
    runway_days: int | None
    observed: ObservedOutput | None
    reason: str


class AmendmentOutput(Output):
    """A later commit that changed the promise."""

    commit: str | None = Field(description="null for a change that is not committed yet.")
    date: date | None
    decision: str | None
    fields: list[str]


class SealedOutput(Output):
    """What was promised when the initiative first was committed, and whether it still stands."""

    commit: str | None
    date: date | None
    digest: str | None
    state: SealState
    amendments: list[AmendmentOutput]
    reason: str


class InitiativeOutput(Output):
    """All verdicts of one initiative."""

    name: str
    title: str
    owner: str | None
    horizon: Literal["exploring", "later", "next", "now"]
    status: Literal["proposed", "active", "paused", "shipped", "killed"]
    rice: Number | None = Field(description="null when an input is missing.")
    verdict: CriterionVerdict | None = Field(
        description="The worst criterion's; null without criteria, which is never met."
    )
    kill_verdict: KillVerdict | None
    frozen_on: date | None = Field(description="The day of the kill that froze everything.")
    paused_until: date | None
    criteria: list[CriterionOutput]
    guardrails: list[HoldOutput]
    kill_thresholds: list[KillOutput]
    nfrs: list[HoldOutput]
    rollout: list[HoldOutput] = Field(description="The exits; id is the phase.")
    sealed: SealedOutput | None = Field(description="null when it was never committed.")


class StatusOutput(Output):
    """What ``roadgate status --format json`` prints."""

    version: Literal[1]
    as_of: date = Field(description="The day everything was judged at.")
    revision: str | None = Field(description="The commit; null for the working tree.")
    initiatives: list[InitiativeOutput] = Field(description="By name.")
    metrics: list[HoldOutput] = Field(description="Standing targets; id is the metric.")
    findings: list[FindingOutput]
    notes: list[str]
