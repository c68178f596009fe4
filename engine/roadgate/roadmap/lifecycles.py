"""The Lifecycles of a roadmap: one workflow a field, and what is wrong with any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.suggest import advice
from roadgate.model.workflow import BUILT_IN, Workflow, workflow_of
from roadgate.roadmap.states import fields, kinds_with, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadgate.model.kinds import Envelope, Lifecycle
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

CODE, UNLISTED = "RG085", "RG089"


def workflows(roadmap: Roadmap | None) -> tuple[Workflow, ...]:
    """What holds for each field: what a Lifecycle declares, else what is built in.

    Of two Lifecycles of one field the first by name counts.
    """
    found: dict[str, Workflow] = {}
    for each in roadmap.lifecycles.values() if roadmap is not None else ():
        found.setdefault(each.body.spec.field, workflow_of(each.body, each.ref))
    found.setdefault(BUILT_IN.field, BUILT_IN)
    return tuple(found[field] for field in sorted(found))


def lifecycle_findings(
    lifecycles: Mapping[str, Resource[Lifecycle]], resources: Iterable[Resource[Envelope]]
) -> Iterator[Finding]:
    """Lifecycles that mean nothing, or say the same field's way twice; states that none names."""
    if not lifecycles:
        return
    everything = list(resources)
    first: dict[str, Resource[Lifecycle]] = {}
    for each in lifecycles.values():
        spec = each.body.spec
        if spec.field in first:
            yield _twice(each, first[spec.field])
            continue
        first[spec.field] = each
        kinds = kinds_with(spec.field)
        holders = [
            (resource, state)
            for resource in everything
            if (state := state_of(resource.ref.kind, resource.data, spec.field)) is not None
        ]
        own = any(resource.ref.kind not in kinds for resource, _ in holders)
        if not kinds and not own:
            fix = advice(spec.field, sorted(set(fields())), otherwise="name a field of a kind")
            yield _finding(each, "spec.field", f"nothing has a field '{spec.field}'", fix)
        states = frozenset().union(*kinds.values())
        if states and not own:
            yield from _unknown_states(each, states)
        yield from _unlisted(each, holders)


def _unknown_states(lifecycle: Resource[Lifecycle], states: frozenset[str]) -> Iterator[Finding]:
    field = lifecycle.body.spec.field
    for index, each in enumerate(lifecycle.body.spec.transitions):
        for side, named in (("from", each.from_), ("to", each.to)):
            for state in named:
                if state not in states:
                    yield _finding(
                        lifecycle,
                        f"spec.transitions[{index}].{side}",
                        f"'{state}' is nothing that '{field}' can be",
                        advice(state, sorted(states), otherwise="name a state that it can have"),
                    )


def _unlisted(
    lifecycle: Resource[Lifecycle], holders: Iterable[tuple[Resource[Envelope], str]]
) -> Iterator[Finding]:
    """Resources in a state that the Lifecycle does not name: they can go nowhere from there."""
    states = workflow_of(lifecycle.body, lifecycle.ref).states
    for resource, state in holders:
        if state not in states:
            yield Finding(
                UNLISTED,
                Severity.WARNING,
                f"'{resource.name}' is in '{state}', which Lifecycle '{lifecycle.name}' "
                "does not name",
                advice(state, states, otherwise="name the state in a transition"),
                resource=resource.ref,
                field=lifecycle.body.spec.field,
            )


def _twice(lifecycle: Resource[Lifecycle], first: Resource[Lifecycle]) -> Finding:
    return Finding(
        CODE,
        Severity.ERROR,
        f"'{lifecycle.body.spec.field}' has a Lifecycle already, '{first.name}': this one counts "
        "for nothing",
        "keep one of the two",
        resource=lifecycle.ref,
        field="spec.field",
        related=(Related("first declared here", resource=first.ref, field="spec.field"),),
    )


def _finding(lifecycle: Resource[Lifecycle], field: str, message: str, fix: str) -> Finding:
    return Finding(CODE, Severity.ERROR, message, fix, resource=lifecycle.ref, field=field)
