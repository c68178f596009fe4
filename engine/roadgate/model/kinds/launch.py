"""Launch: how an initiative reaches its customers, in 90 days."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Item, Part, meanings
from roadgate.model.kinds.conditions import SuccessCriterion
from roadgate.model.kinds.parts import Messages
from roadgate.model.kinds.research import Count
from roadgate.model.reference import InitiativeName, TeamName
from roadgate.model.values import Day, HttpsLink, Many, Text

LaunchPhase = Literal["pre-launch", "launch", "post-launch"]


class Activity(Item):
    """Something that is done before, at or after the launch."""

    phase: LaunchPhase = Field(
        description="When it is done.",
        json_schema_extra=meanings(
            pre_launch="In the 30 days before: champions, beta, feedback, a success story.",
            launch="In the week: post, demo, announcement, documentation, migration guide.",
            post_launch="In the 60 days after: office hours, metrics, the next wave, a look back.",
        ),
    )
    due: Day = Field(description="The day it is due.")
    title: Text = Field(description="What is done.")
    done: Day | None = Field(default=None, description="Absent until it is done.")
    link: HttpsLink | None = Field(
        default=None, description="What came of it, such as the post or the guide; https only."
    )


class LaunchSpec(Part):
    """What is launched, when, with whose help, and what counts as success."""

    initiative: InitiativeName = Field(description="The Initiative that is launched.")
    date: Day = Field(
        description="Launch day; 30 days before it are pre-launch, 60 after it post-launch."
    )
    champions: dict[TeamName, Count] = Field(
        default_factory=dict, description="Team to the number of its champions, 1 or 2 in each."
    )
    activities: Many[Activity] = Field(
        default=(), description="What is done before, at and after the launch."
    )
    success_criteria: Many[SuccessCriterion] = Field(
        default=(), description="What counts as a success, measured how, by when."
    )
    messages: Messages | None = Field(default=None, description="What each audience is told.")


class Launch(Envelope):
    """The 90-day plan: before the launch, its week, and after it."""

    KIND: ClassVar[str] = "Launch"

    kind: Literal["Launch"] = Field(description="The kind of document.")
    spec: LaunchSpec
