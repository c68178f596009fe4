"""Compiles one policy: each expression checked against each kind that the policy matches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.evaluate import parameters
from roadgate.evaluate.compiled import CONFIG, Clauses, expressions, words
from roadgate.evaluate.compiler import Compiler, broken
from roadgate.evaluate.grouping import group_path
from roadgate.evaluate.hints import suggestion
from roadgate.evaluate.out_of_place import unfilled
from roadgate.evaluate.param_texts import strangers
from roadgate.evaluate.vocabulary import OWN, Vocabulary
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds import Policy
    from roadgate.model.resource import Resource

_READ = "name it in an expression as params.x, or delete it"
UNREAD = "RG075"


def compile_clauses(
    policy: Resource[Policy], vocabulary: Vocabulary = OWN, *, house: bool = True
) -> tuple[dict[str, Clauses], list[Finding]]:
    """Compile a policy's expressions against every kind that it matches.

    House policies are also read for what compiles and means nothing; the shipped ones are tested.
    """
    findings: dict[tuple[str, str], Finding] = {}
    clauses: dict[str, Clauses] = {}
    expects: dict[str, set[str]] = {}
    for position, kind in enumerate(_kinds(policy)):
        if (unknown := _unknown_kind(policy, kind, position, vocabulary)) is not None:
            findings[unknown.field or "", unknown.message] = unknown
            continue
        if (wrong := _group_problem(policy, kind, vocabulary)) is not None:
            findings.setdefault((wrong.field or "", wrong.message), wrong)
        compiler = Compiler(policy, kind, vocabulary, house=house)
        clauses[kind] = compiler.clauses()
        for each in compiler.findings:
            findings.setdefault((each.field or "", each.message), each)
        for name, texts in compiler.expects.items():
            expects.setdefault(name, set()).update(texts)
    told = [*findings.values(), *_strange_defaults(policy, expects)]
    if house:
        told += [broken(policy, *each) for each in unfilled(policy.body)]
        told += _unread(policy)
    return clauses, told


def expected_texts(policy: Resource[Policy], vocabulary: Vocabulary) -> dict[str, set[str]]:
    """Of each parameter that is compared with texts of a few values, those values."""
    found: dict[str, set[str]] = {}
    for position, kind in enumerate(_kinds(policy)):
        if _unknown_kind(policy, kind, position, vocabulary) is None:
            compiler = Compiler(policy, kind, vocabulary, house=True)
            compiler.clauses()
            for name, texts in compiler.expects.items():
                found.setdefault(name, set()).update(texts)
    return found


def _strange_defaults(policy: Resource[Policy], expects: dict[str, set[str]]) -> Iterator[Finding]:
    params = policy.body.spec.params
    for place, told in strangers(params.default if params is not None else {}, expects):
        yield broken(policy, f"spec.params.default.{place}", told, "correct the parameters")


def _unread(policy: Resource[Policy]) -> Iterator[Finding]:
    """Parameters that no expression names."""
    spec = policy.body.spec
    named = words(spec.match.where, *expressions(policy.body))
    for name in parameters.field_types(spec.params):
        if name not in named:
            at = f"spec.params.schema.properties.{name}"
            found = broken(policy, at, f"nothing reads the parameter '{name}'", _READ)
            yield replace(found, id=UNREAD, severity=Severity.WARNING)


def _unknown_kind(
    policy: Resource[Policy], kind: str, position: int, vocabulary: Vocabulary
) -> Finding | None:
    """A kind that does not exist, or that cannot be used."""
    at = f"spec.match.kinds[{position}]"
    if kind in vocabulary.unusable:
        definition = vocabulary.kinds[kind].definition
        problem = f"the kind '{kind}' cannot be used"
        return broken(policy, at, problem, f"mend the schema of the KindDefinition '{definition}'")
    known = (*KINDS, *vocabulary.types)
    if not kind or kind == CONFIG or kind in known:
        return None
    return broken(
        policy, at, f"no kind '{kind}'{suggestion(kind, known)}", "name a kind that exists"
    )


def _kinds(policy: Resource[Policy]) -> tuple[str, ...]:
    spec = policy.body.spec
    return spec.match.kinds or (("",) if spec.scope == "portfolio" else tuple(KINDS))


def group_paths(policy: Policy, vocabulary: Vocabulary = OWN) -> dict[str, str]:
    """By kind, the field that the policy groups by."""
    by = policy.spec.group_by
    if by is None:
        return {}
    return {kind: group_path(vocabulary.type_of(kind), by) for kind in policy.spec.match.kinds}


def _group_problem(policy: Resource[Policy], kind: str, vocabulary: Vocabulary) -> Finding | None:
    spec = policy.body.spec
    if spec.group_by is None:
        return None
    if spec.scope != "portfolio":
        problem, fix = f"'groupBy' means nothing in scope {spec.scope}", "write scope: portfolio"
    elif not kind:
        problem, fix = "'groupBy' groups nothing", "name the kinds to group in match.kinds"
    else:
        try:
            group_path(vocabulary.type_of(kind), spec.group_by)
        except ValueError as error:
            problem, fix = str(error), "name a field of the kind"
        else:
            return None
    return broken(policy, "spec.groupBy", problem, fix)
