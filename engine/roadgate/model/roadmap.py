"""The roadmap: resources indexed by name, with their references resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roadgate.model.kinds import (
    Config,
    Decision,
    Envelope,
    Evidence,
    Goal,
    Initiative,
    Metric,
    Persona,
    Policy,
    Team,
)
from roadgate.model.measurement import MeasurementFile
from roadgate.model.resource import Resource
from roadgate.model.source import ResourceRef


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

    def name_of(self, kind: str, name: str) -> str:
        """``name``, or what the resource that once had it is called now."""
        return self.aliases.get(ResourceRef(kind, name), name)
