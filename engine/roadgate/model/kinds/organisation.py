"""Goal, Persona and Team: what for, for whom, by whom."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from roadgate.model.kinds.base import Envelope, Part
from roadgate.model.kinds.research import Count
from roadgate.model.values import Handle, Many, Name, Number, Text

LifecycleRole = Literal["product", "design", "engineering", "operations", "support"]


class GoalSpec(Part):
    """An outcome and how it is measured."""

    outcome: Text
    metrics: Many[Name] = ()
    parent: Name | None = None


class Goal(Envelope):
    """An outcome that the organisation wants."""

    KIND: ClassVar[str] = "Goal"

    kind: Literal["Goal"]
    spec: GoalSpec


class PersonaSpec(Part):
    """How many they are, what they do, what they need."""

    population: Count | None = None
    jobs: Many[Text] = ()
    needs: Many[Text] = ()


class Persona(Envelope):
    """A type of customer."""

    KIND: ClassVar[str] = "Persona"

    kind: Literal["Persona"]
    spec: PersonaSpec


class Member(Part):
    """A role, and who fills it."""

    role: Text
    github: Handle | None = None


class TeamSpec(Part):
    """Who is in it, what it covers, how much it can do."""

    members: Many[Member] = ()
    covers: Many[LifecycleRole] = ()
    capacity: Number | None = Field(default=None, description="Person-months a quarter.")
    wip: Count | None = Field(default=None, description="Initiatives in now at once.")


class Team(Envelope):
    """A group that owns initiatives."""

    KIND: ClassVar[str] = "Team"

    kind: Literal["Team"]
    spec: TeamSpec
