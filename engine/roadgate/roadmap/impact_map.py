"""The impact map: goal, actor, impact, deliverable, and what hangs from nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from roadgate.model.maps import Deliverable, GoalNode, ImpactMap, LooseEnd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadgate.model.kinds import Goal, Initiative
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap


def impact_map(roadmap: Roadmap) -> ImpactMap:
    """Hang every initiative from its goal, and every goal from the one that it is part of."""
    deliverables = [_deliverable(each, roadmap) for each in roadmap.initiatives.values()]
    below: dict[str, list[Deliverable]] = defaultdict(list)
    for each in deliverables:
        if each.goal is not None and each.goal in roadmap.goals:
            below[each.goal].append(each)
    goals = tuple(
        GoalNode(
            name=each.name,
            title=each.body.metadata.title,
            outcome=each.body.spec.outcome,
            parent=parent,
            depth=depth,
            deliverables=tuple(sorted(below[each.name], key=_order)),
        )
        for each, parent, depth in _trees(roadmap)
    )
    return ImpactMap(goals, tuple(_loose(roadmap, goals, deliverables)))


def _deliverable(initiative: Resource[Initiative], roadmap: Roadmap) -> Deliverable:
    spec = initiative.body.spec
    return Deliverable(
        name=initiative.name,
        title=initiative.body.metadata.title,
        owner=initiative.body.metadata.owner,
        horizon=spec.horizon,
        status=spec.status,
        goal=None if spec.goal is None else roadmap.name_of("Goal", spec.goal),
        actor=None if spec.impact is None else roadmap.name_of("Persona", spec.impact.actor),
        change=None if spec.impact is None else spec.impact.change,
        evidence=roadmap.evidence_of.get(initiative.name, ()),
    )


def _order(each: Deliverable) -> tuple[bool, str, str, str]:
    """By actor, those without one last."""
    return (each.actor is None, each.actor or "", each.change or "", each.name)


def _trees(roadmap: Roadmap) -> Iterator[tuple[Resource[Goal], str | None, int]]:
    """Every goal with its parent and depth, each tree from its root down.

    Goals in a circle have no root; they follow, from the first name of each.
    """
    children: Mapping[str, list[str]] = defaultdict(list)
    parents: dict[str, str] = {}
    for name, goal in roadmap.goals.items():
        wanted = goal.body.spec.parent
        parent = None if wanted is None else roadmap.name_of("Goal", wanted)
        if parent is not None and parent in roadmap.goals:
            parents[name] = parent
            children[parent].append(name)
    seen: set[str] = set()
    roots = [name for name in roadmap.goals if name not in parents]
    for root in (*roots, *roadmap.goals):
        work = [(root, 0)]
        while work:
            name, depth = work.pop()
            if name in seen:
                continue
            seen.add(name)
            yield roadmap.goals[name], parents.get(name), depth
            work += [(each, depth + 1) for each in sorted(children[name], reverse=True)]


def _loose(
    roadmap: Roadmap, goals: tuple[GoalNode, ...], deliverables: list[Deliverable]
) -> Iterator[LooseEnd]:
    for each in deliverables:
        if each.status == "killed":
            continue
        if each.goal is None:
            yield LooseEnd("Initiative", each.name, each.title, "serves no goal")
        elif each.goal not in roadmap.goals:
            why = f"serves the goal '{each.goal}', which is not declared"
            yield LooseEnd("Initiative", each.name, each.title, why)
        elif each.actor is None:
            yield LooseEnd("Initiative", each.name, each.title, "says nowhere who will do what")
    parents = {each.parent for each in goals}
    for goal in goals:
        working = [each for each in goal.deliverables if each.status != "killed"]
        if not working and goal.name not in parents:
            yield LooseEnd("Goal", goal.name, goal.title, "nothing is done for it")
    used = {name for names in roadmap.evidence_of.values() for name in names}
    for name, evidence in roadmap.evidence.items():
        if name not in used:
            yield LooseEnd("Evidence", name, evidence.body.metadata.title, "supports nothing")
