"""Chains of references that end where they began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.graph import cycles
from roadgate.model.kinds import Goal, Initiative, Service
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadgate.roadmap.index import Index


def cyclic(index: Index) -> list[Finding]:
    """A finding for each knot of initiatives that wait for one another, of goals, of services.

    Initiatives and goals cannot be like that. Services can: it is a risk of the estate, and not a
    fault of its description.
    """
    initiatives = {
        name: [*each.body.spec.depends_on] for name, each in index.of(Initiative).items()
    }
    goals = {
        name: [each.body.spec.parent]
        for name, each in index.of(Goal).items()
        if each.body.spec.parent is not None
    }
    services = {name: [*each.body.spec.depends_on] for name, each in index.of(Service).items()}
    wrong, risky = Severity.ERROR, Severity.WARNING
    return [
        *_cyclic(index, "Initiative", initiatives, ("dependsOn", "depends on itself", wrong)),
        *_cyclic(index, "Goal", goals, ("parent", "is its own parent", wrong)),
        *_cyclic(index, "Service", services, ("dependsOn", "depends on itself", risky)),
    ]


def _cyclic(
    index: Index,
    kind: str,
    names: Mapping[str, Sequence[str]],
    words: tuple[str, str, Severity],
) -> Iterator[Finding]:
    field, what, severity = words
    graph = {
        name: [index.current(ResourceRef(kind, each)).name for each in wanted]
        for name, wanted in names.items()
        if wanted
    }
    for path in cycles(graph):
        yield Finding(
            "RG013",
            severity,
            f"'{path[0]}' {what}: {' → '.join(path)}",
            "take out one of these steps",
            resource=ResourceRef(kind, path[0]),
            field=f"spec.{field}",
        )
