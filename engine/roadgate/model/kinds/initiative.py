"""Initiative: one roadmap item."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from roadgate.model.kinds.base import Envelope, Part, meanings
from roadgate.model.kinds.conditions import Exit, Guardrail, KillThreshold, Nfr, SuccessCriterion
from roadgate.model.kinds.parts import Messages, Milestone, ReviewCycle, Stage
from roadgate.model.reference import (
    EvidenceName,
    GoalName,
    InitiativeName,
    PersonaName,
    ServiceName,
)
from roadgate.model.values import Day, Many, Text, parse_number

Horizon = Literal["exploring", "later", "next", "now"]
InitiativeStatus = Literal["proposed", "active", "paused", "shipped", "killed"]


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
        Decimal,
        _one_of("3", "2", "1", "0.5", "0.25"),
        WithJsonSchema({"enum": [3, 2, 1, 0.5, 0.25]}),
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

    actor: PersonaName = Field(description="A Persona.")
    change: Text = Field(description="What the actor will do differently.")


class Scope(Part):
    """What is in and what is out."""

    includes: Many[Text] = Field(default=(), description="What will be done.")
    excludes: Many[Text] = Field(
        default=(), description="What will not be done, so that nobody waits for it."
    )


class Risk(Part):
    """What could go wrong, what is done against it, what remains if it happens."""

    risk: Text = Field(description="What could go wrong.")
    mitigation: Text | None = Field(default=None, description="What is done against it.")
    fallback: Text | None = Field(
        default=None, description="What remains if it happens all the same."
    )


class RolloutPhase(Part):
    """One phase of the rollout."""

    KEY = "phase"

    phase: Text = Field(description="Its name, unique in the rollout.")
    audience: Text | None = Field(default=None, description="Who gets it in this phase.")
    exit: Exit | None = Field(default=None, description="What must hold before the next phase.")
    fallback: Text | None = Field(default=None, description="What they use if it fails.")


class InitiativeSpec(Part):
    """What is promised, to whom, and when the team stops."""

    problem: Text = Field(description="The problem in the customer's words.")
    horizon: Horizon = Field(
        description="How firm it is: a question, a problem, a plan or a promise.",
        json_schema_extra=meanings(
            exploring="A question; no commitment of any kind.",
            later="A problem worth solving, without a solution yet.",
            next="Likely, and being shaped.",
            now="Committed: the scope is clear, and a team works on it.",
        ),
    )
    status: InitiativeStatus = Field(
        default="proposed",
        description="What has become of it; paused, shipped and killed need a Decision.",
        json_schema_extra=meanings(
            proposed="Not committed yet.",
            active="A team works on it.",
            paused="Stopped for a while, by a Decision of type pause.",
            shipped="Done, by a Decision of type ship; it is judged all the same.",
            killed="Over, by a Decision of type kill.",
        ),
    )
    committed: Day | None = Field(default=None, description="The day it entered now.")
    summary: Text | None = Field(default=None, description="One paragraph for executives.")
    personas: Many[PersonaName] = Field(
        default=(), description="For whom: Personas. Required from next."
    )
    goal: GoalName | None = Field(
        default=None, description="The Goal it serves. Required from next."
    )
    impact: Impact | None = Field(default=None, description="Its place in the impact map.")
    scope: Scope | None = Field(
        default=None, description="What is in and what is out. Required in now."
    )
    rice: Rice | None = Field(
        default=None, description="The inputs of its RICE score. Required from next."
    )
    evidence: Many[EvidenceName] = Field(
        default=(), description="The Evidence it rests on. Required from next."
    )
    success_criteria: Many[SuccessCriterion] = Field(
        default=(), description="What will be true, measured how, by when. Required in now."
    )
    kill_thresholds: Many[KillThreshold] = Field(
        default=(), description="What would make the team stop. Required in now."
    )
    guardrails: Many[Guardrail] = Field(
        default=(), description="What must not get worse meanwhile."
    )
    nfrs: Many[Nfr] = Field(default=(), description="Non-functional requirements.")
    depends_on: Many[InitiativeName] = Field(
        default=(), description="Initiatives that must come first."
    )
    services: Many[ServiceName] = Field(default=(), description="Services that it changes.")
    touches: Many[Stage] = Field(default=(), description="Stages of the customer journey.")
    risks: Many[Risk] = Field(default=(), description="What could go wrong.")
    milestones: Many[Milestone] = Field(default=(), description="Steps on the way.")
    rollout: Many[RolloutPhase] = Field(default=(), description="Who gets it when, phase by phase.")
    messages: Messages | None = Field(default=None, description="What each audience is told.")
    review: ReviewCycle | None = Field(
        default=None, description="How often a checkpoint is expected."
    )


class Initiative(Envelope):
    """One roadmap item: a problem, a promise, and when to stop."""

    KIND: ClassVar[str] = "Initiative"

    kind: Literal["Initiative"] = Field(description="The kind of document.")
    spec: InitiativeSpec


__all__ = ["Initiative", "InitiativeSpec", "Rice"]
