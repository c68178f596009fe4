"""Decision: a dated, signed record of a choice."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part, meanings
from roadgate.model.reference import EvidenceName, InitiativeName, MetricName
from roadgate.model.values import Day, Handle, ItemId, Many, Text

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

    initiative: InitiativeName | None = Field(default=None, description="An Initiative.")
    criterion: ItemId | None = Field(
        default=None, description="The id of one of its success criteria."
    )
    threshold: ItemId | None = Field(
        default=None, description="The id of one of its kill thresholds."
    )
    guardrail: ItemId | None = Field(default=None, description="The id of one of its guardrails.")
    policy: Text | None = Field(default=None, description="A policy's id.")
    resource: Text | None = Field(default=None, description="Kind/name.")
    over: InitiativeName | None = Field(default=None, description="The displaced initiative.")
    metric: MetricName | None = Field(default=None, description="A Metric.")
    evidence: EvidenceName | None = Field(default=None, description="An Evidence.")
    dates: Many[Day] = Field(default=(), description="The days whose data is mended, for correct.")
    config: Text | None = Field(default=None, description="A field path of roadgate.yaml.")


class DecisionSpec(Part):
    """What was decided, when, by whom, and why."""

    type: DecisionType = Field(
        description="What was decided.",
        json_schema_extra=meanings(
            commit="It becomes a promise.",
            **{"continue": "It goes on although a kill threshold says stop; needs 'until'."},
            pivot="The promise ends, and another begins.",
            pause="It stops for a while; needs 'until'.",
            resume="It goes on again.",
            ship="It is done; needs 'learned'.",
            kill="It is over; needs 'learned'.",
            override="It goes ahead although something ranks higher; needs 'until', 'tradeoff'.",
            waive="A finding is set aside; needs 'until'.",
            relax="A promise or a rule is made easier in the open.",
            correct="Evidence or measurements are put right.",
        ),
    )
    concerns: Concerns = Field(description="What it is about.")
    date: Day = Field(description="The day it was taken.")
    until: Day | None = Field(default=None, description="Inclusive.")
    by: Many[Handle] = Field(min_length=1, description="GitHub handles.")
    because: Text = Field(description="Why.")
    tradeoff: Text | None = Field(default=None, description="Required for override.")
    learned: Text | None = Field(default=None, description="Required for kill and ship.")
    to: Text | None = Field(default=None, description="For relax: the new text.")


class Decision(Envelope):
    """A dated, signed record: commit, continue, pivot, ship, kill, override and others."""

    KIND: ClassVar[str] = "Decision"

    kind: Literal["Decision"] = Field(description="The kind of document.")
    spec: DecisionSpec
