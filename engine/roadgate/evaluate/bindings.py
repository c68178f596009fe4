"""Which policies apply to a project, and how: presets, bindings, house policies."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from roadgate.evaluate import parameters
from roadgate.evaluate.bound import bind
from roadgate.evaluate.compiler import broken
from roadgate.evaluate.compiling import expected_texts
from roadgate.evaluate.hints import suggestion
from roadgate.evaluate.param_texts import strangers
from roadgate.evaluate.vocabulary import OWN, Vocabulary
from roadgate.model.codes import CODES
from roadgate.model.errors import InternalError
from roadgate.model.exceptions import DisabledPolicy
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.packs import Bound, Packs, packs_of, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.model.kinds import Config, Policy
    from roadgate.model.kinds.config import Binding
    from roadgate.model.resource import Resource

MEANS_NOTHING = "RG031"
DISABLED = "RG034"
RESERVED = "RG"
PRESET = "preset"
"""The label of a built-in policy: the mildest preset that has it."""
STEPS = ("essential", "recommended", "strict")
"""The presets, each with everything that the one before it has."""


@dataclass(slots=True)
class _Choice:
    """What has been chosen so far, and what is wrong with it."""

    found: dict[str, Resource[Policy]] = field(default_factory=dict)
    house: set[str] = field(default_factory=set)
    unread: Collection[str] = ()
    """The ids of policies that are there and cannot be used; their files say why."""
    findings: list[Finding] = field(default_factory=list)
    disabled: list[DisabledPolicy] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Applied:
    """What of the policies applies to a project."""

    policies: list[CompiledPolicy]
    known: frozenset[str]
    """The ids of every policy there is."""
    findings: list[Finding]
    """What is wrong with policies and bindings, and what is switched off."""
    disabled: tuple[DisabledPolicy, ...]


def presets(builtin: Iterable[Resource[Policy]]) -> dict[str, tuple[str, ...]]:
    """The ids of each preset, sorted: what the built-in policies say of themselves."""
    first = {each.body.spec.id: each.body.metadata.labels.get(PRESET) for each in builtin}
    found = {
        preset: tuple(sorted(name for name, label in first.items() if label in STEPS[: index + 1]))
        for index, preset in enumerate(STEPS)
    }
    return {**found, "none": ()}


def apply_bindings(  # noqa: PLR0913 - all that a choice rests on
    house: Sequence[Resource[Policy]],
    builtin: Sequence[Resource[Policy]],
    config: Config,
    vocabulary: Vocabulary = OWN,
    *,
    unread: Collection[str] = (),
    wanted: Callable[[Policy], bool] | None = None,
) -> Applied:
    """The policies that apply, the ids of all there are, and what is wrong with either.

    With ``wanted``, the others are not compiled.

    Raises:
        InternalError: there is no built-in policy at all.
    """
    if not builtin:
        raise InternalError("no built-in policy was found", hint="install roadgate again")
    choice = _Choice({each.body.spec.id: each for each in builtin}, unread=unread)
    for each in house:
        _add_house(choice, each)
    bindings = _usable_bindings(choice, config, packs_of(builtin))
    of = presets(builtin)
    chosen = {name for preset in config.spec.policies.presets for name in of[preset]}
    on = (chosen & choice.found.keys()) | choice.house
    applied = []
    for name in sorted(on | {each.policy for each in bindings}):
        if wanted is not None and not wanted(choice.found[name].body):
            continue
        mine = {each.at: each.binding for each in bindings if each.policy == name}
        general = [each for each in mine.values() if each.match is None]
        scoped = {at: each for at, each in mine.items() if each.match is not None}
        house_rule = name in choice.house
        off = not scoped and any(each.enforcement == "disabled" for each in general)
        if off and not house_rule:  # a house rule is still read: what is off has its typos told
            continue
        compiled, findings = bind(
            choice.found[name],
            general,
            scoped,
            house=house_rule,
            on=name in on,
            vocabulary=vocabulary,
        )
        choice.findings += findings
        choice.findings += _strange_params(choice.found[name], mine, vocabulary)
        if compiled is not None:
            applied.append(compiled)
    return Applied(applied, frozenset(choice.found), choice.findings, tuple(choice.disabled))


def _strange_params(
    policy: Resource[Policy], bindings: Mapping[str, Binding], vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Texts that are bound to parameters, and that nothing which these are compared with can be."""
    texts = [value for each in bindings.values() for value in each.params.values()]
    if not any(isinstance(each, str | list | tuple) for each in texts):
        return
    expects = expected_texts(policy, vocabulary)
    for at, each in bindings.items():
        for place, told in strangers(each.params, expects):
            text = f"policy '{policy.body.spec.id}': {told}"
            where = f"{at}.params.{place}"
            yield _about_config(MEANS_NOTHING, where, text, "correct the parameter")


def apply_alone(
    policy: Resource[Policy], vocabulary: Vocabulary = OWN, *, house: bool
) -> tuple[CompiledPolicy | None, list[Finding]]:
    """One policy as it stands, without any configuration."""
    return bind(policy, (), house=house, vocabulary=vocabulary)


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


