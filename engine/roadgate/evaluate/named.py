"""Resources that policies name by a literal, such as ``approvedBy('leads')``, and that are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.suggest import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadgate.evaluate.checked import Const
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.model.roadmap import Roadmap

NOWHERE = "RG012"


@dataclass(frozen=True, slots=True)
class Asked:
    """A resource that an expression names by a literal."""

    kind: str
    name: Const
    is_asked: bool
    """Whether a function looks it up, which fails where there is none; or a field is compared."""
    item: Const | None = None
    """The id of a criterion, guardrail or threshold of it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A resource that an expression of a policy names."""

    kind: str
    name: str
    item: str
    """The id of a criterion, guardrail or threshold of it; empty for the whole."""
    is_asked: bool
    """Whether it is looked up, which fails where it is not; or a field is compared with it."""
    field: str
    part: tuple[int, int]
    """Where it stands in the expression, in characters."""


def named_findings(policies: Iterable[CompiledPolicy], roadmap: Roadmap) -> Iterator[Finding]:
    """What the project's own policies name, and the roadmap does not have."""
    names: dict[str, set[str]] = {}
    for ref in (*(each.ref for each in roadmap.resources), *roadmap.broken):
        names.setdefault(ref.kind, set()).add(ref.name)
    for policy in policies:
        told = {each for clauses in policy.clauses.values() for each in clauses.names}
        for each in sorted(told, key=lambda named: (named.field, named.part)):
            yield from _finding(policy, each, names.get(each.kind, set()), roadmap)


def _finding(
    policy: CompiledPolicy, named: Named, known: set[str], roadmap: Roadmap
) -> Iterator[Finding]:
    name = roadmap.name_of(named.kind, named.name)
    if name not in known:
        problem = f"there is no {named.kind} '{named.name}'"
        fix = advice(named.name, sorted(known), otherwise="declare it, or take it out")
    elif named.item and name in roadmap.initiatives and named.item not in _items(roadmap, name):
        problem = f"'{name}' has no criterion, guardrail or threshold '{named.item}'"
        fix = advice(named.item, _items(roadmap, name), otherwise="take it out")
    else:
        return
    yield Finding(
        NOWHERE,
        Severity.ERROR if named.is_asked else Severity.WARNING,
        f"policy '{policy.id}': {problem}",
        fix,
        resource=policy.resource.ref,
        field=named.field,
        part=named.part,
    )


def _items(roadmap: Roadmap, initiative: str) -> list[str]:
    spec = roadmap.initiatives[initiative].body.spec
    return [
        *(each.id for each in spec.success_criteria),
        *(each.id for each in spec.guardrails),
        *(each.id for each in spec.kill_thresholds),
    ]
