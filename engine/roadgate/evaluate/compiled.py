"""One policy, compiled: each expression checked against each kind that the policy matches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from roadgate.evaluate import parameters
from roadgate.evaluate.cel import CompileError, Environment, Program
from roadgate.evaluate.computed import STRING
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.grouping import group_path
from roadgate.evaluate.hints import reword, suggestion
from roadgate.model.finding import Enforcement, Finding, Severity
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.policy import PolicyScope
    from roadgate.model.resource import Resource

BROKEN = "RG032"
CONFIG = "Config"
"""The kind that policies of scope change name for changes of the judge itself."""
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Clause:
    """One validation, compiled."""

    index: int
    expression: Program
    message: str
    message_expression: Program | None
    at: str | None
    at_expression: Program | None
    fix: str
    fix_expression: Program | None
    severity: Severity | None = None
    """Instead of the policy's own."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """A policy's expressions for one kind."""

    environment: Environment
    where: Program | None
    where_environment: Environment
    """A portfolio policy chooses its resources one by one."""
    validations: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class CompiledPolicy:
    """A policy as it applies here: compiled, with parameters and enforcement bound."""

    resource: Resource[Policy]
    house: bool
    severity: Severity
    enforcement: Enforcement
    since: date | None
    """Commitments made before this day are spared."""
    params: object
    clauses: Mapping[str, Clauses]
    """By kind; under the empty name for the roadmap as a whole."""
    words: frozenset[str]
    """Every word in its expressions: the fields that they look at are among them."""
    uses: frozenset[str]
    """The variables that its validations name."""
    where_uses: frozenset[str]
    """Those that its ``where`` names: nothing else is needed to choose."""
    group_paths: Mapping[str, str] = field(default_factory=dict)
    """By kind, the field whose values make the groups; none is one group of all."""

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.resource.body.spec.id

    @property
    def scope(self) -> PolicyScope:
        """What one evaluation is about."""
        return self.resource.body.spec.scope


def variables(scope: PolicyScope, kind: str, params: str) -> dict[str, FieldType]:
    """What an expression may name, and its type."""
    found = {"roadmap": FieldType("Roadmap"), "params": FieldType(params), "asOf": STRING}
    if scope == "portfolio":
        return found | ({"group": FieldType(f"{kind}Group")} if kind else {})
    found |= {
        "resource": FieldType(kind),
        "evidence": FieldType("Evidence", "list"),
        "decisions": FieldType("Decision", "list"),
        "verdicts": FieldType("Verdicts"),
    }
    if scope == "change":
        found |= {
            "old": FieldType(kind),
            "new": FieldType(kind),
            "change": FieldType("Change"),
            "field": FieldType("FieldChange"),
        }
    return found


def named_in(policy: Policy, *, chooses: bool = False) -> frozenset[str]:
    """The variables that a policy's expressions, or its ``where``, may name."""
    kind = "".join(policy.spec.match.kinds)
    scope = _where_scope(policy.spec.scope, kind) if chooses else policy.spec.scope
    return frozenset(variables(scope, kind, ""))


def _where_scope(scope: PolicyScope, kind: str) -> PolicyScope:
    """A portfolio policy about a kind chooses its resources one by one."""
    return "resource" if scope == "portfolio" and kind else scope


def compile_clauses(policy: Resource[Policy]) -> tuple[dict[str, Clauses], list[Finding]]:
    """Compile a policy's expressions against every kind that it matches."""
    findings: dict[tuple[str, str], Finding] = {}
    clauses: dict[str, Clauses] = {}
    for kind in _kinds(policy):
        if kind and kind not in (*KINDS, CONFIG):
            problem = f"no kind '{kind}'{suggestion(kind, KINDS)}"
            found = broken(policy, "spec.match.kinds", problem, "name a kind that exists")
            findings[found.field or "", problem] = found
            continue
        if (wrong := _group_problem(policy, kind)) is not None:
            findings.setdefault((wrong.field or "", wrong.message), wrong)
        compiler = _Compiler(policy, kind)
        clauses[kind] = compiler.clauses()
        for found in compiler.findings:
            findings.setdefault((found.field or "", found.message), found)
    return clauses, list(findings.values())