def _usable_bindings(choice: _Choice, config: Config, packs: Packs) -> list[Bound]:
    """The bindings that mean something, each once a policy; those of packs come first."""
    usable: dict[int, Binding] = {}
    for index, binding in enumerate(config.spec.policies.bindings):
        at = f"spec.policies.bindings[{index}]"
        problem = _binding_problem(choice, binding, usable.values(), packs)
        if problem is not None:
            where, text, fix = problem
            place = f"{at}.{where}" if where else at
            told = _about_config(MEANS_NOTHING, place, text, fix)
            choice.findings.append(replace(told, of_name=parameters.NO_SUCH in text))
            continue
        usable[index] = binding
        if binding.enforcement == "disabled":
            where = f" for '{binding.match.told()}'" if binding.match is not None else ""
            text = f"{_called(binding)} is disabled{where}: {binding.because}"
            notice = _about_config(DISABLED, f"{at}.enforcement", text, "")
            choice.findings.append(_as_notice(notice))
    found = [each for each in spread(config.spec.policies.bindings, packs) if each.index in usable]
    choice.disabled += [
        DisabledPolicy(
            each.policy,
            each.binding.because or "",
            each.binding.match.told() if each.binding.match is not None else None,
        )
        for each in found
        if each.disables
    ]
    return found


def _identity(binding: Binding) -> tuple[object, ...]:
    """What a binding is for, however its owners are sorted."""
    match = binding.match
    of = (match.labels, {*match.owners}) if match is not None else None
    return binding.policy, binding.pack, of


def _called(binding: Binding) -> str:
    kind = "policy" if binding.pack is None else "pack"
    return f"{kind} '{binding.policy or binding.pack}'"


def _binding_problem(
    choice: _Choice, binding: Binding, usable: Collection[Binding], packs: Packs
) -> tuple[str, str, str] | None:
    """Field, sentence and fix."""
    if (binding.policy is None) == (binding.pack is None):
        told = "neither a policy nor a pack" if binding.policy is None else "a policy and a pack"
        return "", f"the binding names {told}", "write one of policy: RG101 and pack: evidence"
    if any(_identity(each) == _identity(binding) for each in usable):
        twice = f" for '{binding.match.told()}'" if binding.match is not None else ""
        where = "policy" if binding.pack is None else "pack"
        return where, f"{_called(binding)} is bound twice{twice}", "keep one of the bindings"
    if binding.match is not None and not (binding.match.labels or binding.match.owners):
        return "match", "'match' names nothing", "name labels or owners, or take it out"
    name = binding.policy
    own = _pack_problem(binding, packs) if name is None else _policy_problem(choice, name, binding)
    if own is not None:
        return own
    if binding.enforcement == "disabled" and binding.because is None:
        told = f"'{binding.policy or binding.pack}' is disabled without a reason"
        return "because", told, "add because: and say why"
    return _value_problem(choice.found[name].body, binding) if name is not None else None


def _pack_problem(binding: Binding, packs: Packs) -> tuple[str, str, str] | None:
    name = str(binding.pack)
    if name not in packs:
        text = f"no pack '{name}'{suggestion(name, packs)}"
        return "pack", text, "name a pack that exists, or remove the binding"
    if binding.params:
        text = f"pack '{name}': parameters belong to single policies"
        return "params", text, "bind the policy that takes them"
    return None


def _policy_problem(choice: _Choice, name: str, binding: Binding) -> tuple[str, str, str] | None:
    if name not in choice.found and name in choice.unread:
        return "policy", f"policy '{name}' cannot be used as it stands", "mend the Policy itself"
    if name not in choice.found:
        return _no_policy(choice, name)
    if binding.match is not None and choice.found[name].body.spec.scope == "portfolio":
        text = f"'{name}' judges resources together: it cannot be bound for some of them"
        return "match", text, "take out match"
    return None


def _no_policy(choice: _Choice, name: str) -> tuple[str, str, str]:
    if name in CODES:
        text = f"'{name}' is a finding of roadgate itself, which no binding changes"
        return "policy", text, "remove the binding"
    called = {each.body.metadata.name: id_ for id_, each in choice.found.items()}
    if name in called:
        text = f"no policy has the id '{name}'; did you mean '{called[name]}', which is called so?"
        return "policy", text, "write the policy's id"
    text = f"no policy '{name}'{suggestion(name, choice.found)}"
    return "policy", text, "name a policy that exists, or remove the binding"


def _value_problem(policy: Policy, binding: Binding) -> tuple[str, str, str] | None:
    name = policy.spec.id
    wrong = parameters.value_problem(policy.spec.params, binding.params)
    if wrong is not None:
        parameter, text = wrong
        where = f"params.{parameter}" if parameter in binding.params else "params"
        return where, f"policy '{name}': {text}", "set a parameter that it takes"
    return None


def _about_config(code: str, at: str, text: str, fix: str) -> Finding:
    """A finding without a resource is one about a field of roadgate.yaml."""
    return Finding(code, Severity.ERROR, text, fix=fix, field=at)


def _as_notice(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.NOTICE)
