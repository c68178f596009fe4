"""The public JSON of ``policy list`` and ``policy test``, version 1; see ``output_v1``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadgate.model.finding import Enforcement, Severity
from roadgate.report.output_v1 import Day, FindingOutput, LocationOutput, Output


class PolicyOutput(Output):
    """One policy, and how it is bound here."""

    id: str = Field(description="Two to eight capitals and three digits.")
    title: str = Field(description="What people call it.")
    pack: str = Field(description="The built-in pack that it belongs to, or house.")
    scope: Literal["resource", "change", "portfolio"] = Field(
        description="What it is evaluated on."
    )
    severity: Severity = Field(description="How much its findings weigh.")
    enforcement: Enforcement = Field(description="As bound here; its own where nothing binds it.")
    presets: list[str] = Field(description="The presets that it belongs to, the smallest first.")
    applies: bool = Field(description="Whether it judges this project.")
    because: str | None = Field(description="Why it is disabled here; null where it is not.")
    from_: Day | None = Field(alias="from", description="Earlier commitments are spared.")
    matched: int | None = Field(
        description="How often it was evaluated; null where it does not apply or needs a change."
    )
    failing: int | None = Field(
        description="On how many of those it fails, Decisions set aside; null as for matched."
    )


class PolicyListOutput(Output):
    """What ``roadgate policy list --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    as_of: Day = Field(description="The day everything was judged at.")
    policies: list[PolicyOutput] = Field(description="By id.")
    findings: list[FindingOutput] = Field(
        description="What is wrong with policies, bindings and files; counts may be short then."
    )


class SaidOutput(Output):
    """One thing that a policy found on an example."""

    message: str = Field(description="The finding's message.")
    clause: int | None = Field(
        description="Which validation, from 0; null where the policy could not be evaluated."
    )
    expression: str = Field(description="The text of that validation.")


class ExampleOutput(Output):
    """One example, run."""

    name: str = Field(description="What it shows.")
    passes: bool = Field(description="Whether the policy should hold for it.")
    expect: str | None = Field(description="The message that it should fail with.")
    said: list[SaidOutput] = Field(description="What the policy found.")
    problem: str | None = Field(description="Why it is not as it says; null when it is.")
    location: LocationOutput | None = Field(description="Where the example stands.")


class TestedPolicyOutput(Output):
    """One policy and its examples."""

    id: str = Field(description="The policy's id.")
    title: str = Field(description="What people call it.")
    path: str = Field(description="Its file.")
    outcome: Literal["passed", "failed"] = Field(
        description="passed: it compiles, some example fails, and each is as it says."
    )
    examples: list[ExampleOutput] = Field(description="In the order of the file.")
    findings: list[FindingOutput] = Field(description="Why it cannot be tested as it stands.")


class PolicyTestSummaryOutput(Output):
    """Counts."""

    policies: int = Field(description="How many were tested.")
    examples: int = Field(description="How many examples were run.")
    failed: int = Field(description="How many policies failed.")


class PolicyTestOutput(Output):
    """What ``roadgate policy test --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    summary: PolicyTestSummaryOutput = Field(description="What was run and found, counted.")
    policies: list[TestedPolicyOutput] = Field(description="By id.")
    findings: list[FindingOutput] = Field(description="Files of policies that do not load.")