def broken(policy: Resource[Policy], field: str, problem: str, fix: str) -> Finding:
    """A finding about a policy that cannot be used."""
    return Finding(
        BROKEN,
        Severity.ERROR,
        f"policy '{policy.body.spec.id}': {problem}",
        fix=fix,
        resource=policy.ref,
        field=field,
    )


def words(*texts: str | None) -> frozenset[str]:
    """Every word in expressions: the variables and fields that they name are among them."""
    return frozenset(word for text in texts if text for word in _WORD.findall(text))


def expressions(policy: Policy) -> list[str | None]:
    """All of a policy's expressions but its ``where``."""
    clauses = policy.spec.validations
    return [
        text
        for each in clauses
        for text in (
            each.expression,
            each.message_expression,
            each.at_expression,
            each.fix_expression,
        )
    ]


def _kinds(policy: Resource[Policy]) -> tuple[str, ...]:
    spec = policy.body.spec
    return spec.match.kinds or (("",) if spec.scope == "portfolio" else tuple(KINDS))


def group_paths(policy: Policy) -> dict[str, str]:
    """By kind, the field that the policy groups by."""
    spec = policy.spec
    if spec.group_by is None:
        return {}
    return {kind: group_path(kind, spec.group_by) for kind in spec.match.kinds}


def _group_problem(policy: Resource[Policy], kind: str) -> Finding | None:
    spec = policy.body.spec
    if spec.group_by is None:
        return None
    if spec.scope != "portfolio":
        problem, fix = f"'groupBy' means nothing in scope {spec.scope}", "write scope: portfolio"
    elif not kind:
        problem, fix = "'groupBy' groups nothing", "name the kinds to group in match.kinds"
    else:
        try:
            group_path(kind, spec.group_by)
        except ValueError as error:
            problem, fix = str(error), "name a field of the kind"
        else:
            return None
    return broken(policy, "spec.groupBy", problem, fix)


@lru_cache(maxsize=256)
def _environment(scope: PolicyScope, kind: str, params: str) -> Environment:
    return base_types().environment(variables(scope, kind, params))


class _Compiler:
    """Compiles the expressions of one policy for one kind, and gathers what is wrong."""

    def __init__(self, policy: Resource[Policy], kind: str) -> None:
        self.findings: list[Finding] = []
        self._policy = policy
        spec = policy.body.spec
        fields = parameters.field_types(spec.params)
        params = parameters.type_name(fields)
        base_types().declare({params: fields})
        self._names = variables(spec.scope, kind, params)
        self._environment = _environment(spec.scope, kind, params)
        chooses = _where_scope(spec.scope, kind)
        self._where_names = variables(chooses, kind, params)
        self._where_environment = _environment(chooses, kind, params)

    def clauses(self) -> Clauses:
        """Every expression, compiled; without those that do not compile."""
        spec = self._policy.body.spec
        where = self._program(spec.match.where, "spec.match.where", "bool", chooses=True)
        validations = []
        for index, each in enumerate(spec.validations):
            at = f"spec.validations[{index}]"
            expression = self._program(each.expression, f"{at}.expression", "bool")
            message = self._program(each.message_expression, f"{at}.messageExpression", "string")
            place = self._program(each.at_expression, f"{at}.atExpression", "string")
            fix = self._program(each.fix_expression, f"{at}.fixExpression", "string")
            if expression is None:
                continue
            text = each.message or f"{self._policy.body.metadata.title}: not so here"
            severity = Severity(each.severity) if each.severity is not None else None
            validations.append(
                Clause(
                    index, expression, text, message, each.at, place, each.fix or "", fix, severity
                )
            )
        return Clauses(self._environment, where, self._where_environment, tuple(validations))

    def _program(
        self,
        text: str | None,
        field: str,
        returns: Literal["bool", "string"],
        *,
        chooses: bool = False,
    ) -> Program | None:
        if text is None:
            return None
        try:
            environment = self._where_environment if chooses else self._environment
            return environment.compile(text, returns)
        except CompileError as error:
            types = base_types().fields
            problem = reword(error.message, types, self._where_names if chooses else self._names)
            place = f"at {error.line}:{error.column} of the expression"
            self.findings.append(
                broken(self._policy, field, f"{problem} ({place})", "correct the expression")
            )
            return None
