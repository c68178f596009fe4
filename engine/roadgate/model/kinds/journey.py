"""Journey: what one type of customer goes through, stage by stage."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from roadgate.model.kinds.base import Envelope, Item, Part, meanings
from roadgate.model.kinds.conditions import Bound
from roadgate.model.kinds.parts import Stage
from roadgate.model.reference import InitiativeName, MetricName, PersonaName, ServiceName, TeamName
from roadgate.model.values import Many, Text


def _reason(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("write why the stage is left out, in a sentence")  # noqa: TRY004 - as pydantic asks
    return value


Reason: TypeAlias = Annotated[Text, BeforeValidator(_reason)]
"""A text that says why; a bare yes or no does not."""


class Touchpoint(Part):
    """A place where the customer meets the product."""

    name: Text = Field(description="What it is, such as the handbook or the help channel.")
    owner: TeamName | None = Field(default=None, description="The Team that answers for it.")


class Budget(Bound, Item):
    """What a whole stage may cost the customer, from end to end."""

    services: Many[ServiceName] = Field(
        default=(), description="The Services that share the budget.", examples=[["ci-runner"]]
    )


class JourneyStage(Part):
    """One stage: what the customer expects there, and what stands in the way."""

    KEY = "stage"

    stage: Stage = Field(
        description="Which stage; each stands once in a Journey.",
        json_schema_extra=meanings(
            discover="Hears that it exists.",
            evaluate="Finds out whether it helps.",
            acquire="Gets access.",
            implement="Puts it to use for the first time.",
            use="Works with it every day.",
            manage="Keeps it running, upgraded and paid for.",
            feedback="Says what is missing, and hears back.",
            exit="Leaves, with everything that is the customer's.",
        ),
    )
    expects: Text | None = Field(
        default=None, description="What this customer expects here, in the customer's words."
    )
    metric: MetricName | None = Field(
        default=None, description="The Metric that shows how it goes."
    )
    pain: Text | None = Field(default=None, description="What hurts here today.")
    initiatives: Many[InitiativeName] = Field(
        default=(), description="The Initiatives that address the pain."
    )
    owner: TeamName | None = Field(default=None, description="The Team that answers for the stage.")
    touchpoints: Many[Touchpoint] = Field(
        default=(), description="Where the customer meets the product in this stage."
    )
    budgets: Many[Budget] = Field(
        default=(), description="Availability and response time that the whole stage may use up."
    )
    waived: Reason | None = Field(
        default=None, description="Why this stage is left out, instead of all of the above."
    )


class JourneySpec(Part):
    """Whose journey it is, and its stages."""

    persona: PersonaName = Field(description="The Persona whose journey it is.")
    stages: Many[JourneyStage] = Field(
        default=(), description="The stages from discover to exit; a stage without is a gap."
    )


class Journey(Envelope):
    """The stages that a type of customer goes through, from discover to exit."""

    KIND: ClassVar[str] = "Journey"

    kind: Literal["Journey"] = Field(description="The kind of document.")
    spec: JourneySpec
