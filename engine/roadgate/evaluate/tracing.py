"""One policy, looked at closely: on which cases it holds, by which values."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from roadgate.evaluate.answers import Answers
from roadgate.evaluate.cases import Cases
from roadgate.evaluate.cel import CompileError, EvaluationError
from roadgate.evaluate.checked import Call, Const, Ident, Items, Loop, Select
from roadgate.evaluate.functions.host import hosting
from roadgate.evaluate.groups import portfolio_cases
from roadgate.evaluate.hints import reword_evaluation
from roadgate.evaluate.judge import judge, situation, where_situation
from roadgate.evaluate.scoped import applied
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.unparsed import unparse
from roadgate.evaluate.vocabulary import OWN
from roadgate.evaluate.world import World
from roadgate.model.explanation import Answer, CaseTrace, ClauseTrace, Part, Trace
from roadgate.model.finding import Finding, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from roadgate.evaluate.cases import Case
    from roadgate.evaluate.cel import Activation, Environment
    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.evaluate.verdicts import Judgements
    from roadgate.evaluate.vocabulary import Vocabulary
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef

_LOGIC = frozenset({"_&&_", "_||_", "!_", "_?_:_"})
_COMPARED = frozenset({"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"})
_MOST = 12


def trace(  # noqa: PLR0913, PLR0917 (what an answer depends on is passed in)
    policy: CompiledPolicy,
    roadmap: Roadmap,
    verdicts: Judgements | None,
    as_of: date,
    about: ResourceRef | None = None,
    vocabulary: Vocabulary = OWN,
) -> Trace:
    """Judge everything that a policy is about; ``about`` with every value that its answer rests on.

    Decisions set findings aside here as everywhere.
    """
    world = World(roadmap, verdicts, as_of, vocabulary=vocabulary)
    with hosting(Answers(world, None, None)):
        return _Tracer(policy, world, about).trace()


class _Tracer:
    """A policy, a roadmap, and what is asked about."""

    def __init__(self, policy: CompiledPolicy, world: World, about: ResourceRef | None) -> None:
        self._policy = policy
        self._world = world
        self._about = about
        self._cases = Cases(world, None, None, None)

    def trace(self) -> Trace:
        judged: list[tuple[Case | None, CaseTrace]] = []
        disabled: list[ResourceRef] = []
        for case in self._all():
            if isinstance(case, Finding):
                judged.append((None, CaseTrace(case.resource, "", (case,))))
                continue
            bound = applied(self._policy, case.resource, self._world.roadmap)
            if bound is None:
                disabled += [case.ref] if case.ref is not None else []
                continue
            outcome = judge(bound, case, self._world)
            if not outcome.matched:
                continue
            group = case.group.key if case.group is not None else ""
            judged.append((case, CaseTrace(case.ref, group, outcome.findings)))
        made = self._set_aside([each for _, each in judged])
        told = [
            each if case is None or not self._asked(case) else self._closely(case, each)
            for (case, _), each in zip(judged, made, strict=True)
        ]
        found = Trace(tuple(told), disabled=tuple(disabled))
        return found if self._about in disabled else self._passed_over(found)

    def _closely(self, case: Case, found: CaseTrace) -> CaseTrace:
        bound = applied(self._policy, case.resource, self._world.roadmap)
        if bound is None:
            return found
        return replace(found, clauses=tuple(self._clauses(bound, case, found.findings)))

    def _all(self) -> Iterator[Case | Finding]:
        if self._policy.scope == "portfolio":
            return portfolio_cases(self._policy, self._cases, self._world)
        return (case for kind in self._policy.clauses for case in self._cases.of_kind(kind))

    def _asked(self, case: Case) -> bool:
        members = case.group.members if case.group is not None else ()
        return self._about is not None and (
            case.ref == self._about or self._about in {each.ref for each in members}
        )

    def _set_aside(self, cases: Sequence[CaseTrace]) -> list[CaseTrace]:
        """The cases, with what Decisions set aside of their findings."""
        findings = [each for case in cases for each in case.findings]
        marked = iter(suppress(findings, self._world.roadmap, self._world.as_of))
        return [replace(each, findings=tuple(islice(marked, len(each.findings)))) for each in cases]

    def _clauses(
        self, bound: CompiledPolicy, case: Case, findings: Sequence[Finding]
    ) -> Iterator[ClauseTrace]:
        by_clause = {each.clause: each for each in findings}
        clauses = bound.clauses[case.kind]
        try:
            activation = situation(bound, case, self._world)
        except EvaluationError:
            return
        for clause in clauses.validations:
            text = bound.resource.body.spec.validations[clause.index].expression
            found = by_clause.get(clause.index)
            parts = tuple(_parts(clauses.environment, text, activation))
            yield ClauseTrace(clause.index, text, _answer(found), parts, found)

    def _passed_over(self, found: Trace) -> Trace:
        """Why the resource that is asked about is not among the cases, if it is not."""
        where = self._policy.resource.body.spec.match.where
        known = self._about is None or any(each.clauses for each in found.cases)
        if known or where is None or self._about is None:
            return found
        clauses = self._policy.clauses.get(self._about.kind)
        case = next(
            (each for each in self._cases.of_kind(self._about.kind) if each.ref == self._about),
            None,
        )
        if clauses is None or case is None:
            return found
        environment = clauses.where_environment
        activation = where_situation(self._policy, case, self._world)
        parts = tuple(_parts(environment, where, activation))
        return replace(found, passed_over=Part(where, "false"), parts=parts)


def _answer(found: Finding | None) -> Answer:
    if found is None:
        return "passes"
    if found.suppressed is not None:
        return "waived"
    if found.status is Status.ERROR:
        return "error"
    return "spared" if found.spared else "fails"


def _parts(environment: Environment, text: str, activation: Activation) -> Iterator[Part]:
    """The values that an expression's answer rests on."""
    told: dict[str, None] = dict.fromkeys(_named(environment.tree(text)))
    for part in list(told)[:_MOST]:
        try:
            yield Part(part, environment.shown(part, activation))
        except EvaluationError as error:
            yield Part(part, f"no value: {reword_evaluation(str(error))}")
        except CompileError:
            continue  # a part that means nothing by itself


def _named(tree: Tree) -> Iterator[str]:
    """The text of each operand and question, logic taken apart; nothing from within loops."""
    match tree:
        case Call() if tree.function in _LOGIC:
            for each in tree.args:
                yield from _named(each)
        case Call() if tree.function in _COMPARED:
            for each in tree.args:
                yield from _operand(each)
        case Const():
            return
        case _:
            yield from _operand(tree)


def _operand(tree: Tree) -> Iterator[str]:
    match tree:
        case Const():
            return
        case Items():
            for each in tree.items:
                yield from _operand(each)
        case Select() | Ident():
            yield unparse(tree)
        case Call():
            yield unparse(tree)
            for each in tree.args:
                yield from _rests_on(each)
        case Loop():
            yield unparse(tree)
            yield from _rests_on(tree.over)


def _rests_on(tree: Tree) -> Iterator[str]:
    """The fields and lists that a computed value begins with."""
    match tree:
        case Select() | Ident():
            yield unparse(tree)
        case Call():
            for each in tree.args:
                yield from _rests_on(each)
        case Loop():
            yield from _rests_on(tree.over)
