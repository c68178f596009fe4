"""The cases of a portfolio policy: the resources that it chooses, group by group."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from roadgate.evaluate.cases import Case, Group
from roadgate.evaluate.functions.paths import values_at
from roadgate.evaluate.grouping import referenced
from roadgate.evaluate.judge import chosen
from roadgate.model.finding import Finding
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadgate.evaluate.cases import Cases
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.evaluate.world import World
    from roadgate.model.kinds import Envelope
    from roadgate.model.resource import Resource


def portfolio_cases(
    policy: CompiledPolicy,
    cases: Cases,
    world: World,
    belongs: Mapping[ResourceRef, bool] = MappingProxyType({}),
) -> Iterator[Case | Finding]:
    """The roadmap once, or each group of the resources that the policy is about.

    A resource of which nobody can tell whether it belongs is a finding, and in no group.
    ``belongs`` is what is known of that already.
    """
    for kind in policy.clauses:
        if not kind:
            yield Case(world)
            continue
        members: list[Resource[Envelope]] = []
        for case in cases.of_kind(kind):
            known = belongs.get(case.ref) if case.ref is not None else None
            found = chosen(policy, case, world) if known is None else known
            if isinstance(found, Finding):
                yield found
            elif found and case.resource is not None:
                members.append(case.resource)
        yield from _grouped(policy, kind, members, world)


def _grouped(
    policy: CompiledPolicy, kind: str, members: Sequence[Resource[Envelope]], world: World
) -> Iterator[Case]:
    path = policy.group_paths.get(kind)
    if path is None:
        yield Case(world, group=Group(kind, "", tuple(members)))
        return
    of = referenced(path)
    for key, several in sorted(_by_key(path, of, members, world).items()):
        about = ResourceRef(of, key) if of is not None else None
        known = about if about is not None and world.has(about) else None
        yield Case(world, known, group=Group(kind, key, tuple(several)))


def _by_key(
    path: str, of: str | None, members: Sequence[Resource[Envelope]], world: World
) -> Mapping[str, list[Resource[Envelope]]]:
    """Members by value; one with several values is in several groups, one without in none."""
    found: dict[str, list[Resource[Envelope]]] = defaultdict(list)
    for each in members:
        values = values_at(world.message(each), path)
        keys = (_key(value) for value in values)
        current = (world.roadmap.name_of(of, key) if of is not None else key for key in keys)
        for key in dict.fromkeys(current):
            found[key].append(each)
    return found


def _key(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
