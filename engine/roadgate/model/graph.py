"""Who leads to whom: circles, the shortest way, everything that can be reached."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


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


def reachable(graph: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """Every name that ``start`` leads to, nearest first; itself only if it lies on a circle."""
    found: dict[str, None] = {}
    queue = deque(graph.get(start, ()))
    while queue:
        node = queue.popleft()
        if node not in found:
            found[node] = None
            queue.extend(graph.get(node, ()))
    return list(found)


def path(graph: Mapping[str, Sequence[str]], start: str, end: str) -> list[str]:
    """A shortest way from one name to another, both included; empty where there is none."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following in graph.get(node, ()):
            if following == end:
                steps = [end, node]
                while steps[-1] != start:
                    steps.append(came_from[steps[-1]])
                return steps[::-1]
            if following not in came_from and following != start:
                came_from[following] = node
                queue.append(following)
    return []
