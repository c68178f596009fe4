"""The public JSON of ``graph``, version 1; see ``output_v1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from roadgate.report.json_v1 import dump
from roadgate.report.output_v1 import Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.model.maps import Maps

Horizon = Literal["exploring", "later", "next", "now"]
Status = Literal["proposed", "active", "paused", "shipped", "killed"]


class DeliverableOutput(Output):
    """An initiative, as it hangs in the impact map."""

    name: str = Field(description="Unique among initiatives.")
    title: str = Field(description="What people call it.")
    owner: str | None = Field(description="The Team that answers for it.")
    horizon: Horizon = Field(description="now is committed.")
    status: Status = Field(description="As it is written.")
    goal: str | None = Field(description="The Goal that it serves.")
    actor: str | None = Field(description="The Persona who will do something differently.")
    change: str | None = Field(description="What that is.")
    evidence: list[str] = Field(description="Its own and what supports it, merged.")


class GoalNodeOutput(Output):
    """A goal with what is done for it."""

    name: str = Field(description="Unique among goals.")
    title: str = Field(description="What people call it.")
    outcome: str = Field(description="What will be different.")
    parent: str | None = Field(description="The Goal that it is part of.")
    depth: int = Field(description="How far below the root of its tree it stands.")
    deliverables: list[DeliverableOutput] = Field(description="By actor, change and name.")


class LooseEndOutput(Output):
    """Something that hangs from nothing, or that nothing hangs from."""

    kind: str = Field(description="Initiative, Goal or Evidence.")
    name: str = Field(description="Unique for the kind.")
    title: str = Field(description="What people call it.")
    why: str = Field(description="What it lacks.")


class ImpactMapOutput(Output):
    """Goal, actor, impact, deliverable."""

    goals: list[GoalNodeOutput] = Field(description="Each tree from its root down.")
    loose: list[LooseEndOutput] = Field(description="What hangs from nothing.")


class ServiceNodeOutput(Output):
    """A service among those that it needs and that need it."""

    name: str = Field(description="Unique among services.")
    title: str = Field(description="What people call it.")
    owner: str | None = Field(description="The Team that answers for it.")
    tier: int | None = Field(description="1 is the most important.")
    lifecycle: str = Field(description="How far it is.")
    depends_on: list[str] = Field(description="Services that it needs.")
    needed_by: list[str] = Field(description="Services that need it.")
    consumers: list[str] = Field(description="Personas that use it.")
    initiatives: list[str] = Field(description="Initiatives that change it.")


class EstateOutput(Output):
    """Every service, and the circles among them."""

    services: list[ServiceNodeOutput] = Field(description="By name.")
    cycles: list[list[str]] = Field(description="Each as a path that ends where it began.")


class DependencyNodeOutput(Output):
    """An initiative that waits for others, or that others wait for."""

    name: str = Field(description="Unique among initiatives.")
    title: str = Field(description="What people call it.")
    horizon: Horizon = Field(description="now is committed.")
    status: Status = Field(description="As it is written.")
    depends_on: list[str] = Field(description="Initiatives that it waits for.")
    needed_by: list[str] = Field(description="Initiatives that wait for it.")


class DependenciesOutput(Output):
    """Who waits for whom, and the circles among them."""

    initiatives: list[DependencyNodeOutput] = Field(description="By name.")
    cycles: list[list[str]] = Field(description="Each as a path that ends where it began.")


class StageNodeOutput(Output):
    """A stage of a journey, and what is missing there."""

    stage: str = Field(description="discover to exit, in order.")
    expects: str | None = Field(description="What the customer expects.")
    pain: str | None = Field(description="What hurts there.")
    waived: str | None = Field(description="Why it is left out.")
    initiatives: list[str] = Field(description="Those that address it.")
    gaps: list[str] = Field(description="What is missing there.")


class JourneyNodeOutput(Output):
    """The journey of a persona, all stages in order."""

    persona: str = Field(description="The Persona.")
    journey: str | None = Field(description="null where nobody has written it down.")
    title: str = Field(description="What people call it.")
    stages: list[StageNodeOutput] = Field(description="From discover to exit.")
    gaps: list[str] = Field(description="Those of the whole journey.")


class GraphOutput(Output):
    """What ``roadgate graph --format json`` prints."""

    version: Literal[1] = Field(description="The version of this shape.")
    revision: str | None = Field(description="The commit; null for the working tree.")
    impact: ImpactMapOutput | None = Field(description="null when another view was asked for.")
    services: EstateOutput | None = Field(description="null when another view was asked for.")
    dependencies: DependenciesOutput | None = Field(
        description="null when another view was asked for."
    )
    journeys: list[JourneyNodeOutput] | None = Field(
        description="null when another view was asked for."
    )
    notes: list[str] = Field(description="Sentences about the run as a whole.")


def graph_json(
    found: Maps, views: Sequence[str], revision: str | None, notes: Sequence[str]
) -> str:
    """The maps that are asked for."""
    whole = {
        "impact": found.impact,
        "services": found.estate,
        "dependencies": found.dependencies,
        "journeys": found.journeys,
    }
    chosen = {name: part if name in views else None for name, part in whole.items()}
    data = {"version": 1, "revision": revision, "notes": list(notes), **chosen}
    return dump(GraphOutput.model_validate(data, from_attributes=True))
