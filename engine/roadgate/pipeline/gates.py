"""The gates of Lifecycles: policies that a move must pass, whether or not they apply otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.policies import PolicySet, compile_policies
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds.config import Binding
from roadgate.model.suggest import advice
from roadgate.pipeline.bound import switched_off
from roadgate.pipeline.builtin import builtin_policies
from roadgate.roadmap.states import kinds_with, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadgate.model.change import Change
    from roadgate.model.kinds import Config
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef

CODE = "RG086"


def gate_findings(roadmap: Roadmap, policies: PolicySet, config: Config) -> Iterator[Finding]:
    """Gates at which no policy stands: there is none, it is disabled, or about other kinds."""
    disabled = frozenset(switched_off(config))
    about = {
        each.body.spec.id: each.body.spec.match.kinds
        for each in (*builtin_policies(), *roadmap.policies.values())
        if each.body.spec.scope != "portfolio"
    }
    for lifecycle in roadmap.lifecycles.values():
        moved = _moved_kinds(roadmap, lifecycle.body.spec.field)
        for index, transition in enumerate(lifecycle.body.spec.transitions):
            for position, gate in enumerate(transition.gates):
                problem = _unkept(gate, policies.known, disabled, about.get(gate, ()), moved)
                if problem is not None:
                    at = f"spec.transitions[{index}].gates[{position}]"
                    message, fix = problem
                    yield Finding(
                        CODE, Severity.ERROR, message, fix, resource=lifecycle.ref, field=at
                    )


def _unkept(
    gate: str,
    known: frozenset[str],
    disabled: frozenset[str],
    about: tuple[str, ...],
    moved: tuple[str, ...],
) -> tuple[str, str] | None:
    """Why nothing would stand at a gate, and what to do; None where a policy keeps it."""
    if gate not in known:
        return f"the gate '{gate}' is no policy", advice(
            gate, sorted(known), otherwise="name a policy"
        )
    if gate in disabled:
        fix = "switch the policy on, or take the gate out"
        return f"the gate '{gate}' is disabled in roadgate.yaml", fix
    if about and moved and not set(about) & set(moved):
        kinds = " or ".join(moved)
        fix = f"name a policy about {kinds}, or take the gate out"
        return f"the gate '{gate}' is about {' and '.join(about)}, and {kinds} moves here", fix
    return None


def _moved_kinds(roadmap: Roadmap, field: str) -> tuple[str, ...]:
    """The kinds that have a state in a field; of kinds of one's own, those that have one here."""
    holders = (
        each.ref.kind
        for each in roadmap.resources
        if state_of(each.ref.kind, each.data, field) is not None
    )
    return tuple(sorted({*kinds_with(field), *holders}))


def gates_only(change: Change, policies: PolicySet, roadmap: Roadmap, config: Config) -> PolicySet:
    """The gates of a change that no preset has here: they judge what passes them, nothing else."""
    # Who chose no preset chose the built-in gates away with it; a Lifecycle is asked for by name.
    gates = frozenset(
        gate for move in change.moves if move.declared is not None for gate in move.gates
    )
    return gate_set(gates - {each.id for each in policies.policies}, policies, roadmap, config)


def gate_set(
    missing: frozenset[str], policies: PolicySet, roadmap: Roadmap, config: Config
) -> PolicySet:
    """Policies by their ids, bound as here, whether or not a preset has them."""
    if not missing:
        return PolicySet(())
    bound = [each for each in config.spec.policies.bindings if each.pack or each.policy in missing]
    named = {each.policy for each in bound if not each.match}
    unbound = (missing & policies.known) - named
    applied = config.spec.policies.model_copy(
        update={"presets": ("none",), "bindings": (*bound, *map(_binding, sorted(unbound)))}
    )
    spec = config.spec.model_copy(update={"policies": applied})
    house = tuple(roadmap.policies.values())
    narrowed = config.model_copy(update={"spec": spec})
    kinds = policies.vocabulary.kinds
    found, _ = compile_policies(house, builtin_policies(), narrowed, kinds)
    chosen = tuple(each for each in found.policies if each.id in missing)
    return PolicySet(chosen, policies.known, policies.vocabulary)


def passing(change: Change, gates: PolicySet, findings: Iterable[Finding]) -> list[Finding]:
    """What policies that are gates alone say of what passes them."""
    whole, passed = portfolio([gates]), gates_of(change)
    return [
        each
        for each in findings
        if each.id in whole
        or (each.resource is not None and each.id in passed.get(each.resource, ()))
    ]


def portfolio(sets: Iterable[PolicySet]) -> frozenset[str]:
    """The policies that judge the roadmap as a whole."""
    return frozenset(
        each.id for found in sets for each in found.policies if each.scope == "portfolio"
    )


def gates_of(change: Change) -> dict[ResourceRef, frozenset[str]]:
    """By resource, as it is called in head: the policies that its moves must pass."""
    found: dict[ResourceRef, frozenset[str]] = {}
    for move in change.moves:
        if move.gates:
            found[move.ref] = found.get(move.ref, frozenset()) | frozenset(move.gates)
    return found


def _binding(policy: str) -> Binding:
    return Binding(policy=policy)
