"""The public JSON of ``explain``, version 1; see ``output_v1``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadgate.model.finding import Enforcement, Severity
from roadgate.report.output_v1 import Day, FindingOutput, Output, ResourceOutput
from roadgate.report.status_v1 import StatusOutput


class PartOutput(Output):
    """A part of an expression."""

    text: str = Field(description="The part, in CEL.")
    value: str = Field(description="Its value, for people to read.")


class ClauseTraceOutput(Output):
    """One validation on the resource that is asked about."""

    index: int = Field(description="Which validation, from 0.")
    expression: str = Field(description="The text of that validation.")
    answer: Literal["passes", "fails", "waived", "spared", "error"]
    parts: list[PartOutput] = Field(description="The values that the answer rests on.")
    finding: FindingOutput | None = Field(description="What is wrong, with the way to pass.")


class CaseOutput(Output):
    """A resource or group that the policy judges."""

    resource: ResourceOutput | None = Field(description="null for a group or the roadmap.")
    group: str = Field(description="What the resources of a group share.")
    answer: Literal["passes", "fails", "waived", "spared", "error"]
    findings: list[FindingOutput] = Field(description="What the policy finds on it.")
    clauses: list[ClauseTraceOutput] = Field(description="Of the resource that is asked about.")


class ParameterOutput(Output):
    """A parameter as it is bound here."""

    name: str
    value: str
    source: str = Field(description="its default, or the place that set it.")


class ScopedBindingOutput(Output):
    """A binding for some resources."""

    match: str = Field(description="Which resources it is for.")
    says: str = Field(description="What it changes.")
    source: str = Field(description="Where it stands.")


class ClauseOutput(Output):
    """What a policy asks."""

    expression: str
    fix: str


class PolicyExampleOutput(Output):
    """A document on which the policy passes or fails."""

    name: str
    passes: bool
    expect: str


class PolicyExplainOutput(Output):
    """A policy: why, what, how it is bound here, and who is affected."""

    id: str
    title: str
    rationale: str
    scope: Literal["resource", "change", "portfolio"]
    severity: Severity
    enforcement: Enforcement | None = Field(description="null where it does not apply here.")
    bound_by: str = Field(description="What makes it apply, or why it does not.")
    from_: Day | None = Field(alias="from", description="Earlier commitments are spared.")
    parameters: list[ParameterOutput]
    bindings: list[ScopedBindingOutput]
    clauses: list[ClauseOutput]
    examples: list[PolicyExampleOutput]
    about: ResourceOutput | None = Field(description="The resource that is asked about.")
    passed_over: PartOutput | None = Field(
        description="The where that does not choose the resource that is asked about."
    )
    parts: list[PartOutput] = Field(description="The values that this where rests on.")
    cases: list[CaseOutput] | None = Field(
        description="What it judges here; null where it does not apply or needs a change."
    )
    disabled: list[ResourceOutput] = Field(
        description="The resources for which a binding switches it off."
    )


class CodeOutput(Output):
    """A finding code of the engine."""

    code: str
    title: str
    meaning: str
    fix: str
    example: str


class DecisionOutput(Output):
    """A Decision that concerns the resource."""

    name: str
    type: str
    date: Day


class ResourceExplainOutput(Output):
    """A resource, and how it stands."""

    kind: str
    name: str
    title: str
    path: str
    owner: str | None
    evidence: list[str] = Field(description="Of an Initiative: the names of its Evidence.")
    decisions: list[DecisionOutput]
    verdicts: StatusOutput | None = Field(description="null for kinds that nothing judges.")


class ExplainOutput(Output):
    """What ``roadgate explain --format json`` prints: one of the three parts is set."""

    version: Literal[1] = Field(description="The version of this shape.")
    code: CodeOutput | None = Field(description="For a finding code.")
    policy: PolicyExplainOutput | None = Field(description="For a policy.")
    resources: list[ResourceExplainOutput] = Field(
        description="For a name: every resource that is called so."
    )
