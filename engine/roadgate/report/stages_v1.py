"""The public JSON of ``lifecycle``, version 1; see ``output_v1``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadgate.report.output_v1 import Day, FindingOutput, Output


class ApprovalOutput(Output):
    """Whose approval is asked for."""

    team: str | None = Field(description="null for any Team.")
    count: int = Field(description="How many of its members.")


class StepOutput(Output):
    """One step that is listed."""

    from_: str = Field(alias="from", description="The state that it leaves.")
    to: str = Field(description="The state that it leads to.")
    gates: list[str] = Field(description="The ids of the policies that must hold.")
    needs: list[str] = Field(description="A Decision of one of these types must allow it.")
    approvals: list[ApprovalOutput] = Field(description="Who must approve it.")


class WorkflowOutput(Output):
    """The steps of one field."""

    field: str = Field(description="The field that holds the state.")
    lifecycle: str | None = Field(description="The Lifecycle that says so; null: built in.")
    states: list[str] = Field(description="Every state, from the first.")
    steps: list[StepOutput] = Field(description="In the order in which they are listed.")


class GateOutput(Output):
    """One gate, tried as if the step were taken."""

    policy: str = Field(description="The policy's id.")
    title: str = Field(description="What people call it; empty where there is none.")
    outcome: Literal["open", "closed", "unknown", "missing"] = Field(
        description="unknown: it cannot be evaluated, or only a pull request tells."
    )
    findings: list[FindingOutput] = Field(description="What it still asks for.")
    waived_by: list[str] = Field(description="The Decisions that hold it open.")


class AheadOutput(Output):
    """One step that can be taken next."""

    to: str = Field(description="The state that it leads to.")
    open: bool = Field(description="Whether every gate is open.")
    gates: list[GateOutput] = Field(description="In the order in which they are listed.")
    needs: list[list[str]] = Field(description="For each Decision, the types that will do.")
    approvals: list[ApprovalOutput] = Field(description="Who must approve it.")


class StageOutput(Output):
    """Where the resource stands in one workflow."""

    kind: str = Field(description="Of the resource.")
    name: str = Field(description="Of the resource.")
    field: str = Field(description="The field that holds the state.")
    state: str = Field(description="The state that it is in.")
    lifecycle: str | None = Field(description="The Lifecycle that says so; null: built in.")
    steps: list[AheadOutput] = Field(description="The steps that lead on.")


class LifecycleOutput(Output):
    """What ``roadgate lifecycle --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    as_of: Day = Field(description="The day everything was judged at.")
    workflows: list[WorkflowOutput] = Field(description="By field.")
    stages: list[StageOutput] = Field(description="Of the resource; empty where none is named.")
    findings: list[FindingOutput] = Field(description="What is wrong with Lifecycles.")
