"""Review: a checkpoint that took place."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.reference import InitiativeName, VisionName
from roadgate.model.values import Day, HttpsLink, Many, Text


class ReviewSpec(Part):
    """Who met when, about what, and what came of it."""

    date: Day = Field(description="The day it took place.")
    attended: Many[Text] = Field(
        default=(), description="Who was there, as roles; never names.", examples=[["sponsor"]]
    )
    initiatives: Many[InitiativeName] = Field(
        default=(), description="The Initiatives that were looked at."
    )
    visions: Many[VisionName] = Field(default=(), description="The Visions that were looked at.")
    outcome: Text = Field(
        description="What came of it.", examples=["continue", "pivot", "pause", "kill"]
    )
    notes: Text | None = Field(default=None, description="What was said that is worth keeping.")
    link: HttpsLink | None = Field(default=None, description="Where the minutes are; https only.")


class Review(Envelope):
    """A checkpoint that took place: who looked at what, and what came of it."""

    KIND: ClassVar[str] = "Review"

    kind: Literal["Review"] = Field(description="The kind of document.")
    spec: ReviewSpec
