"""One policy, compiled and bound: its severity, enforcement and parameters as they apply here."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from roadgate.evaluate import parameters
from roadgate.evaluate.compiled import CompiledPolicy, Scoped, expressions, named_in, words
from roadgate.evaluate.compiler import broken
from roadgate.evaluate.compiling import compile_clauses, group_paths
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.functions.table import read_by
from roadgate.evaluate.vocabulary import OWN, Vocabulary
from roadgate.model.finding import Enforcement, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.config import Binding
    from roadgate.model.resource import Resource


def bind(  # noqa: PLR0913 (all that a policy is bound by)
    policy: Resource[Policy],
    general: Sequence[Binding],
    scoped: Mapping[str, Binding] = MappingProxyType({}),
    *,
    house: bool,
    on: bool = True,
    vocabulary: Vocabulary = OWN,
) -> tuple[CompiledPolicy | None, list[Finding]]:
    """Compile a policy and bind it; ``on`` says whether it applies where no binding names it.

    ``scoped`` are the bindings for some resources, by their place in roadgate.yaml.
    """
    spec = policy.body.spec
    if spec.params is not None and house:  # the shipped ones are tested
        problem = parameters.schema_problem(spec.params)
        if problem is not None:
            return None, [broken(policy, *problem, "correct the parameters")]
    clauses, findings = compile_clauses(policy, vocabulary, house=house)
    if any(each.severity is Severity.ERROR for each in findings):
        return None, findings
    found = words(spec.group_by, spec.match.where, *expressions(policy.body))
    compiled = CompiledPolicy(
        resource=policy,
        house=house,
        severity=Severity(spec.severity),
        enforcement=Enforcement(spec.enforcement if on else "disabled"),
        since=None,
        params=None,
        clauses=clauses,
        words=found | read_by(found),
        uses=words(*expressions(policy.body)) & named_in(policy.body),
        where_uses=words(spec.match.where) & named_in(policy.body, chooses=True),
        group_paths=group_paths(policy.body, vocabulary),
    )
    try:
        return _varied(compiled, general, scoped), findings
    except ValueError as error:
        fix = "choose a smaller number"
        return None, [*findings, broken(policy, "spec.params", str(error), fix)]


def merged(bindings: Sequence[Binding]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What several bindings say together, and their parameters: of each field, the last one."""
    said: dict[str, Any] = {}
    params: dict[str, Any] = {}
    for each in bindings:
        params |= each.params
        values = {
            "severity": each.severity,
            "enforcement": each.enforcement,
            "since": each.from_,
        }
        said |= {name: value for name, value in values.items() if value is not None}
    return said, params


def _varied(
    compiled: CompiledPolicy, general: Sequence[Binding], scoped: Mapping[str, Binding]
) -> CompiledPolicy | None:
    """The policy as it is bound in general; None where it then never applies."""
    whole = _bound(compiled, general)
    if not scoped:
        return None if whole.enforcement is Enforcement.DISABLED else whole

    several = tuple(scoped.values())

    @cache
    def variant(matching: tuple[int, ...]) -> CompiledPolicy | None:
        made = _bound(compiled, (*general, *(several[each] for each in matching)))
        return None if made.enforcement is Enforcement.DISABLED else made

    for position in range(len(scoped)):  # parameters that do not fit are told now
        variant((position,))
    matches = tuple(
        Scoped(each.match, f"{at}.match") for at, each in scoped.items() if each.match is not None
    )
    return replace(whole, scoped=matches, variant=variant)


def _bound(compiled: CompiledPolicy, bindings: Sequence[Binding]) -> CompiledPolicy:
    said, params = merged(bindings)
    enforcement = Enforcement(said.get("enforcement", compiled.enforcement))
    if bindings and "enforcement" not in said and enforcement is Enforcement.DISABLED:
        enforcement = Enforcement(compiled.resource.body.spec.enforcement)  # a binding switches on
    return replace(
        compiled,
        severity=Severity(said.get("severity", compiled.severity)),
        enforcement=enforcement,
        since=said.get("since"),
        params=_values(compiled.resource.body, params),
    )


def _values(policy: Policy, bound: Mapping[str, Any]) -> object:
    params = policy.spec.params
    fields = parameters.field_types(params)
    defaults = params.default if params is not None else {}
    return parameters.message(base_types(), fields, {**defaults, **bound})
