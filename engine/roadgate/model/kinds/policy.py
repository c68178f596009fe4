"""Policy: a rule in CEL, with its rationale, parameters, fix and examples."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.values import Day, Many, Text

PolicyScope = Literal["resource", "change", "portfolio"]


class Match(Part):
    """Which resources a policy is about."""

    kinds: Many[Text] = ()
    where: str | None = Field(default=None, description="CEL, of type bool.")


class Params(Part):
    """What a binding may set."""

    schema_: dict[str, Any] = Field(alias="schema", description="JSON Schema of the parameters.")
    default: dict[str, Any] = Field(default_factory=dict)


class Validation(Part):
    """One clause of a policy."""

    expression: Text = Field(description="CEL, of type bool: true is what the policy wants.")
    message: str | None = None
    message_expression: str | None = Field(default=None, description="CEL, of type string.")
    at: str | None = Field(default=None, description="The field that the finding points to.")
    fix: str | None = None


class ExampleFile(Part):
    """A measurement or another plain file of an example."""

    path: Text
    text: str


class Example(Part):
    """Documents on which the policy passes, or fails with an expected message."""

    name: Text
    passes: bool
    expect: str | None = Field(default=None, description="The finding's message, for passes: false.")
    files: Many[dict[str, Any]] = ()
    base: Many[dict[str, Any]] | None = Field(default=None)
    head: Many[dict[str, Any]] | None = Field(default=None)
    context: dict[str, Any] | None = None
    as_of: Day | None = None


class PolicySpec(Part):
    """A rule, and everything needed to explain it."""

    id: str = Field(pattern=r"^[A-Z]{2,8}[0-9]{3}$")
    rationale: Text
    scope: PolicyScope = "resource"
    match: Match = Field(default_factory=Match)
    params: Params | None = None
    validations: Many[Validation] = Field(min_length=1)
    severity: Literal["error", "warning", "notice"] = "error"
    enforcement: Literal["mandatory", "overridable", "advisory"] = "overridable"
    examples: Many[Example] = ()


class Policy(Envelope):
    """A rule that resources, changes or the whole portfolio must keep."""

    KIND: ClassVar[str] = "Policy"

    kind: Literal["Policy"]
    spec: PolicySpec
