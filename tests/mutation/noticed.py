"""Which clauses of a policy notice that its passing examples were broken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mutation.mutants import mutants
from roadgate.pipeline.examples import run_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds import Policy
    from roadgate.model.kinds.policy import Example
    from roadgate.model.resource import Resource

_YEAR = timedelta(days=366)
_AT_ONCE = 60


@dataclass(slots=True)
class Tally:
    """What became of the mutants of a policy's passing examples."""

    tried: int
    noticed: int
    by_clause: dict[int, str]
    """Clause to the first mutant that made it fail."""


def tally(policy: Resource[Policy], *, every: bool = False) -> Tally:
    """Try mutants until each clause has failed once, or ``every`` one of them."""
    found = Tally(0, 0, {})
    clauses = range(len(policy.body.spec.validations))
    waiting = list(_broken(policy.body))
    while waiting and (every or len(found.by_clause) < len(clauses)):
        some, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
        for result in run_examples(_with(policy, some), house=False):
            found.tried += 1
            found.noticed += bool(result.found)
            for each in result.found:
                if each.clause is not None:
                    found.by_clause.setdefault(each.clause, result.example)
    return found


def _with(policy: Resource[Policy], examples: list[Example]) -> Resource[Policy]:
    spec = policy.body.spec.model_copy(update={"examples": tuple(examples)})
    return replace(policy, body=policy.body.model_copy(update={"spec": spec}))


def _broken(policy: Policy) -> Iterator[Example]:
    """Every passing example, one thing at a time otherwise; it is never known that it must fail."""
    for example in policy.spec.examples:
        if not example.passes:
            continue
        for field in ("files", "base", "head"):
            for what, mutant in mutants(getattr(example, field) or ()):
                yield _otherwise(example, f"{field}: {what}", **{field: mutant})
        if example.context is not None:
            yield _otherwise(example, "nobody has approved", context=None)
        if example.as_of is not None:
            yield _otherwise(example, "a year later", as_of=example.as_of + _YEAR)


def _otherwise(example: Example, what: str, **changed: Any) -> Example:
    told = {"name": f"{example.name} | {what}", "passes": False, "expect": None}
    return example.model_copy(update={**told, **changed})
