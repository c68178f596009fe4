"""Initiative: one roadmap item."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from roadgate.model.kinds.base import Envelope, Item, Part
from roadgate.model.kinds.conditions import Guardrail, KillThreshold, Nfr, SuccessCriterion
from roadgate.model.values import Day, Days, Many, Name, Number, Text, parse_number

Horizon = Literal["exploring", "later", "next", "now"]
InitiativeStatus = Literal["proposed", "active", "paused", "shipped", "killed"]
Stage = Literal["discover", "evaluate", "acquire", "implement", "use", "manage", "feedback", "exit"]


def _one_of(*allowed: str) -> BeforeValidator:
    values = [Decimal(text) for text in allowed]

    def check(value: object) -> Decimal:
        number = parse_number(value)
        if number not in values:
            raise ValueError(f"write one of {', '.join(allowed)}")
        return number

    return BeforeValidator(check)


def _positive(value: object) -> Decimal:
    number = parse_number(value)
    if number <= 0:
        raise ValueError("write a number above 0")
    return number


def _not_negative(value: object) -> Decimal:
    number = parse_number(value)
    if number < 0:
        raise ValueError("write 0 or more")
    return number


class Rice(Part):
    """The inputs of the RICE score. The score itself is always computed."""

    reach: Annotated[
        Decimal, BeforeValidator(_not_negative), WithJsonSchema({"type": "number", "minimum": 0})
    ] = Field(description="People or events a quarter.")
    impact: Annotated[
        Decimal, _one_of("3", "2", "1", "0.5", "0.25"), WithJsonSchema({"enum": [3, 2, 1, 0.5, 0.25]})
    ] = Field(description="massive 3, high 2, medium 1, low 0.5, minimal 0.25")
    confidence: Annotated[
        Decimal, _one_of("100", "80", "50"), WithJsonSchema({"enum": [100, 80, 50]})
    ] = Field(description="In percent: high 100, medium 80, low 50.")
    effort: Annotated[
        Decimal,
        BeforeValidator(_positive),
        WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
    ] = Field(description="Person-months.")


class Impact(Part):
    """The place in the impact map."""

    actor: Name = Field(description="A Persona.")
    change: Text = Field(description="What the actor will do differently.")


class Scope(Part):
    """What is in and what is out."""

    includes: Many[Text] = ()
    excludes: Many[Text] = ()


class Risk(Part):
    """What could go wrong, what is done against it, what remains if it happens."""

    risk: Text
    mitigation: Text | None = None
    fallback: Text | None = None


class Milestone(Item):
    """A step on the way."""

    title: Text
    due: Day
    done: Day | None = Field(default=None, description="Absent until reached.")


class Exit(Part):
    """The condition that ends a rollout phase."""

    metric: Name
    target: str
    for_: int | None = Field(default=None, alias="for")
    window: Days | None = None
    aggregate: Literal["last", "mean", "min", "max", "sum", "p50", "p90"] | None = None
    segment: Text | None = None


class RolloutPhase(Part):
    """One phase of the rollout."""

    phase: Text
    audience: Text | None = None
    exit: Exit | None = None
    fallback: Text | None = None


class Messages(Part):
    """What each audience is told."""

    executives: Text | None = None
    engineers: Text | None = None
    users: Text | None = None
    security: Text | None = None


class ReviewCycle(Part):
    """How often a checkpoint is expected."""

    every: Days


class InitiativeSpec(Part):
    """What is promised, to whom, and when the team stops."""

    problem: Text = Field(description="The problem in the customer's words.")
    horizon: Horizon = Field(description="exploring, later, next, or now (committed).")
    status: InitiativeStatus = "proposed"
    committed: Day | None = Field(default=None, description="The day it entered now.")
    summary: Text | None = Field(default=None, description="One paragraph for executives.")
    personas: Many[Name] = ()
    goal: Name | None = None
    impact: Impact | None = None
    scope: Scope | None = None
    rice: Rice | None = None
    evidence: Many[Name] = ()
    success_criteria: Many[SuccessCriterion] = ()
    kill_thresholds: Many[KillThreshold] = ()
    guardrails: Many[Guardrail] = ()
    nfrs: Many[Nfr] = ()
    depends_on: Many[Name] = ()
    services: Many[Name] = ()
    touches: Many[Stage] = ()
    risks: Many[Risk] = ()
    milestones: Many[Milestone] = ()
    rollout: Many[RolloutPhase] = ()
    messages: Messages | None = None
    review: ReviewCycle | None = None


class Initiative(Envelope):
    """One roadmap item: a problem, a promise, and when to stop."""

    KIND: ClassVar[str] = "Initiative"

    kind: Literal["Initiative"]
    spec: InitiativeSpec


__all__ = ["Initiative", "InitiativeSpec", "Rice"]
