"""Chains of references that end where they began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.graph import cycles
from roadgate.model.kinds import Goal, Initiative
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from roadgate.roadmap.index import Index


def cyclic(index: Index) -> list[Finding]:
    """A finding for each knot of initiatives that wait for one another, and of goals."""
    depends = {
        name: [index.current(ResourceRef("Initiative", each)).name for each in wanted]
        for name, initiative in index.of(Initiative).items()
        if (wanted := initiative.body.spec.depends_on)
    }
    parents = {
        name: [index.current(ResourceRef("Goal", goal.body.spec.parent)).name]
        for name, goal in index.of(Goal).items()
        if goal.body.spec.parent is not None
    }
    findings = [
        _finding("Initiative", "spec.dependsOn", "depends on itself", path)
        for path in cycles(depends)
    ]
    findings += [
        _finding("Goal", "spec.parent", "is its own parent", path) for path in cycles(parents)
    ]
    return findings


def _finding(kind: str, field: str, what: str, path: list[str]) -> Finding:
    return Finding(
        "RG013",
        Severity.ERROR,
        f"'{path[0]}' {what}: {' → '.join(path)}",
        "take out one of these steps",
        resource=ResourceRef(kind, path[0]),
        field=field,
    )
