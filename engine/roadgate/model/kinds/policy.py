"""Policy: a rule in CEL, with its rationale, parameters, fix and examples."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part, meanings
from roadgate.model.values import Day, Many, Text

PolicyScope = Literal["resource", "change", "portfolio"]
Severity = Literal["error", "warning", "notice"]


class Match(Part):
    """Which resources a policy is about."""

    kinds: Many[Text] = Field(default=(), description="Kinds of resources; every kind without.")
    where: str | None = Field(default=None, description="CEL, of type bool.")


class Params(Part):
    """What a binding may set."""

    schema_: dict[str, Any] = Field(alias="schema", description="JSON Schema of the parameters.")
    default: dict[str, Any] = Field(
        default_factory=dict, description="The values where a binding sets none."
    )


class Validation(Part):
    """One clause of a policy."""

    expression: Text = Field(description="CEL, of type bool: true is what the policy wants.")
    severity: Severity | None = Field(
        default=None, description="How much this clause weighs, instead of the policy's own."
    )
    message: str | None = Field(default=None, description="What the finding says.")
    message_expression: str | None = Field(default=None, description="CEL, of type string.")
    at: str | None = Field(default=None, description="The field that the finding points to.")
    at_expression: str | None = Field(
        default=None,
        description="CEL, of type string: an item's field such as spec.milestones[cache].due, or "
        "Kind/name of another resource.",
    )
    fix: str | None = Field(default=None, description="What to do about it.")
    fix_expression: str | None = Field(
        default=None, description="CEL, of type string: a fix that names what is there."
    )


class ExampleFile(Part):
    """A measurement or another plain file of an example."""

    path: Text
    text: str


class Example(Part):
    """Documents on which the policy passes, or fails with an expected message."""

    KEY = "name"

    name: Text = Field(description="What it shows.")
    passes: bool = Field(description="Whether the policy holds for it.")
    expect: str | None = Field(
        default=None, description="The finding's message, for passes: false."
    )
    as_of: Day | None = Field(default=None, description="The day it is judged at.")
    context: dict[str, Any] | None = Field(
        default=None, description="For scope change: author, reviews and teams."
    )
    files: Many[dict[str, Any]] = Field(
        default=(), description="Documents, or plain files as path and text."
    )
    base: Many[dict[str, Any]] | None = Field(
        default=None, description="For scope change: the documents before."
    )
    head: Many[dict[str, Any]] | None = Field(
        default=None, description="For scope change: the documents after."
    )


class PolicySpec(Part):
    """A rule, and everything needed to explain it."""

    id: str = Field(
        pattern=r"^[A-Z]{2,8}[0-9]{3}$",
        description="Two to eight capitals and three digits; RG is reserved.",
    )
    rationale: Text = Field(description="Why the rule is there.")
    scope: PolicyScope = Field(
        default="resource",
        description="What it is evaluated on.",
        json_schema_extra=meanings(
            resource="Each resource that it matches.",
            change="Each resource that a pull request changes.",
            portfolio="The whole roadmap at once.",
        ),
    )
    match: Match = Field(default_factory=Match, description="Which resources it is about.")
    group_by: Text | None = Field(
        default=None,
        description="For scope portfolio: owner, goal, horizon, metric or another field; the "
        "policy is evaluated once for each of its values.",
    )
    params: Params | None = Field(default=None, description="What a binding may set.")
    validations: Many[Validation] = Field(
        min_length=1, max_length=100, description="What must hold, each with its message and fix."
    )
    severity: Severity = Field(
        default="error",
        description="How much a finding weighs.",
        json_schema_extra=meanings(
            error="It fails the run.",
            warning="It is shown, and fails nothing.",
            notice="It is worth knowing.",
        ),
    )
    enforcement: Literal["mandatory", "overridable", "advisory"] = Field(
        default="overridable",
        description="What may be done about a finding.",
        json_schema_extra=meanings(
            mandatory="Only to mend it.",
            overridable="To mend it, or to set it aside with a Decision.",
            advisory="To take it as advice.",
        ),
    )
    examples: Many[Example] = Field(
        default=(), description="Documents that pass and documents that fail; they are the tests."
    )


class Policy(Envelope):
    """A rule that resources, changes or the whole portfolio must keep."""

    KIND: ClassVar[str] = "Policy"

    kind: Literal["Policy"] = Field(description="The kind of document.")
    spec: PolicySpec
