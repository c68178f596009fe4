"""Service: one entry of the estate, and what makes it ready for production."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Item, Part, meanings
from roadgate.model.kinds.conditions import Nfr
from roadgate.model.kinds.parts import Feedback
from roadgate.model.reference import MetricName, PersonaName, ServiceName
from roadgate.model.values import Day, HttpsLink, Many, Text, Whole

ServiceLifecycle = Literal["idea", "build", "beta", "production", "retiring"]


class Readiness(Item):
    """One line of the definition of ready for production."""

    title: Text | None = Field(default=None, description="What it asks for, in a sentence.")
    met: bool = Field(description="Whether it is so today.")
    proof: HttpsLink | None = Field(default=None, description="Where it can be seen; https only.")
    date: Day | None = Field(default=None, description="The day it was shown.")


class ServiceNfr(Nfr):
    """A non-functional requirement of a service: baselined early, validated at each stage."""

    validated: dict[ServiceLifecycle, Day] = Field(
        default_factory=dict, description="Stage of the life cycle to the day it was validated."
    )


class Observability(Part):
    """What can be seen of the service while it runs."""

    dashboards: bool | None = Field(default=None, description="Whether there are dashboards.")
    alerts: bool | None = Field(default=None, description="Whether somebody is alerted.")
    tracing: bool | None = Field(default=None, description="Whether requests are traced.")
    non_production: bool | None = Field(
        default=None, description="Whether all of that is there before production, too."
    )


class Repeatability(Part):
    """What is done the same way each time."""

    same_artefact: bool | None = Field(
        default=None, description="Whether each environment gets the same artefact."
    )
    automated_deploy: bool | None = Field(
        default=None, description="Whether a deployment needs no hands."
    )
    automated_rollback: bool | None = Field(
        default=None, description="Whether the way back needs no hands."
    )
    rollback_rehearsed: Day | None = Field(
        default=None, description="The day the way back was rehearsed last."
    )
    restore_rehearsed: Day | None = Field(
        default=None, description="The day a restore from backup was rehearsed last."
    )


class FailureMode(Part):
    """A way in which it fails, and what happens then."""

    mode: Text = Field(description="What fails.")
    detection: Text | None = Field(default=None, description="How it is noticed.")
    reconciliation: Text | None = Field(default=None, description="How it is put right again.")
    customer_help: Text | None = Field(
        default=None, description="Where customers get help, with the context at hand."
    )


class VisibleData(Part):
    """What everybody can see about the service."""

    link: HttpsLink | None = Field(default=None, description="Where it is published; https only.")
    metrics: Many[MetricName] = Field(
        default=(),
        description="The Metrics that are published, with how they improve.",
    )


class ServiceSpec(Part):
    """How it is run, by whom, for whom, and how well."""

    tier: Annotated[Whole, Field(ge=1, le=9)] | None = Field(
        default=None, description="How much depends on it: 1 is the most important."
    )
    lifecycle: ServiceLifecycle = Field(
        default="production",
        description="How far it is.",
        json_schema_extra=meanings(
            idea="Nothing runs yet.",
            build="Being built.",
            beta="Some use it, and know that it may fail.",
            production="It can be relied on.",
            retiring="Nobody new, and a day on which it ends.",
        ),
    )
    depends_on: Many[ServiceName] = Field(default=(), description="The Services that it needs.")
    consumers: Many[PersonaName] = Field(default=(), description="The Personas that use it.")
    readiness: Many[Readiness] = Field(
        default=(), description="The definition of ready for production, each line with its proof."
    )
    nfrs: Many[ServiceNfr] = Field(
        default=(), description="Non-functional requirements, with baseline and target."
    )
    observability: Observability | None = Field(
        default=None, description="What can be seen of it while it runs."
    )
    repeatability: Repeatability | None = Field(
        default=None, description="What is done the same way each time."
    )
    failure_modes: Many[FailureMode] = Field(
        default=(), description="How it fails, and what happens then."
    )
    visible_data: VisibleData | None = Field(
        default=None, description="What everybody can see about it."
    )
    feedback: Feedback | None = Field(default=None, description="How its customers are asked.")


class Service(Envelope):
    """One entry of the estate: who runs it, what it needs, how ready it is."""

    KIND: ClassVar[str] = "Service"

    kind: Literal["Service"] = Field(description="The kind of document.")
    spec: ServiceSpec
