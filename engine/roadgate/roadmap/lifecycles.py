"""The Lifecycles of a roadmap: one workflow a field, and what is wrong with any of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.suggest import advice, listed
from roadgate.model.workflow import BUILT_IN, Workflow, workflow_of
from roadgate.roadmap.states import declared_states, fields, fields_of, kinds_with, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadgate.model.custom import CustomKind
    from roadgate.model.kinds import Envelope, Lifecycle
    from roadgate.model.kinds.lifecycle import Transition
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
    lifecycles: Mapping[str, Resource[Lifecycle]],
    resources: Iterable[Resource[Envelope]],
    custom: Mapping[str, CustomKind] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Lifecycles that mean nothing, or say the same field's way twice; states that none names."""
    if not lifecycles:
        return
    everything = list(resources)
    first: dict[str, Resource[Lifecycle]] = {}
    for each in lifecycles.values():
        field = each.body.spec.field
        if field in first:
            yield _twice(each, first[field])
            continue
        first[field] = each
        holders = [
            (resource, state)
            for resource in everything
            if (state := state_of(resource.ref.kind, resource.data, field)) is not None
        ]
        yield from _field(each, holders, custom)
        yield from _steps(each)
        yield from _unlisted(each, holders)


def _field(
    lifecycle: Resource[Lifecycle],
    holders: Iterable[tuple[Resource[Envelope], str]],
    custom: Mapping[str, CustomKind],
) -> Iterator[Finding]:
    """A field that nothing has, or that is no state; states that it cannot be in."""
    field = lifecycle.body.spec.field
    kinds = kinds_with(field)
    declared = {**kinds, **declared_states(field, custom)}
    undeclared = any(resource.ref.kind not in declared for resource, _ in holders)
    if not declared and not undeclared:
        known = sorted({*fields(), *fields_of(custom)})
        fix = advice(field, known, otherwise="name a field of a kind")
        yield _finding(lifecycle, "spec.field", f"nothing has a field '{field}'", fix)
    states = frozenset().union(*declared.values())
    if not states and kinds and not undeclared:
        told = f"'{field}' can hold anything, and no state in particular"
        yield _finding(lifecycle, "spec.field", told, f"name one such as {listed(fields())}")
    if all(declared.values()) and states and not undeclared:
        yield from _unknown_states(lifecycle, states)


def _steps(lifecycle: Resource[Lifecycle]) -> Iterator[Finding]:
    """Steps that lead nowhere, or of which an earlier one counts."""
    known: dict[tuple[str, str], Transition] = {}
    for index, each in enumerate(lifecycle.body.spec.transitions):
        at = f"spec.transitions[{index}]"
        if {*each.from_} == {*each.to} and len(each.to) == 1:
            told = f"the step from '{each.to[0]}' leads to '{each.to[0]}' itself"
            yield _finding(lifecycle, f"{at}.to", told, "name another state, or delete the step")
        for old, new in product(each.from_, each.to):
            earlier = known.setdefault((old, new), each)
            asks = [(one.gates, one.needs, one.approvals) for one in (earlier, each)]
            if asks[0] != asks[1]:
                told = f"the step from '{old}' to '{new}' is listed already, with other demands"
                fix = "list it once: the first one counts"
                found = _finding(lifecycle, at, told, fix)
                yield replace(found, severity=Severity.WARNING)


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
