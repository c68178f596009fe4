"""Bindings that are for some resources only: which they are for, and which are for none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.hints import suggestion
from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadgate.evaluate.compiled import CompiledPolicy, Scoped
    from roadgate.model.kinds import Envelope
    from roadgate.model.kinds.config import BindingMatch
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

MEANS_NOTHING = "RG031"
MATCHED_NOTHING = "RG074"


def applied(
    policy: CompiledPolicy, resource: Resource[Envelope] | None, roadmap: Roadmap
) -> CompiledPolicy | None:
    """The policy as it is bound for a resource, or None where it is disabled for it."""
    if policy.variant is None:
        return policy
    return policy.variant(
        tuple(
            position
            for position, each in enumerate(policy.scoped)
            if resource is not None and _is_for(each.match, resource, roadmap)
        )
    )


def scoped_findings(policies: Iterable[CompiledPolicy], roadmap: Roadmap) -> Iterator[Finding]:
    """Bindings that name what is not there, or that are for no resource.

    One of a pack binds several policies: it is for nothing when it is so for each of them.
    """
    bound: dict[str, list[tuple[CompiledPolicy, Scoped]]] = {}
    for policy in policies:
        for each in policy.scoped:
            bound.setdefault(each.at, []).append((policy, each))
    for at, together in bound.items():
        scoped = together[0][1]
        yield from _nobody(scoped, roadmap)
        kinds = {kind for policy, _ in together for kind in policy.clauses}
        about = [one for one in roadmap.resources if one.ref.kind in kinds]
        if not any(_is_for(scoped.match, one, roadmap) for one in about):
            of = f" of '{together[0][0].id}'" if len(together) == 1 else ""
            yield _finding(MATCHED_NOTHING, at, _nothing(of, scoped.match, about))


def _is_for(match: BindingMatch, resource: Resource[Envelope], roadmap: Roadmap) -> bool:
    metadata = resource.body.metadata
    if any(metadata.labels.get(key) != value for key, value in match.labels.items()):
        return False
    if not match.owners:
        return True
    owner = metadata.owner
    named = {roadmap.name_of("Team", each) for each in match.owners}
    return owner is not None and roadmap.name_of("Team", owner) in named


def _nobody(scoped: Scoped, roadmap: Roadmap) -> Iterator[Finding]:
    for position, name in enumerate(scoped.match.owners):
        if roadmap.name_of("Team", name) not in roadmap.teams:
            text = f"no Team '{name}'{suggestion(name, roadmap.teams)}"
            at = f"{scoped.at}.owners[{position}]"
            yield _finding(MEANS_NOTHING, at, text, Severity.ERROR)


def _nothing(of: str, match: BindingMatch, about: Iterable[Resource[Envelope]]) -> str:
    text = f"the binding{of} for '{match.told()}' matches no resource"
    labels = [each.body.metadata.labels for each in about]
    for key, value in sorted(match.labels.items()):
        keys = {name for each in labels for name in each}
        values = {each[key] for each in labels if key in each}
        if key not in keys and keys:
            return text + suggestion(key, keys)
        if value not in values and values:
            return text + suggestion(value, values)
    return text


def _finding(code: str, at: str, text: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code, severity, text, fix="correct its match, or take it out", field=at)
