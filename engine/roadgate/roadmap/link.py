"""A project's resources to a roadmap: indexed, its references checked, its promises meaningful."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import (
    Canvas,
    Decision,
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
from roadgate.model.roadmap import Roadmap
from roadgate.model.source import ResourceRef, Span
from roadgate.roadmap.bounded import bounded
from roadgate.roadmap.cycles import cyclic
from roadgate.roadmap.dangling import dangling
from roadgate.roadmap.glance import doubtful
from roadgate.roadmap.index import Index, index
from roadgate.roadmap.lifecycles import lifecycle_findings
from roadgate.roadmap.meaning import meaningless
from roadgate.roadmap.quorum import out_of_reach

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.project import Project


@dataclass(frozen=True, slots=True)
class Linked:
    """A roadmap, of which it can be asked what is wrong with its references and promises."""

    project: Project
    roadmap: Roadmap
    index: Index
    taken: Sequence[Finding]
    """Names that several resources have, or several files."""

    def findings(self, only: Collection[ResourceRef] | None = None) -> list[Finding]:
        """What leads nowhere or has no meaning.

        With ``only``, findings that need a look into each resource are those of these resources.
        """
        looked_at = doubtful(self.index, only)
        return bounded(
            (
                *self.taken,
                *dangling(self.project, self.index, looked_at),
                *cyclic(self.index),
                *meaningless(self.index, self.project.config.spec, looked_at),
                *out_of_reach(self.index, self.project.config.spec),
                *lifecycle_findings(
                    self.roadmap.lifecycles, self.roadmap.resources, self.project.governed
                ),
            )
        )


def link(
    project: Project, only: Collection[ResourceRef] | None = None
) -> tuple[Roadmap, list[Finding]]:
    """Index and resolve everything; what leads nowhere or has no meaning is a finding.

    A second resource of one name is reported by ``load``, which can tell the two apart by place.
    Whether ``shipped``, ``killed`` and ``paused`` have their Decision in force depends on the day
    that is judged, and is a policy's business.
    """
    found = linked(project)
    return found.roadmap, found.findings(only)


def linked(project: Project) -> Linked:
    """Index everything, and look into nothing yet."""
    found, taken = index(project.resources, project.broken)
    measurements, misnamed = _renamed(project.measurements, found)
    roadmap = Roadmap(
        config=project.config,
        initiatives=found.of(Initiative),
        evidence=found.of(Evidence),
        metrics=found.of(Metric),
        goals=found.of(Goal),
        personas=found.of(Persona),
        teams=found.of(Team),
        decisions=found.of(Decision),
        policies=found.of(Policy),
        journeys=found.of(Journey),
        services=found.of(Service),
        canvases=found.of(Canvas),
        launches=found.of(Launch),
        visions=found.of(Vision),
        reviews=found.of(Review),
        lifecycles=found.of(Lifecycle),
        kind_definitions=found.of(KindDefinition),
        evidence_of=_evidence_of(found),
        aliases=found.aliases,
        measurements=measurements,
        resources=tuple(found.by_ref.values()),
        revision=project.revision,
        broken=found.broken,
    )
    return Linked(project, roadmap, found, (*taken, *misnamed))


def _evidence_of(found: Index) -> dict[str, tuple[str, ...]]:
    """The Evidence of each initiative: its own list first, then what says that it supports it."""
    merged: dict[str, dict[str, None]] = {name: {} for name in found.of(Initiative)}
    for name, initiative in found.of(Initiative).items():
        for each in initiative.body.spec.evidence:
            if (evidence := found.get(Evidence, each)) is not None:
                merged[name][evidence.name] = None
    for name, evidence in found.of(Evidence).items():
        for each in evidence.body.spec.supports:
            if (supported := found.get(Initiative, each)) is not None:
                merged[supported.name][name] = None
    return {name: tuple(evidence) for name, evidence in merged.items()}


def _renamed(
    measurements: Mapping[str, MeasurementFile], found: Index
) -> tuple[dict[str, MeasurementFile], list[Finding]]:
    """Measurements by the names that metrics have now; the file of a former name still counts."""
    result: dict[str, MeasurementFile] = {}
    findings = []
    for name, file in sorted(measurements.items()):
        current = found.current(ResourceRef("Metric", name)).name
        if current != name and current in measurements:
            findings.append(_left_over(file, measurements[current]))
        elif current in result:
            findings.append(_left_over(file, result[current]))
        else:
            result[current] = file if current == file.metric else replace(file, metric=current)
    return result, findings


def _left_over(file: MeasurementFile, used: MeasurementFile) -> Finding:
    return Finding(
        "RG024",
        Severity.WARNING,
        f"the metric is read from '{used.path}', so this file counts for nothing",
        "move its rows there and delete it",
        location=Span(file.path, 1, 1, 1, 1),
    )
