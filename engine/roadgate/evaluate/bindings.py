"""Which policies apply to a project, and how: presets, bindings, house policies."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from roadgate.evaluate import parameters
from roadgate.evaluate.compiled import (
    CompiledPolicy,
    expressions,
    named_in,
    words,
)
from roadgate.evaluate.compiling import broken, compile_clauses, group_paths
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.functions.table import read_by
from roadgate.evaluate.hints import suggestion
from roadgate.model.errors import InternalError
from roadgate.model.finding import Enforcement, Finding, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.model.kinds import Config, Policy
    from roadgate.model.kinds.config import Binding
    from roadgate.model.resource import Resource

MEANS_NOTHING = "RG031"
DISABLED = "RG034"
RESERVED = "RG"
PACK, PRESET = "pack", "preset"
"""The labels of a built-in policy: the pack it belongs to, and the mildest preset that has it."""
STEPS = ("essential", "recommended", "strict")
"""The presets, each with everything that the one before it has."""


@dataclass(slots=True)
class _Choice:
    """What has been chosen so far, and what is wrong with it."""

    found: dict[str, Resource[Policy]] = field(default_factory=dict)
    house: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def presets(builtin: Iterable[Resource[Policy]]) -> dict[str, tuple[str, ...]]:
    """The ids of each preset, sorted: what the built-in policies say of themselves."""
    first = {each.body.spec.id: each.body.metadata.labels.get(PRESET) for each in builtin}
    found = {
        preset: tuple(sorted(name for name, label in first.items() if label in STEPS[: index + 1]))
        for index, preset in enumerate(STEPS)
    }
    return {**found, "none": ()}


def apply_bindings(
    house: Sequence[Resource[Policy]], builtin: Sequence[Resource[Policy]], config: Config
) -> tuple[list[CompiledPolicy], frozenset[str], list[Finding]]:
    """The policies that apply, the ids of all there are, and what is wrong with either.

    Raises:
        InternalError: there is no built-in policy at all.
    """
    if not builtin:
        raise InternalError("no built-in policy was found", hint="install roadgate again")
    choice = _Choice({each.body.spec.id: each for each in builtin})
    for each in house:
        _add_house(choice, each)
    bindings = _usable_bindings(choice, config)
    of = presets(builtin)
    chosen = {name for preset in config.spec.policies.presets for name in of[preset]}
    ids = (chosen & choice.found.keys()) | choice.house | bindings.keys()
    applied = []
    for name in sorted(ids):
        binding = bindings.get(name)
        if binding is not None and binding.enforcement == "disabled":
            continue
        compiled = _bind(choice, name, binding)
        if compiled is not None:
            applied.append(compiled)
    return applied, frozenset(choice.found), choice.findings


def apply_alone(
    policy: Resource[Policy], *, house: bool
) -> tuple[CompiledPolicy | None, list[Finding]]:
    """One policy as it stands, without any configuration."""
    name = policy.body.spec.id
    choice = _Choice({name: policy}, {name} if house else set())
    return _bind(choice, name, None), choice.findings


def _add_house(choice: _Choice, policy: Resource[Policy]) -> None:
    name = policy.body.spec.id
    if name.startswith(RESERVED):
        problem = "ids that begin with RG belong to roadgate"
        choice.findings.append(
            broken(policy, "spec.id", problem, "choose another prefix, such as ORG001")
        )
    elif name in choice.found:
        first = choice.found[name]
        found = broken(policy, "spec.id", "the id is taken already", "choose another number")
        related = Related("first defined here", resource=first.ref, field="spec.id")
        choice.findings.append(_with(found, related))
    else:
        choice.found[name] = policy
        choice.house.add(name)


def _with(finding: Finding, related: Related) -> Finding:
    return replace(finding, related=(related,))


def _usable_bindings(choice: _Choice, config: Config) -> dict[str, Binding]:
    usable: dict[str, Binding] = {}
    for index, binding in enumerate(config.spec.policies.bindings):
        at = f"spec.policies.bindings[{index}]"
        problem = _binding_problem(choice, binding, usable)
        if problem is not None:
            where, text, fix = problem
            choice.findings.append(_about_config(MEANS_NOTHING, f"{at}.{where}", text, fix))
            continue
        usable[binding.policy] = binding
        if binding.enforcement == "disabled":
            text = f"policy '{binding.policy}' is disabled: {binding.because}"
            notice = _about_config(DISABLED, f"{at}.enforcement", text, "")
            choice.findings.append(_as_notice(notice))
    return usable


def _binding_problem(
    choice: _Choice, binding: Binding, usable: Mapping[str, Binding]
) -> tuple[str, str, str] | None:
    """Field, sentence and fix."""
    name = binding.policy
    if name not in choice.found:
        text = f"no policy '{name}'{suggestion(name, choice.found)}"
        return "policy", text, "name a policy that exists, or remove the binding"
    if name in usable:
        return "policy", f"policy '{name}' is bound twice", "keep one of the bindings"
    if binding.enforcement == "disabled" and binding.because is None:
        return "because", f"'{name}' is disabled without a reason", "add because: and say why"
    wrong = parameters.value_problem(choice.found[name].body.spec.params, binding.params)
    if wrong is not None:
        parameter, text = wrong
        where = f"params.{parameter}" if parameter in binding.params else "params"
        return where, f"policy '{name}': {text}", "set a parameter that it takes"
    return None


def _bind(choice: _Choice, name: str, binding: Binding | None) -> CompiledPolicy | None:
    policy = choice.found[name]
    spec = policy.body.spec
    if spec.params is not None and name in choice.house:  # the shipped ones are tested
        problem = parameters.schema_problem(spec.params)
        if problem is not None:
            choice.findings.append(broken(policy, "spec.params", problem, "correct the parameters"))
            return None
    clauses, findings = compile_clauses(policy, house=name in choice.house)
    choice.findings += findings
    if any(each.severity is Severity.ERROR for each in findings):
        return None
    try:
        values = _values(policy, binding.params if binding is not None else {})
    except ValueError as error:
        choice.findings.append(broken(policy, "spec.params", str(error), "choose a smaller number"))
        return None
    bound = binding.enforcement if binding is not None else None
    found = words(spec.group_by, spec.match.where, *expressions(policy.body))
    return CompiledPolicy(
        resource=policy,
        house=name in choice.house,
        severity=Severity(spec.severity),
        enforcement=Enforcement(bound or spec.enforcement),
        since=binding.from_ if binding is not None else None,
        params=values,
        clauses=clauses,
        words=found | read_by(found),
        uses=words(*expressions(policy.body)) & named_in(policy.body),
        where_uses=words(spec.match.where) & named_in(policy.body, chooses=True),
        group_paths=group_paths(policy.body),
    )


def _values(policy: Resource[Policy], bound: Mapping[str, Any]) -> object:
    params = policy.body.spec.params
    fields = parameters.field_types(params)
    defaults = params.default if params is not None else {}
    return parameters.message(base_types(), fields, {**defaults, **bound})


def _about_config(code: str, at: str, text: str, fix: str) -> Finding:
    """A finding without a resource is one about a field of roadgate.yaml."""
    return Finding(code, Severity.ERROR, text, fix=fix, field=at)


def _as_notice(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.NOTICE)
