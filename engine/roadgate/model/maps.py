"""Maps of a roadmap: what hangs from what, and where nothing hangs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deliverable:
    """An initiative, as it hangs in the impact map."""

    name: str
    title: str
    owner: str | None
    horizon: str
    status: str
    goal: str | None
    actor: str | None
    """The persona who will do something differently."""
    change: str | None
    """What that is."""
    evidence: tuple[str, ...]
    """Its own and what says that it supports it, merged."""


@dataclass(frozen=True, slots=True)
class GoalNode:
    """A goal with what is done for it."""

    name: str
    title: str
    outcome: str
    parent: str | None
    depth: int
    """How far below the root of its tree it stands."""
    deliverables: tuple[Deliverable, ...]
    """Sorted by actor, then by change and name."""


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something that hangs from nothing, or that nothing hangs from."""

    kind: str
    name: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class ImpactMap:
    """Goal, actor, impact, deliverable."""

    goals: tuple[GoalNode, ...]
    """Each tree from its root down."""
    loose: tuple[LooseEnd, ...]


@dataclass(frozen=True, slots=True)
class ServiceNode:
    """A service among those that it needs and that need it."""

    name: str
    title: str
    owner: str | None
    tier: int | None
    lifecycle: str
    depends_on: tuple[str, ...]
    needed_by: tuple[str, ...]
    consumers: tuple[str, ...]
    initiatives: tuple[str, ...]
    """Those that change it."""


@dataclass(frozen=True, slots=True)
class Estate:
    """Every service, and the circles among them."""

    services: tuple[ServiceNode, ...]
    cycles: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DependencyNode:
    """An initiative that waits for others, or that others wait for."""

    name: str
    title: str
    horizon: str
    status: str
    depends_on: tuple[str, ...]
    needed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Who waits for whom, and the circles among them."""

    initiatives: tuple[DependencyNode, ...]
    cycles: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class StageNode:
    """A stage of a journey, and what is missing there."""

    stage: str
    expects: str | None
    pain: str | None
    waived: str | None
    initiatives: tuple[str, ...]
    """Those that it names, and those that touch it for its persona."""
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JourneyNode:
    """The journey of a persona, all stages in order."""

    persona: str
    journey: str | None
    """None where nobody has written the persona's journey down."""
    title: str
    stages: tuple[StageNode, ...]
    gaps: tuple[str, ...]
    """Those of the whole journey."""


@dataclass(frozen=True, slots=True)
class Maps:
    """All maps of one roadmap."""

    impact: ImpactMap
    estate: Estate
    dependencies: Dependencies
    journeys: tuple[JourneyNode, ...]
    """Sorted by persona, then by name."""
