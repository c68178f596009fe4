"""Goal, Persona and Team: what for, for whom, by whom."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.kinds.research import Count
from roadgate.model.reference import GoalName, MetricName
from roadgate.model.values import Handle, Many, Number, Text

LifecycleRole = Literal["product", "design", "engineering", "operations", "support"]


class GoalSpec(Part):
    """An outcome and how it is measured."""

    outcome: Text = Field(description="What will be different for customers.")
    metrics: Many[MetricName] = Field(default=(), description="The Metrics that show it.")
    parent: GoalName | None = Field(default=None, description="The Goal that it is part of.")


class Goal(Envelope):
    """An outcome that the organisation wants."""

    KIND: ClassVar[str] = "Goal"

    kind: Literal["Goal"] = Field(description="The kind of document.")
    spec: GoalSpec


class PersonaSpec(Part):
    """How many they are, what they do, what they need."""

    population: Count | None = Field(
        default=None, description="How many there are: the ceiling of any reach."
    )
    jobs: Many[Text] = Field(default=(), description="What they want to get done.")
    needs: Many[Text] = Field(default=(), description="What they need for it.")
    expectations: Many[Text] = Field(
        default=(), description="What they expect of everything that they are given."
    )


class Persona(Envelope):
    """A type of customer."""

    KIND: ClassVar[str] = "Persona"

    kind: Literal["Persona"] = Field(description="The kind of document.")
    spec: PersonaSpec


class Member(Part):
    """A role, and who fills it."""

    role: Text = Field(description="What they do in the team.")
    github: Handle | None = Field(default=None, description="GitHub login.")


class TeamSpec(Part):
    """Who is in it, what it covers, how much it can do."""

    members: Many[Member] = Field(default=(), description="Roles, and who fills them.")
    covers: Many[LifecycleRole] = Field(
        default=(), description="The parts of the life cycle that it answers for."
    )
    capacity: Number | None = Field(default=None, description="Person-months a quarter.")
    wip: Count | None = Field(default=None, description="Initiatives in now at once.")


class Team(Envelope):
    """A group that owns initiatives."""

    KIND: ClassVar[str] = "Team"

    kind: Literal["Team"] = Field(description="The kind of document.")
    spec: TeamSpec
