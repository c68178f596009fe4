"""The oracle's plain documents as the engine's own types, so that both judge the same."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from roadgate.model.kinds import Decision, Envelope, Initiative, Metric, default_config
from roadgate.model.measurement import BrokenRow, MeasurementFile, Observation
from roadgate.model.resource import Resource
from roadgate.model.roadmap import Roadmap
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from oracle.verdict_oracle import Row, World

API = "roadgate/v1"
K = TypeVar("K", bound=Envelope)


def document(kind: str, name: str, spec: Mapping[str, Any], **metadata: object) -> dict[str, Any]:
    """A document as it stands in YAML."""
    return {
        "apiVersion": API,
        "kind": kind,
        "metadata": {"name": name, "title": name, **metadata},
        "spec": dict(spec),
    }


def resource(model: type[K], data: Mapping[str, Any]) -> Resource[K]:
    """A document as the loader would hand it on."""
    body = model.model_validate(data)
    ref = ResourceRef(model.KIND, body.metadata.name)
    return Resource(f"roadmap/{ref.name}.yaml", 0, ref, body, data)


def named(model: type[K], documents: Iterable[Mapping[str, Any]]) -> dict[str, Resource[K]]:
    """Documents by name, sorted."""
    found = [resource(model, each) for each in documents]
    return {each.name: each for each in sorted(found, key=lambda each: each.name)}


def measurement_file(metric: str, rows: Sequence[Row], problem: str | None) -> MeasurementFile:
    """A measurement file with its good and its broken rows."""
    lines = sorted(rows, key=lambda row: (row.day, row.segment))
    return MeasurementFile(
        metric=metric,
        path=f"measurements/{metric}.csv",
        observations=tuple(
            Observation(row.day, row.segment, Fraction(row.value), line)
            for line, row in enumerate(lines, start=2)
            if row.value is not None
        ),
        broken_rows=tuple(
            BrokenRow(row.day, row.segment, line, "the value is no number")
            for line, row in enumerate(lines, start=2)
            if row.value is None
        ),
        problem=problem,
    )


def roadmap(
    initiatives: Iterable[Mapping[str, Any]],
    metrics: Iterable[Mapping[str, Any]] = (),
    decisions: Iterable[Mapping[str, Any]] = (),
    measurements: Mapping[str, MeasurementFile] | None = None,
) -> Roadmap:
    """A linked roadmap; aliases are those of the documents."""
    of_initiatives = named(Initiative, initiatives)
    of_metrics = named(Metric, metrics)
    aliases = {
        ResourceRef(each.ref.kind, alias): each.name
        for each in (*of_initiatives.values(), *of_metrics.values())
        for alias in each.body.metadata.aliases
    }
    return Roadmap(
        config=default_config(),
        initiatives=of_initiatives,
        evidence={},
        metrics=of_metrics,
        goals={},
        personas={},
        teams={},
        decisions=named(Decision, decisions),
        policies={},
        evidence_of={},
        aliases=aliases,
        measurements=measurements or {},
        resources=(),
    )


def roadmap_of(world: World) -> Roadmap:
    """The roadmap that a world of the oracle describes."""
    broken = world.broken_files
    return roadmap(
        [world.initiative],
        world.metrics.values(),
        world.decisions,
        {
            name: measurement_file(
                name, world.rows.get(name, ()), "the header is broken" if name in broken else None
            )
            for name in sorted(broken | set(world.rows))
        },
    )
