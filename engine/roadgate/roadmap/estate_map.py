"""Who needs whom: the services of the estate, and the initiatives that wait for one another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from roadgate.model.graph import cycles
from roadgate.model.maps import Dependencies, DependencyNode, Estate, ServiceNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.model.roadmap import Roadmap


def estate(roadmap: Roadmap) -> Estate:
    """Every service with what it needs and what needs it."""
    needs = {
        name: _current(roadmap, "Service", each.body.spec.depends_on)
        for name, each in roadmap.services.items()
    }
    changed_by: dict[str, list[str]] = defaultdict(list)
    for name, initiative in roadmap.initiatives.items():
        for service in _current(roadmap, "Service", initiative.body.spec.services):
            changed_by[service].append(name)
    needed_by = _reversed(needs)
    services = tuple(
        ServiceNode(
            name=name,
            title=each.body.metadata.title,
            owner=each.body.metadata.owner,
            tier=each.body.spec.tier,
            lifecycle=each.body.spec.lifecycle,
            depends_on=needs[name],
            needed_by=tuple(needed_by[name]),
            consumers=_current(roadmap, "Persona", each.body.spec.consumers),
            initiatives=tuple(changed_by[name]),
        )
        for name, each in roadmap.services.items()
    )
    return Estate(services, _circles(needs))


def dependencies(roadmap: Roadmap) -> Dependencies:
    """Every initiative that waits for others, or that others wait for."""
    needs = {
        name: _current(roadmap, "Initiative", each.body.spec.depends_on)
        for name, each in roadmap.initiatives.items()
    }
    needed_by = _reversed(needs)
    initiatives = tuple(
        DependencyNode(
            name=name,
            title=each.body.metadata.title,
            horizon=each.body.spec.horizon,
            status=each.body.spec.status,
            depends_on=needs[name],
            needed_by=tuple(needed_by[name]),
        )
        for name, each in roadmap.initiatives.items()
        if needs[name] or needed_by[name]
    )
    return Dependencies(initiatives, _circles(needs))


def _current(roadmap: Roadmap, kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are today, each once."""
    return tuple(dict.fromkeys(roadmap.name_of(kind, each) for each in names))


def _reversed(graph: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, wanted in graph.items():
        for each in wanted:
            found[each].append(name)
    return found


def _circles(graph: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(each) for each in cycles(graph))
