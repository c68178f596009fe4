"""Canvas: a product on one page."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.kinds.parts import Feedback
from roadgate.model.reference import MetricName, PersonaName
from roadgate.model.values import Many, Text


class CanvasSpec(Part):
    """For whom, against what, with what, at what cost."""

    customers: Many[PersonaName] = Field(default=(), description="The Personas it is for.")
    problems: Many[Text] = Field(default=(), description="The problems that it solves for them.")
    value: Many[Text] = Field(default=(), description="What they have from it.")
    capabilities: Many[Text] = Field(default=(), description="What it can do.")
    channels: Many[Text] = Field(default=(), description="How customers find and reach it.")
    adoption: Many[Text] = Field(default=(), description="How they come to use it.")
    costs: Many[Text] = Field(default=(), description="What it costs to build and to run.")
    metrics: Many[MetricName] = Field(
        default=(), description="The Metrics that show whether it is worth it."
    )
    feedback: Feedback | None = Field(default=None, description="How its customers are asked.")


class Canvas(Envelope):
    """A platform or product on one page: customers, problems, value, costs, metrics."""

    KIND: ClassVar[str] = "Canvas"

    kind: Literal["Canvas"] = Field(description="The kind of document.")
    spec: CanvasSpec
