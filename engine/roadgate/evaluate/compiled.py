"""One policy, compiled: each expression checked against each kind that the policy matches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.evaluate.computed import DAY
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.vocabulary import OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from roadgate.evaluate.cel import Environment, Program
    from roadgate.evaluate.named import Named
    from roadgate.evaluate.vocabulary import Vocabulary
    from roadgate.model.finding import Enforcement, Severity
    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.config import BindingMatch
    from roadgate.model.kinds.policy import PolicyScope
    from roadgate.model.resource import Resource

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
    asks: bool = False
    """Whether it says itself which override will do."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """A policy's expressions for one kind."""

    environment: Environment
    where: Program | None
    where_environment: Environment
    """A portfolio policy chooses its resources one by one."""
    validations: tuple[Clause, ...]
    names: tuple[Named, ...] = ()
    """The resources that they name by a literal; of the project's own policies only."""


@dataclass(frozen=True, slots=True)
class Scoped:
    """A binding that is for some resources only."""

    match: BindingMatch
    at: str
    """Where its ``match`` stands in roadgate.yaml."""


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
    scoped: tuple[Scoped, ...] = ()
    """Resources for which the policy is bound otherwise."""
    variant: Callable[[tuple[int, ...]], CompiledPolicy | None] | None = None
    """The policy as those of ``scoped`` bind it that match; None where they disable it."""

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.resource.body.spec.id

    @property
    def points(self) -> bool:
        """Whether it may point to another resource than the one that it is evaluated on."""
        clauses = self.resource.body.spec.validations
        return self.scope != "resource" or any(each.at_expression for each in clauses)

    @property
    def scope(self) -> PolicyScope:
        """What one evaluation is about."""
        return self.resource.body.spec.scope


def variables(
    scope: PolicyScope, kind: str, params: str, vocabulary: Vocabulary = OWN
) -> dict[str, FieldType]:
    """What an expression may name, and its type."""
    type_name = vocabulary.type_of(kind)
    found = {"roadmap": FieldType(vocabulary.roadmap), "params": FieldType(params), "asOf": DAY}
    if scope == "portfolio":
        return found | ({"group": FieldType(f"{type_name}Group")} if kind else {})
    found |= {
        "resource": FieldType(type_name),
        "evidence": FieldType("Evidence", "list"),
        "decisions": FieldType("Decision", "list"),
        "verdicts": FieldType("Verdicts"),
    }
    if scope == "change":
        found |= {
            "old": FieldType(type_name),
            "new": FieldType(type_name),
            "change": FieldType("Change"),
            "field": FieldType("FieldChange"),
        }
    return found


def named_in(policy: Policy, *, chooses: bool = False) -> frozenset[str]:
    """The variables that a policy's expressions, or its ``where``, may name."""
    kind = "".join(policy.spec.match.kinds)
    scope = where_scope(policy.spec.scope, kind) if chooses else policy.spec.scope
    return frozenset(variables(scope, kind, ""))


def where_scope(scope: PolicyScope, kind: str) -> PolicyScope:
    """A portfolio policy about a kind chooses its resources one by one."""
    return "resource" if scope == "portfolio" and kind else scope


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
