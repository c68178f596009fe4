"""Most resources keep most rules: one expression asks all policies about a resource at once.

Only what does not hold, or cannot be told, is judged policy by policy, with its words.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.evaluate import halves, parameters
from roadgate.evaluate.cases import Case
from roadgate.evaluate.cel import CompileError, EvaluationError
from roadgate.evaluate.checked import Call, Ident, Items, Loop, Select
from roadgate.evaluate.compiled import variables, words
from roadgate.evaluate.environment import base_types, maker
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.looks import Looks, looks
from roadgate.evaluate.vocabulary import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadgate.evaluate.cases import Cases
    from roadgate.evaluate.cel import Environment, Program
    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.evaluate.vocabulary import Vocabulary
    from roadgate.model.source import ResourceRef

WORTHWHILE = 100
"""Fewer resources of a kind are judged before the one expression is compiled."""
_PARAMS = "params"
_HOLDS, _FAILS, _OTHER = "+", "?", "-"


@dataclass(slots=True)
class Sieved:
    """What policies about resources came to, as far as one look tells."""

    matched: Counter[str] = field(default_factory=Counter)
    """How many resources each policy is about and finds in order, by its id."""
    doubtful: dict[int, list[Case]] = field(default_factory=dict)
    """What is to be judged, by a policy's position."""
    belongs: dict[int, dict[ResourceRef, bool]] = field(default_factory=dict)
    """Whether a portfolio policy, by its position, is about a resource, where that can be told."""

    def note(
        self,
        policies: Sequence[CompiledPolicy],
        positions: Sequence[int],
        case: Case,
        answer: str | None,
    ) -> None:
        """Take the answers about one case."""
        for position, each in zip(positions, answer or _FAILS * len(positions), strict=True):
            if policies[position].scope == "portfolio":
                if answer is not None and case.ref is not None:
                    self.belongs.setdefault(position, {})[case.ref] = each == _HOLDS
            elif each == _FAILS:
                self.doubtful.setdefault(position, []).append(case)
            elif each == _HOLDS:
                self.matched[policies[position].id] += 1


def sieve(policies: Sequence[CompiledPolicy], cases: Cases, vocabulary: Vocabulary = OWN) -> Sieved:
    """Sort the cases of policies of scope resource, and the members of those of the portfolio."""
    sieved = Sieved()
    asked: list[tuple[Question, list[int], Case]] = []
    places = [place for place, each in enumerate(policies) if each.scope != "change"]
    for kind in dict.fromkeys(kind for place in places for kind in policies[place].clauses if kind):
        of_kind = cases.of_kind(kind)
        positions: list[int] = []
        for place in places:
            policy = policies[place]
            if kind not in policy.clauses or (
                policy.scope == "portfolio" and not policy.where_uses
            ):
                continue
            if policy.variant is None and len(of_kind) >= WORTHWHILE:
                positions.append(place)
            elif policy.scope == "resource":
                sieved.doubtful.setdefault(place, []).extend(of_kind)
        if not positions:
            continue
        question = Question(kind, [policies[each] for each in positions], vocabulary)
        asked += [(question, positions, case) for case in of_kind]
    answers = halves.answers(len(asked), lambda each: asked[each][0].ask(asked[each][2]))
    for (_, positions, case), answer in zip(asked, answers, strict=True):
        sieved.note(policies, positions, case, answer)
    return sieved


class Question:
    """All policies about a kind as one expression; its value is a character for each of them."""

    def __init__(
        self, kind: str, policies: Sequence[CompiledPolicy], vocabulary: Vocabulary = OWN
    ) -> None:
        self._policies = policies
        uses = (each.uses if each.scope == "resource" else frozenset() for each in policies)
        self._names = frozenset().union(*uses, *(each.where_uses for each in policies))
        self._names -= {_PARAMS, "decisions"}
        message, self._params = _all_params(policies)
        names = variables("resource", kind, message, vocabulary)
        parts = (_part(each, kind, _params_of(place)) for place, each in enumerate(policies))
        self._environment = base_types().environment(names, vocabulary.functions)
        self._program: Program | None = None
        self.looks: Looks | None = None
        """The fields that it looks at; None where that cannot be told, or nothing is asked."""
        with suppress(CompileError, _UnclearError):  # then each policy is judged on its own
            text = f"[{', '.join(parts)}].join('')"
            self._program = self._environment.compile(text, "string")
            self.looks = looks(self._program.tree())

    def ask(self, case: Case) -> str | None:
        """A character for each policy; None where each is to be judged on its own."""
        if self._program is None or case.decisions:
            return None
        seen = case
        if self.looks is not None:
            seen = Case(case.world.seen(self.looks), case.ref, case.resource)
        try:
            values = {name: seen.value(name) for name in self._names}
            values |= {_PARAMS: self._params, "decisions": []}
            activation = self._environment.activation(values)
            return str(self._program.evaluate(activation))
        except EvaluationError:
            return None


def _all_params(policies: Sequence[CompiledPolicy]) -> tuple[str, object]:
    """The parameters of all policies as one message, and its type: one is handed over faster."""
    used = {
        _field(place): each
        for place, each in enumerate(policies)
        if _PARAMS in each.uses | each.where_uses
    }
    of_policies = {name: each.resource.body.spec.params for name, each in used.items()}
    fields = {
        name: FieldType(parameters.type_name(parameters.field_types(each)))
        for name, each in of_policies.items()
    }
    message = parameters.type_name(fields)
    base_types().declare({message: fields})
    return message, maker(message)(**{name: each.params for name, each in used.items()})


def _field(place: int) -> str:
    """What the parameters of a policy are called among those of all."""
    return f"of{place}"


def _params_of(place: int) -> str:
    return f"{_PARAMS}.{_field(place)}"


class _UnclearError(ValueError):
    """An expression whose parameters cannot be told from other names."""


def _part(policy: CompiledPolicy, kind: str, params: str) -> str:
    """One policy: whether it is about the resource, and whether all of its clauses hold."""
    spec = policy.resource.body.spec
    clauses = policy.clauses[kind]
    if policy.scope == "portfolio" and spec.match.where is not None:
        where = _renamed(spec.match.where, clauses.where_environment, params)
        return f"(({where}\n) ? '{_HOLDS}' : '{_OTHER}')"
    texts = (_renamed(each.expression, clauses.environment, params) for each in spec.validations)
    holds = " && ".join(f"({text}\n)" for text in texts)
    answer = f"(({holds}) ? '{_HOLDS}' : '{_FAILS}')"
    if spec.match.where is None:
        return answer
    where = _renamed(spec.match.where, clauses.where_environment, params)
    return f"(({where}\n) ? {answer} : '{_OTHER}')"


def _renamed(text: str, environment: Environment, params: str) -> str:
    """The expression with its own name for the parameters."""
    if _PARAMS not in words(text):
        return text
    for start in sorted(set(_places(environment.tree(text))), reverse=True):
        if text[start : start + len(_PARAMS)] != _PARAMS:
            raise _UnclearError
        text = text[:start] + params + text[start + len(_PARAMS) :]
    return text


def _places(tree: Tree) -> Iterator[int]:
    """Where an expression names the parameters."""
    match tree:
        case Ident(name=name) if name == _PARAMS:
            yield tree.start
        case Select():
            yield from _places(tree.operand)
        case Call():
            for each in tree.args:
                yield from _places(each)
        case Items():
            for each in tree.items:
                yield from _places(each)
        case Loop():
            if tree.variable == _PARAMS:
                raise _UnclearError
            for each in (tree.over, tree.begins, tree.step, tree.result):
                yield from _places(each)
