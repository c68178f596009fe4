"""One policy, one case: does it hold, and what is there to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from roadgate.evaluate.awaiting import awaits_the_forge
from roadgate.evaluate.cel import EvaluationError
from roadgate.evaluate.compiled import CONFIG
from roadgate.evaluate.concerns import EXCEPTIONS
from roadgate.evaluate.hints import NO_ENTRY, reword_evaluation
from roadgate.model.finding import Enforcement, Finding, Severity, Status, Suppression
from roadgate.model.kinds import Initiative
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.evaluate.cases import Case
    from roadgate.evaluate.cel import Activation
    from roadgate.evaluate.compiled import Clause, Clauses, CompiledPolicy
    from roadgate.evaluate.world import World
    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource

_FIELDS = ("spec.", "metadata.")
"""How the path of a field begins; no kind is called so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one evaluation came to."""

    matched: bool
    findings: tuple[Finding, ...] = ()
    used: frozenset[str] = frozenset()


def judge(policy: CompiledPolicy, case: Case, world: World) -> Outcome:
    """Evaluate a policy on a case: first its ``where``, then each validation."""
    return _Judge(policy, case, world).outcome()


def chosen(policy: CompiledPolicy, case: Case, world: World) -> bool | Finding:
    """Whether a policy is about a resource, by its ``where``; a finding where nobody can tell."""
    return _Judge(policy, case, world).chosen()


def _fix(problem: str) -> str:
    """What to do about an expression without a value."""
    if "is absent" in problem:
        return "guard what may be absent with has()"
    if problem.startswith(NO_ENTRY):
        name = problem.removeprefix(NO_ENTRY)
        return f"ask first whether it is there: {name} in the map"
    return "correct the policy or the data"


def situation(policy: CompiledPolicy, case: Case, world: World) -> Activation:
    """What a policy's validations see of a case.

    Raises:
        EvaluationError: something of it has no value.
    """
    return _Judge(policy, case, world).situation()


def where_situation(policy: CompiledPolicy, case: Case, world: World) -> Activation:
    """What a policy's ``where`` sees of a case."""
    return _Judge(policy, case, world).where_situation()


