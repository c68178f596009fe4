"""The public JSON of ``check``, and what all outputs share, version 1: shaped by hand, a contract.

Fields may be added; none is renamed, removed or given another meaning.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from roadgate.model.change import Effect
from roadgate.model.exceptions import Standing
from roadgate.model.finding import Enforcement, Severity, Status

Number: TypeAlias = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""Prints the exact decimal, with up to 12 significant digits."""
Day: TypeAlias = date
"""Prints YYYY-MM-DD. A field may be called ``date``, its type then not."""


class Output(BaseModel):
    """An object of the public JSON."""

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        defer_build=True,
        model_title_generator=lambda model: model.__name__.removesuffix("Output"),
        json_schema_serialization_defaults_required=False,
    )


class ResourceOutput(Output):
    """A resource's identity."""

    kind: str = Field(description="Initiative, Metric, …")
    name: str = Field(description="Unique for the kind.")


class LocationOutput(Output):
    """A stretch of a file. Lines and columns count characters from 1; the end is exclusive."""

    path: str = Field(description="Relative to the project's root, with forward slashes.")
    line: int = Field(description="From 1.")
    column: int = Field(description="From 1.")
    end_line: int = Field(description="The line of the end.")
    end_column: int = Field(description="The column behind the last character.")
    revision: Literal["base"] = Field(
        default="base", description="There only when the text stands in the base revision alone."
    )


class SuppressedOutput(Output):
    """Why a finding does not fail the run."""

    by: str = Field(description="Name of the Decision, or 'baseline'.")
    type: str = Field(description="The Decision's type.")
    until: Day | None = Field(description="Inclusive.")


class RelatedOutput(Output):
    """A second place that a finding speaks of."""

    message: str = Field(description='Such as "first defined here".')
    resource: ResourceOutput | None = Field(description="What it is about.")
    field: str | None = Field(description="Path in the document.")
    location: LocationOutput | None = Field(description="Where it stands.")


class FixOutput(Output):
    """Characters to replace: the one right answer to a finding."""

    location: LocationOutput = Field(description="The characters that go.")
    replacement: str = Field(description="What takes their place.")


class FindingOutput(Output):
    """One problem, at one place, with its way out."""

    id: str = Field(description="A policy's id, or a code of the engine (RG0xx).")
    severity: Severity = Field(description="The effective one; only error fails a run.")
    status: Status = Field(
        description="fail: the rule does not hold; error: it could not be evaluated; unknown: "
        "what only the forge knows is missing; preview: what the proposed rules would say."
    )
    enforcement: Enforcement
    message: str = Field(description="What is wrong, in one line.")
    fix: str = Field(description="What to do or type; empty when nothing can be done.")
    resource: ResourceOutput | None = Field(description="What it is about.")
    field: str | None = Field(description="Path in the document, such as spec.evidence.")
    location: LocationOutput | None = Field(description="Where it stands.")
    suppressed: SuppressedOutput | None = Field(description="null when nothing suppresses it.")
    new: bool | None = Field(description="Whether the change brought it; null without --base.")
    related: list[RelatedOutput] = Field(description="Further places.")
    fixes: list[FixOutput] = Field(
        description="What roadgate check --fix would write; empty where there is a choice."
    )
    fingerprint: str = Field(
        description="The same for the same problem in another run, whatever lines have moved."
    )


class SummaryOutput(Output):
    """Counts. Suppressed findings are counted as such only."""

    files: int = Field(description="Files looked at.")
    resources: int = Field(description="Documents that met their schema.")
    policies: int = Field(description="Policies that applied.")
    evaluations: int = Field(description="Evaluations of a policy on something.")
    errors: int = Field(
        description="Unsuppressed findings of severity error. The exit code is 1 exactly when "
        "there is one; with --base, when there is one with new: true."
    )
    warnings: int = Field(description="Unsuppressed findings of severity warning.")
    notices: int = Field(description="Unsuppressed findings of severity notice.")
    suppressed: int = Field(description="Findings that a Decision or the baseline suppresses.")


