"""Chains of references that end where they began."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import Goal, Initiative
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


def cycles(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """One shortest cycle through the first name of each knot, in the order of names."""
    for knot in sorted(_knots(graph), key=min):
        start = min(knot)
        yield _shortest(graph, knot, start)


def _shortest(graph: Mapping[str, Sequence[str]], knot: set[str], start: str) -> list[str]:
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following in graph.get(node, ()):
            if following == start:
                path = [start, node] if node != start else [start]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return list(reversed(path)) if node != start else [start, start]
            if following in knot and following not in came_from:
                came_from[following] = node
                queue.append(following)
    return [start]


def _knots(graph: Mapping[str, Sequence[str]]) -> Iterator[set[str]]:
    """The sets of names that all reach one another and so have a cycle (Kosaraju's algorithm)."""
    reverse: dict[str, list[str]] = {}
    for node, targets in graph.items():
        for target in targets:
            reverse.setdefault(target, []).append(node)
    placed: set[str] = set()
    for root in reversed(_by_finish(graph)):
        if root in placed:
            continue
        knot = {root}
        pending = [root]
        while pending:
            for node in reverse.get(pending.pop(), ()):
                if node not in placed and node not in knot:
                    knot.add(node)
                    pending.append(node)
        placed |= knot
        if len(knot) > 1 or root in graph.get(root, ()):
            yield knot


def _by_finish(graph: Mapping[str, Sequence[str]]) -> list[str]:
    """All names, each after everything that was first reached from it."""
    seen: set[str] = set()
    finished: list[str] = []
    for root in graph:
        if root in seen:
            continue
        seen.add(root)
        work = [(root, iter(graph[root]))]
        while work:
            node, targets = work[-1]
            target = next((each for each in targets if each not in seen), None)
            if target is None:
                work.pop()
                finished.append(node)
            else:
                seen.add(target)
                work.append((target, iter(graph.get(target, ()))))
    return finished
