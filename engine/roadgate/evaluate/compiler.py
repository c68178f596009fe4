"""Compiles the expressions of one policy for one kind, and gathers what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from roadgate.evaluate import parameters
from roadgate.evaluate.absence import A_GROUP, true, unguarded
from roadgate.evaluate.cel import CompileError, Environment, Problem, Program
from roadgate.evaluate.compiled import Clause, Clauses, variables, where_scope, words
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.field_paths import field_at
from roadgate.evaluate.formats import misfits
from roadgate.evaluate.functions.table import FUNCTION_NAMES
from roadgate.evaluate.grouping import group_path, referenced
from roadgate.evaluate.hints import reword
from roadgate.evaluate.indexing import as_written
from roadgate.evaluate.literals import expected, impossible, names
from roadgate.evaluate.named import Named
from roadgate.evaluate.out_of_place import out_of_place
from roadgate.evaluate.patterns import mismatched
from roadgate.evaluate.pointers import misled
from roadgate.evaluate.syntax import in_words
from roadgate.evaluate.texts import Reader
from roadgate.evaluate.unparsed import unparse
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from roadgate.evaluate.absence import Known
    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.vocabulary import Vocabulary
    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.policy import PolicyScope
    from roadgate.model.resource import Resource

_EMPTY = "write 'size(…) > 0 && …'; or 'size(…) == 0 || …' where none is fine"
_ABSENT = "write 'has(…) && …'; or '!has(…) || …' where its absence is fine"
_WHERE = "spec.match.where"
_OVERRIDES = frozenset({"decisions", "override"})
"""A clause that names both asks for an override, and says which one will do."""
BROKEN = "RG032"
BY_ABSENCE = "RG073"


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


def _group_choices(policy: Policy, kind: str) -> tuple[str, ...]:
    """What a group can be named after, where that is one of a few words."""
    by = policy.spec.group_by
    if by is None or not kind:
        return ()
    try:
        field = field_at(kind, group_path(kind, by))
    except ValueError:
        return ()
    return field.choices if field is not None else ()


@lru_cache(maxsize=256)
def _environment(scope: PolicyScope, kind: str, params: str, vocabulary: Vocabulary) -> Environment:
    names = variables(scope, kind, params, vocabulary)
    return base_types().environment(names, vocabulary.functions)


class Compiler:
    """Compiles the expressions of one policy for one kind."""

    def __init__(
        self, policy: Resource[Policy], kind: str, vocabulary: Vocabulary, *, house: bool
    ) -> None:
        self.findings: list[Finding] = []
        self.expects: dict[str, set[str]] = {}
        """Of parameters that are compared with texts of a few values, those values."""
        self._names: list[Named] = []
        self._sought: set[tuple[str, str]] = set()
        self._policy = policy
        self._house = house
        self._kind = vocabulary.type_of(kind)
        self._custom = frozenset(vocabulary.kinds)
        self._others = tuple(map(vocabulary.type_of, policy.body.spec.match.kinds or KINDS))
        self._group = _group_choices(policy.body, self._kind)
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
                    index,
                    expression,
                    text,
                    message,
                    each.at,
                    place,
                    each.fix or "",
                    fix,
                    severity,
                    asks=words(each.expression) >= _OVERRIDES,
                )
            )
        environments = (self._judges.environment, self._chooses.environment)
        named = tuple(each for each in self._names if (each.kind, each.name) not in self._sought)
        return Clauses(environments[0], where, environments[1], tuple(validations), named)

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
            for each in in_words(text, error.problems, returns):
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
        wrong = [
            *impossible(tree, types, self._custom, self._group, self._others),
            *misfits(tree),
            *mismatched(tree, environment, Reader(types, self._custom, self._group), {}),
            *out_of_place(tree, self._policy.body),
        ]
        if field.endswith("atExpression") and self._kind:
            wrong += misled(tree, (*self._pointed_to(), *self._others), (*KINDS, *self._custom))
        for each in wrong:
            self._report(field, each, as_written(each.message, types, self._kind))
        for name, texts in expected(tree, types, self._custom, self._group).items():
            self.expects.setdefault(name, set()).update(texts)
        self._note(tree, field)
        for each in unguarded(tree, types, self._known(field)) if returns == "bool" else ():
            told = as_written(each.message, types, self._kind)
            fix = _EMPTY if "is empty" in each.message else _ABSENT
            found = broken(self._policy, field, told, fix, (each.start, each.end))
            self.findings.append(replace(found, id=BY_ABSENCE, severity=Severity.WARNING))

    def _note(self, tree: Tree, field: str) -> None:
        """Remember what is named: only a roadmap can tell whether it is there."""
        asked, sought = names(tree, base_types().fields, self._custom, self._group)
        self._sought |= sought
        for each in asked:
            part = (each.name.start, each.name.start + len(unparse(each.name)))
            item = str(each.item.value) if each.item is not None else ""
            name = str(each.name.value)
            self._names.append(Named(each.kind, name, item, each.is_asked, field, part))

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
