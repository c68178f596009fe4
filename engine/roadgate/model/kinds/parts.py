"""Parts that several kinds share: milestones, messages, review cycles, stages of a journey."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roadgate.model.kinds.base import Item, Part
from roadgate.model.reference import EvidenceName, MetricName
from roadgate.model.values import Day, Days, Many, Text

Stage = Literal["discover", "evaluate", "acquire", "implement", "use", "manage", "feedback", "exit"]
"""The stages that every customer goes through."""


class Milestone(Item):
    """A step on the way."""

    title: Text = Field(description="What will be reached.")
    due: Day = Field(description="The day it is due.")
    done: Day | None = Field(default=None, description="Absent until reached.")


class Messages(Part):
    """What each audience is told."""

    executives: Text | None = Field(default=None, description="Outcomes, in a paragraph.")
    engineers: Text | None = Field(default=None, description="What changes in their work.")
    users: Text | None = Field(default=None, description="A quick reference.")
    security: Text | None = Field(
        default=None, description="What security and compliance need to know."
    )


class ReviewCycle(Part):
    """How often a checkpoint is expected."""

    every: Days = Field(description="How often, such as 30d.")


class Feedback(Part):
    """How customers are asked, and where their answers are."""

    metrics: Many[MetricName] = Field(
        default=(), description="The Metrics of what they say and do, such as NPS and churn."
    )
    evidence: Many[EvidenceName] = Field(default=(), description="The Evidence of what they said.")
    every: Days | None = Field(default=None, description="How often they are asked, such as 90d.")
