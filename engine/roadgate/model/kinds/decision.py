"""Decision: a dated, signed record of a choice."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.values import Day, Handle, ItemId, Many, Name, Text

DecisionType = Literal[
    "commit",
    "continue",
    "pivot",
    "pause",
    "resume",
    "ship",
    "kill",
    "override",
    "waive",
    "relax",
    "correct",
]
NEEDS_UNTIL = frozenset({"continue", "pause", "waive", "override"})
NEEDS_LEARNED = frozenset({"kill", "ship"})


class Concerns(Part):
    """What a Decision is about."""

    initiative: Name | None = None
    criterion: ItemId | None = None
    threshold: ItemId | None = None
    guardrail: ItemId | None = None
    policy: Text | None = Field(default=None, description="A policy's id.")
    resource: Text | None = Field(default=None, description="Kind/name.")
    over: Name | None = Field(default=None, description="The displaced initiative.")
    metric: Name | None = None
    evidence: Name | None = None
    dates: Many[Day] = ()
    config: Text | None = Field(default=None, description="A field path of roadgate.yaml.")


class DecisionSpec(Part):
    """What was decided, when, by whom, and why."""

    type: DecisionType
    concerns: Concerns
    date: Day
    until: Day | None = Field(default=None, description="Inclusive.")
    by: Many[Handle] = Field(min_length=1, description="GitHub handles.")
    because: Text
    tradeoff: Text | None = Field(default=None, description="Required for override.")
    learned: Text | None = Field(default=None, description="Required for kill and ship.")
    to: Text | None = Field(default=None, description="For relax: the new text.")


class Decision(Envelope):
    """A dated, signed record: commit, continue, pivot, pause, resume, ship, kill, override, …"""

    KIND: ClassVar[str] = "Decision"

    kind: Literal["Decision"]
    spec: DecisionSpec