class _Judge:
    """A policy and a case, with the Decisions that its expressions may see."""

    def __init__(self, policy: CompiledPolicy, case: Case, world: World) -> None:
        self._policy = policy
        self._case = case
        self._world = world
        self._clauses: Clauses = policy.clauses[case.kind]
        self._sees_decisions = "decisions" in policy.uses

    def chosen(self) -> bool | Finding:
        """Whether the case matches, or why that cannot be told."""
        try:
            return self._matches(self._counted())
        except EvaluationError as error:
            return self._spared(self._error(error, None))

    def where_situation(self) -> Activation:
        """Everything that ``where`` names."""
        return self._where_activation(self._counted())

    def situation(self) -> Activation:
        """Everything that the validations name."""
        return self._activation(self._counted(), self._policy.uses)

    def _counted(self) -> list[Resource[Decision]]:
        return [each for each in self._case.decisions if self._approval(each) == "yes"]

    def outcome(self) -> Outcome:
        """Whether the case matches, and what the validations find."""
        counted = self._counted()
        try:
            if self._case.group is None and not self._matches(counted):
                return Outcome(matched=False)
            activation = self._activation(counted, self._policy.uses)
        except EvaluationError as error:
            return Outcome(matched=True, findings=(self._spared(self._error(error, None)),))
        findings: list[Finding] = []
        used: set[str] = set()
        for clause in self._clauses.validations:
            found = self._validate(clause, activation, counted)
            if found is None:
                continue
            findings.append(self._spared(found))
            if found.suppressed is not None:
                used.add(found.suppressed.by)
        return Outcome(matched=True, findings=tuple(findings), used=frozenset(used))

    def _matches(self, decisions: Iterable[Resource[Decision]]) -> bool:
        where = self._clauses.where
        if where is None:
            return True
        return where.evaluate(self._where_activation(decisions)) is True

    def _where_activation(self, decisions: Iterable[Resource[Decision]]) -> Activation:
        values = {name: self._value(name, decisions) for name in self._policy.where_uses}
        return self._clauses.where_environment.activation(values)

    def _validate(
        self, clause: Clause, activation: Activation, counted: list[Resource[Decision]]
    ) -> Finding | None:
        try:
            holds = clause.expression.evaluate(activation) is True
        except EvaluationError as error:
            return self._error(error, clause)
        if holds:
            return self._excepted(clause, counted)
        found = self._finding(clause, activation)
        return self._awaited(clause, found)

    def _excepted(self, clause: Clause, counted: list[Resource[Decision]]) -> Finding | None:
        """A clause that holds only by a Decision against this policy is shown as suppressed."""
        mine = [each for each in counted if self._sets_aside(each)] if self._sees_decisions else []
        if not mine:
            return None
        others = [each for each in counted if each not in mine]
        activation = self._activation(others, self._policy.uses)
        if self._holds(clause, activation):
            return None
        longest = max(mine, key=lambda each: each.body.spec.until or date.max)
        spec = longest.body.spec
        by = Suppression(longest.name, spec.type, spec.until)
        return replace(self._finding(clause, activation), suppressed=by)

    def _awaited(self, clause: Clause, found: Finding) -> Finding:
        """Say so when a Decision that is not approved yet would make the clause hold."""
        field = self._case.field
        if field is not None and field.approval == "unknown":
            return replace(found, status=Status.UNKNOWN)
        text = self._policy.resource.body.spec.validations[clause.index].expression
        situation = self._activation(self._counted(), self._policy.uses)
        if awaits_the_forge(text, self._case, lambda: self._holds(clause, situation)):
            return replace(found, status=Status.UNKNOWN)
        waiting = [each for each in self._case.decisions if self._approval(each) != "yes"]
        if not self._sees_decisions or not waiting:
            return found
        if not self._holds(clause, self._activation(self._case.decisions, self._policy.uses)):
            return found
        unknown = any(self._approval(each) == "unknown" for each in waiting)
        names = " and ".join(f"'{each.name}'" for each in waiting)
        return replace(
            found,
            status=Status.UNKNOWN if unknown else found.status,
            fix=f"have Decision {names} approved: that is decided on the pull request",
        )

    def _holds(self, clause: Clause, activation: Activation) -> bool:
        try:
            return clause.expression.evaluate(activation) is True
        except EvaluationError:
            return False

    def _approval(self, decision: Resource[Decision]) -> str:
        return self._world.approval(decision.name)

    def _sets_aside(self, decision: Resource[Decision]) -> bool:
        spec = decision.body.spec
        return spec.type in EXCEPTIONS and spec.concerns.policy in (None, self._policy.id)

    def _activation(
        self, decisions: Iterable[Resource[Decision]], uses: frozenset[str]
    ) -> Activation:
        values = {name: self._value(name, decisions) for name in uses}
        return self._clauses.environment.activation(values)

    def _value(self, variable: str, decisions: Iterable[Resource[Decision]]) -> object:
        if variable == "params":
            return self._policy.params
        if variable == "decisions":
            return [self._world.message(each) for each in decisions]
        return self._case.value(variable)

    def _finding(self, clause: Clause, activation: Activation) -> Finding:
        message, fix = clause.message, clause.fix
        try:
            if clause.message_expression is not None:
                message = str(clause.message_expression.evaluate(activation))
            if clause.fix_expression is not None:
                fix = str(clause.fix_expression.evaluate(activation))
        except EvaluationError as error:
            message = f"{message} (its words could not be found: {reword_evaluation(str(error))})"
        return self._pointed(clause, activation, self._at(clause, message, fix))

    def _pointed(self, clause: Clause, activation: Activation, found: Finding) -> Finding:
        """The finding, at the field or the resource that the clause works out."""
        if clause.at_expression is None:
            return found
        try:
            named = str(clause.at_expression.evaluate(activation))
        except EvaluationError as error:
            named = reword_evaluation(str(error))
        if named.startswith(_FIELDS) and found.resource is not None:
            return replace(found, field=named)
        kind, _, name = named.partition("/")
        ref = ResourceRef(kind, self._world.roadmap.name_of(kind, name))
        if not self._world.has(ref):
            return replace(found, message=f"{found.message} (where is not known: {named})")
        return replace(found, resource=ref, field=clause.at)

    def _error(self, error: EvaluationError, clause: Clause | None) -> Finding:
        ref = self._case.ref
        about = f" on '{ref.name}'" if ref else ""
        problem = reword_evaluation(str(error))
        fix = _fix(problem)
        text = f"'{self._policy.id}' cannot be evaluated{about}{self._where(clause)}: {problem}"
        found = self._at(clause, text, fix)
        return replace(found, severity=self._capped(Severity.ERROR), status=Status.ERROR)

    def _where(self, clause: Clause | None) -> str:
        """Which of several expressions is meant."""
        if clause is None:
            return ", in match.where"
        several = len(self._policy.resource.body.spec.validations) > 1
        return f", in clause {clause.index + 1}" if several else ""

    def _at(self, clause: Clause | None, message: str, fix: str) -> Finding:
        field = self._case.field
        at = clause.at if clause is not None else None
        if at is None and field is not None:
            at = field.field or None
        own = clause.severity if clause is not None else None
        placed = self._case.ref is not None or self._case.kind == CONFIG
        return Finding(
            self._policy.id,
            self._capped(own or self._policy.severity),
            message,
            fix=fix,
            enforcement=self._policy.enforcement,
            resource=self._case.ref,
            # a roadmap as a whole has no text that a field could be looked up in
            field=at if placed else None,
            location=field.location if field is not None else None,
            clause=clause.index if clause is not None else None,
            group=self._case.group.key if self._case.group is not None else "",
            asks=clause is not None and clause.asks,
        )

    def _capped(self, severity: Severity) -> Severity:
        if self._policy.enforcement is Enforcement.ADVISORY and severity is Severity.ERROR:
            return Severity.WARNING
        return severity

    def _spared(self, found: Finding) -> Finding:
        """Commitments made before the policy's first day are told, not failed."""
        since, resource = self._policy.since, self._case.resource
        body = resource.body if resource is not None else None
        if since is None or not isinstance(body, Initiative):
            return found
        committed = body.spec.committed
        if committed is None or committed >= since:
            return found
        return replace(
            found,
            severity=Severity.NOTICE,
            spared=True,
            message=f"{found.message} (spared: committed on {committed}, before {since})",
        )
