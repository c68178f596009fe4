"""Vision: how it shall be for a persona one day, and what is good enough until then."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.kinds.conditions import Judged, Question
from roadgate.model.kinds.parts import Messages, Milestone, ReviewCycle
from roadgate.model.reference import EvidenceName, MetricName, PersonaName
from roadgate.model.values import Day, Many, Number, Text, Whole


class _Phase(Part):
    """The phase that something is good enough for."""

    phase: Text = Field(description="Until when it is good enough.", examples=["2026-H2"])


class GoodEnough(Judged, Question, _Phase):
    """What is good enough in a phase: a number, or what a named role says."""


class Contrast(Part):
    """One thing before and after, in numbers."""

    what: Text = Field(description="What is compared, such as a deployment.")
    before: Number = Field(description="The number today.")
    after: Number = Field(description="The number as it shall be.")
    unit: Text | None = Field(default=None, description="What the numbers count, such as minutes.")
    metric: MetricName | None = Field(default=None, description="The Metric that measures it.")


class ResponseTime(Part):
    """How fast somebody or something answers."""

    to: Text = Field(description="What is asked or reported.")
    within: Text = Field(description="How fast it is answered.", examples=["4 hours"])
    metric: MetricName | None = Field(default=None, description="The Metric that measures it.")


class VisionVersion(Part):
    """A version of the vision, and why it differs from the one before."""

    KEY = "version"

    version: Annotated[Whole, Field(ge=1)] = Field(description="1, 2, 3 and so on.")
    date: Day = Field(description="The day it was agreed on.")
    why: Text = Field(description="What had been learned.")


class VisionSpec(Part):
    """A day in the life of a persona, today and one day."""

    persona: PersonaName = Field(description="The Persona whose days are told.")
    narrative: Text = Field(description="A day in the life as it shall be, told as a story.")
    before: Many[Text] = Field(default=(), description="How it is today.")
    after: Many[Text] = Field(default=(), description="How it shall be.")
    numbers: Many[Contrast] = Field(default=(), description="Before and after, in numbers.")
    good_enough: Many[GoodEnough] = Field(
        default=(), description="What is good enough in each phase."
    )
    touchpoints: Many[Text] = Field(
        default=(), description="Where the persona meets the product in the story."
    )
    response_times: Many[ResponseTime] = Field(
        default=(), description="How fast the persona expects an answer."
    )
    self_service: Many[Text] = Field(
        default=(), description="What the persona does without asking anybody."
    )
    escalation: Many[Text] = Field(
        default=(), description="Where the persona turns when that fails, step by step."
    )
    milestones: Many[Milestone] = Field(default=(), description="Steps on the way.")
    messages: Messages | None = Field(default=None, description="What each audience is told.")
    review: ReviewCycle | None = Field(
        default=None, description="How often it is looked at again; Reviews answer it."
    )
    validated: Many[EvidenceName] = Field(
        default=(), description="The Evidence that people in the persona's place agree."
    )
    versions: Many[VisionVersion] = Field(
        default=(), description="Former and present versions, each with its reason."
    )


class Vision(Envelope):
    """The desired future of a persona: the story, the numbers, what is good enough."""

    KIND: ClassVar[str] = "Vision"

    kind: Literal["Vision"] = Field(description="The kind of document.")
    spec: VisionSpec
