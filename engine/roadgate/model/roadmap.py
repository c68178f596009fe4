"""The roadmap: resources indexed by name, with their references resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from roadgate.model.kinds import (
    Canvas,
    Config,
    Decision,
    Envelope,
    Evidence,
    Goal,
    Initiative,
    Journey,
    KindDefinition,
    Launch,
    Lifecycle,
    Metric,
    Persona,
    Policy,
    Review,
    Service,
    Team,
    Vision,
)
from roadgate.model.measurement import MeasurementFile
from roadgate.model.resource import Resource
from roadgate.model.source import ResourceRef

LISTS: Mapping[str, type[Envelope]] = {
    "initiatives": Initiative,
    "evidence": Evidence,
    "metrics": Metric,
    "goals": Goal,
    "personas": Persona,
    "teams": Team,
    "journeys": Journey,
    "services": Service,
    "canvases": Canvas,
    "launches": Launch,
    "visions": Vision,
    "decisions": Decision,
    "reviews": Review,
    "lifecycles": Lifecycle,
    "kindDefinitions": KindDefinition,
}
"""What policies call the resources of a kind: ``roadmap.journeys``. They do not see one another."""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Everything that is declared, by name.

    Each mapping is sorted by name. Of two resources of the same name the first counts; the second
    is a finding.
    """

    config: Config
    initiatives: Mapping[str, Resource[Initiative]]
    evidence: Mapping[str, Resource[Evidence]]
    metrics: Mapping[str, Resource[Metric]]
    goals: Mapping[str, Resource[Goal]]
    personas: Mapping[str, Resource[Persona]]
    teams: Mapping[str, Resource[Team]]
    decisions: Mapping[str, Resource[Decision]]
    policies: Mapping[str, Resource[Policy]]
    """The house policies of the repository, by name (not by id)."""
    evidence_of: Mapping[str, tuple[str, ...]]
    """Initiative to the names of its Evidence: its own list and ``Evidence.supports``, merged."""
    aliases: Mapping[ResourceRef, str]
    """A former identity to the name it has now."""
    measurements: Mapping[str, MeasurementFile]
    resources: tuple[Resource[Envelope], ...]
    """All of the above, once each, sorted by kind and name."""
    revision: str | None = None
    broken: frozenset[ResourceRef] = frozenset()
    """There by name, but with findings that leave nothing to use."""
    journeys: Mapping[str, Resource[Journey]] = field(default_factory=dict)
    services: Mapping[str, Resource[Service]] = field(default_factory=dict)
    canvases: Mapping[str, Resource[Canvas]] = field(default_factory=dict)
    launches: Mapping[str, Resource[Launch]] = field(default_factory=dict)
    visions: Mapping[str, Resource[Vision]] = field(default_factory=dict)
    reviews: Mapping[str, Resource[Review]] = field(default_factory=dict)
    lifecycles: Mapping[str, Resource[Lifecycle]] = field(default_factory=dict)
    kind_definitions: Mapping[str, Resource[KindDefinition]] = field(default_factory=dict)

    def lists(self) -> dict[str, Iterable[Resource[Envelope]]]:
        """The resources by what policies call their list."""
        by_kind: dict[str, list[Resource[Envelope]]] = {}
        for each in self.resources:
            by_kind.setdefault(each.ref.kind, []).append(each)
        return {name: by_kind.get(kind.KIND, ()) for name, kind in LISTS.items()}

    def name_of(self, kind: str, name: str) -> str:
        """``name``, or what the resource that once had it is called now."""
        return self.aliases.get(ResourceRef(kind, name), name) if self.aliases else name
