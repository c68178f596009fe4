"""Compiles one policy: each expression checked against each kind that the policy matches."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from roadgate.evaluate import parameters
from roadgate.evaluate.absence import A_GROUP, true, unguarded
from roadgate.evaluate.cel import CompileError, Environment, Problem, Program
from roadgate.evaluate.compiled import (
    CONFIG,
    Clause,
    Clauses,
    expressions,
    variables,
    where_scope,
    words,
)
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.field_paths import field_at
from roadgate.evaluate.functions.table import FUNCTION_NAMES
from roadgate.evaluate.grouping import group_path, referenced
from roadgate.evaluate.hints import reword, suggestion
from roadgate.evaluate.indexing import as_written
from roadgate.evaluate.literals import impossible
from roadgate.evaluate.vocabulary import OWN, Vocabulary
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.evaluate.absence import Known
    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.policy import PolicyScope
    from roadgate.model.resource import Resource

_GUARD = "say that it means so, or ask for what must be there with has() or size()"
_WHERE = "spec.match.where"
_READ = "name it in an expression as params.x, or delete it"
BROKEN = "RG032"
UNREAD = "RG075"
BY_ABSENCE = "RG073"


def compile_clauses(
    policy: Resource[Policy], vocabulary: Vocabulary = OWN, *, house: bool = True
) -> tuple[dict[str, Clauses], list[Finding]]:
    """Compile a policy's expressions against every kind that it matches.

    House policies are also read for what compiles and means nothing; the shipped ones are tested.
    """
    findings: dict[tuple[str, str], Finding] = {}
    clauses: dict[str, Clauses] = {}
    for position, kind in enumerate(_kinds(policy)):
        if (unknown := _unknown_kind(policy, kind, position, vocabulary)) is not None:
            findings[unknown.field or "", unknown.message] = unknown
            continue
        if (wrong := _group_problem(policy, kind, vocabulary)) is not None:
            findings.setdefault((wrong.field or "", wrong.message), wrong)
        compiler = _Compiler(policy, kind, vocabulary, house=house)
        clauses[kind] = compiler.clauses()
        for each in compiler.findings:
            findings.setdefault((each.field or "", each.message), each)
    unread = _unread(policy) if house else ()
    return clauses, [*findings.values(), *unread]


def _unread(policy: Resource[Policy]) -> Iterator[Finding]:
    """Parameters that no expression names."""
    spec = policy.body.spec
    named = words(spec.match.where, *expressions(policy.body))
    for name in parameters.field_types(spec.params):
        if name not in named:
            at = f"spec.params.schema.properties.{name}"
            found = broken(policy, at, f"nothing reads the parameter '{name}'", _READ)
            yield replace(found, id=UNREAD, severity=Severity.WARNING)


def broken(
    policy: Resource[Policy],
    field: str,
    problem: str,
    fix: str,
    part: tuple[int, int] | None = None,
) -> Finding:
    """A finding about a policy that cannot be used."""
    return Finding(
        BROKEN,
        Severity.ERROR,
        f"policy '{policy.body.spec.id}': {problem}",
        fix=fix,
        resource=policy.ref,
        field=field,
        part=part,
    )


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


@lru_cache(maxsize=256)
def _environment(scope: PolicyScope, kind: str, params: str, vocabulary: Vocabulary) -> Environment:
    names = variables(scope, kind, params, vocabulary)
    return base_types().environment(names, vocabulary.functions)


class _Compiler:
    """Compiles the expressions of one policy for one kind, and gathers what is wrong."""

    def __init__(
        self, policy: Resource[Policy], kind: str, vocabulary: Vocabulary, *, house: bool
    ) -> None:
        self.findings: list[Finding] = []
        self._policy = policy
        self._house = house
        self._kind = vocabulary.type_of(kind)
        self._custom = frozenset(vocabulary.kinds)
        spec = policy.body.spec
        fields = parameters.field_types(spec.params)
        params = parameters.type_name(fields)
        base_types().declare({params: fields})
        self._judges = _Scope(spec.scope, kind, params, vocabulary)
        self._chooses = _Scope(where_scope(spec.scope, kind), kind, params, vocabulary)

    def clauses(self) -> Clauses:
        """Every expression, compiled; without those that do not compile."""
        spec = self._policy.body.spec
        where = self._program(spec.match.where, _WHERE, "bool", self._chooses)
        validations = []
        for index, each in enumerate(spec.validations):
            at = f"spec.validations[{index}]"
            expression = self._program(each.expression, f"{at}.expression", "bool")
            message = self._program(each.message_expression, f"{at}.messageExpression", "string")
            place = self._program(each.at_expression, f"{at}.atExpression", "string")
            fix = self._program(each.fix_expression, f"{at}.fixExpression", "string")
            if self._house and each.at is not None and place is None and self._kind:
                self._check_place(each.at, f"{at}.at")
            if expression is None:
                continue
            text = each.message or f"{self._policy.body.metadata.title}: not so here"
            severity = Severity(each.severity) if each.severity is not None else None
            validations.append(
                Clause(
                    index, expression, text, message, each.at, place, each.fix or "", fix, severity
                )
            )
        environments = (self._judges.environment, self._chooses.environment)
        return Clauses(environments[0], where, environments[1], tuple(validations))

    def _program(
        self,
        text: str | None,
        field: str,
        returns: Literal["bool", "string"],
        scope: _Scope | None = None,
    ) -> Program | None:
        if text is None:
            return None
        within = scope or self._judges
        try:
            program = within.environment.compile(text, returns)
        except CompileError as error:
            for each in error.problems:
                called = text[each.end :].lstrip().startswith("(")
                known = within.functions if called else within.names
                problem = reword(each.message, base_types().fields, known)
                self._report(field, each, problem)
            return None
        if self._house:
            self._inspect(within.environment, text, field, returns)
        return program

    def _inspect(self, environment: Environment, text: str, field: str, returns: str) -> None:
        """Say what compiles, and can never be right or holds by absence."""
        tree, types = environment.tree(text), base_types().fields
        for each in impossible(tree, types, self._custom):
            self._report(field, each, as_written(each.message, types, self._kind))
        for each in unguarded(tree, types, self._known(field)) if returns == "bool" else ():
            told = as_written(each.message, types, self._kind)
            found = broken(self._policy, field, told, _GUARD, (each.start, each.end))
            self.findings.append(replace(found, id=BY_ABSENCE, severity=Severity.WARNING))

    def _known(self, field: str) -> Known:
        """What is there whenever a validation is asked: by ``where``, or by ``groupBy``."""
        spec = self._policy.body.spec
        if spec.scope == "portfolio" and field != _WHERE and spec.group_by is not None:
            return A_GROUP
        if spec.match.where is None or field == _WHERE or spec.scope == "portfolio":
            return frozenset()
        try:
            return true(self._chooses.environment.tree(spec.match.where))
        except CompileError:
            return frozenset()

    def _report(self, field: str, at: Problem, problem: str) -> None:
        part = (at.start, at.end)
        self.findings.append(broken(self._policy, field, problem, "correct the expression", part))

    def _check_place(self, path: str, field: str) -> None:
        problems = []
        for kind in self._pointed_to():
            try:
                field_at(kind, path)
            except ValueError as error:
                problems.append(str(error))
            else:
                return
        self.findings.append(broken(self._policy, field, problems[0], "name a field to point to"))

    def _pointed_to(self) -> tuple[str, ...]:
        """What a clause may point to: the kind that its group is named after, or what is in it."""
        by = self._policy.body.spec.group_by
        named = referenced(by) if by is not None else None
        return (named, self._kind) if named is not None else (self._kind,)


class _Scope:
    """What the expressions of one place may name."""

    def __init__(self, scope: PolicyScope, kind: str, params: str, vocabulary: Vocabulary) -> None:
        self.names = variables(scope, kind, params, vocabulary)
        self.functions = FUNCTION_NAMES | {each.name for each in vocabulary.functions}
        self.environment = _environment(scope, kind, params, vocabulary)
