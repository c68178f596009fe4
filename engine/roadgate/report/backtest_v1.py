"""The public JSON of ``policy backtest`` and ``policy diff``, version 1; see ``output_v1``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadgate.report.output_v1 import Day, FindingOutput, Output


class PastChangeOutput(Output):
    """One merged change that would not have passed."""

    commit: str = Field(description="The commit of the first-parent history.")
    date: Day = Field(description="Its day, on which it was judged.")
    title: str = Field(description="The first line of its message.")
    outcome: Literal["refused", "unknown"] = Field(
        description="unknown: it rests on an approval, or on a file that cannot be read today."
    )
    findings: list[FindingOutput] = Field(description="What it would have been refused for.")
    broken: list[FindingOutput] = Field(description="What cannot be read in it by today's schemas.")


class BacktestSummaryOutput(Output):
    """Counts."""

    judged: int = Field(description="How many changes were judged.")
    refused: int = Field(description="How many would have been refused.")
    unknown: int = Field(description="How many cannot be decided here.")
    passed: int = Field(description="How many would have passed.")


class PolicyCountOutput(Output):
    """How often a policy would have refused."""

    id: str = Field(description="A policy's id, or a code of the engine.")
    refused: int = Field(description="How many changes it would have refused.")


class PolicyBacktestOutput(Output):
    """What ``roadgate policy backtest --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    revision: str = Field(description="The newest commit.")
    summary: BacktestSummaryOutput = Field(description="What was judged and found, counted.")
    policies: list[str] = Field(description="The ids of the policies that judged.")
    refusals: list[PolicyCountOutput] = Field(description="Most first.")
    changes: list[PastChangeOutput] = Field(description="Those that did not pass, oldest first.")
    findings: list[FindingOutput] = Field(
        description="What is wrong with policies; those judged nothing."
    )
    notes: list[str] = Field(description="Sentences about the run as a whole.")