class FieldChangeOutput(Output):
    """One field before and after, as written."""

    field: str = Field(description="Path; items with an id are named by it.")
    from_: str | None = Field(alias="from", description="null when it is new.")
    to: str | None = Field(description="null when it is gone.")
    effect: Effect = Field(description="What it does to a promise.")
    protected: bool = Field(description="Whether the promise is protected, so that it matters.")
    decision: str | None = Field(description="The Decision that allows it.")
    approval: Literal["yes", "no", "unknown"] | None = Field(
        description="Whether that Decision is approved; null where nobody is asked."
    )


class ResourceChangeOutput(Output):
    """One resource that the change touches."""

    action: Literal["added", "changed", "moved", "removed"] = Field(
        description="What happened to it."
    )
    kind: str = Field(description="Its kind.")
    name: str = Field(description="As head calls it; as base did when it is gone.")
    former_name: str | None = Field(description="As base called it, when an alias carries it over.")
    path: str | None = Field(description="In head; null when it is gone.")
    base_path: str | None = Field(description="In base; null when it is new.")
    fields: list[FieldChangeOutput] = Field(description="What changed in it.")


class JudgeChangeOutput(Output):
    """A change of what judges."""

    what: str = Field(description="Kind/name, or a field path of roadgate.yaml.")
    effect: Literal["weaker", "stronger", "neutral", "watched"] = Field(
        description="What it does to the rules."
    )
    from_: str | None = Field(alias="from", description="null when it is new.")
    to: str | None = Field(description="null when it is gone.")
    decision: str | None = Field(description="The Decision that allows it.")


class ChangeOutput(Output):
    """Everything between the merge base and head."""

    base: str = Field(description="The commit that judges.")
    merge_base: str = Field(description="The commit that head is compared with.")
    head: str | None = Field(description="null for the working tree.")
    resources: list[ResourceChangeOutput] = Field(description="Resources that differ.")
    judge: list[JudgeChangeOutput] = Field(description="Rules and settings that differ.")


class ExceptionOutput(Output):
    """A Decision that lets something stand for a while, or was meant to."""

    name: str = Field(description="The Decision.")
    type: str = Field(description="waive, override, continue or pause.")
    policy: str | None = Field(description="The policy's id; null where it names none.")
    resources: list[ResourceOutput] = Field(description="What it is for.")
    date: Day = Field(description="The day it was taken.")
    until: Day | None = Field(description="Inclusive.")
    standing: Standing = Field(
        description="used; expiring: used, and it ends within 14 days; unused: all holds without "
        "it, or nothing is due yet; expired; later: its date is to come; awaiting: not known to "
        "be approved; refused: the policy is mandatory; unknown-policy: no policy is called so."
    )
    findings: int = Field(description="Findings that it sets aside, and that fail without it.")
    approved_by: list[str] = Field(
        description="Who approves the change that brings it, as the context tells."
    )


class DisabledOutput(Output):
    """A policy that a binding switches off."""

    policy: str = Field(description="The policy's id.")
    because: str = Field(description="Why.")
    match: str | None = Field(description="For which resources, in words; null for all.")


class CheckOutput(Output):
    """What ``roadgate check --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    as_of: Day = Field(description="The day everything was judged at.")
    summary: SummaryOutput = Field(description="What was looked at and found, counted.")
    findings: list[FindingOutput] = Field(description="Root causes first, then by place.")
    change: ChangeOutput | None = Field(description="null without --base.")
    exceptions: list[ExceptionOutput] = Field(
        description="Every Decision of type waive, override, continue or pause, by name: the used "
        "and the others."
    )
    disabled: list[DisabledOutput] = Field(
        description="Policies that are switched off, in the order of roadgate.yaml."
    )
    notes: list[str] = Field(description="Sentences about the run as a whole.")
