"""What an expression names although its policy has nothing there: it compiles, and is in vain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.evaluate.absence import first
from roadgate.evaluate.cel import Problem
from roadgate.evaluate.checked import Call, Ident, Select, every
from roadgate.evaluate.compiled import expressions
from roadgate.evaluate.parameters import field_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.evaluate.checked import Tree
    from roadgate.model.kinds import Policy

_NO_CHANGE = "'approvedBy' asks about a pull request: write scope: change"
_PLACES = re.compile(
    r"\{\{?\s*(?:resource|params|group|old|new|change|field|roadmap|asOf)\b|\$\{|%(?:s|d|\.\d+f)\b"
)


def out_of_place(tree: Tree, policy: Policy) -> Iterator[Problem]:
    """Names of a checked expression that mean nothing in this policy."""
    for each in every(tree):
        if isinstance(each, Call) and each.function == "approvedBy":
            if policy.spec.scope != "change":
                start = first(each)
                yield Problem(start, start + len(each.function), _NO_CHANGE)
        elif isinstance(each, Select) and isinstance(each.operand, Ident) and not each.asks:
            told = _in_vain(each.operand.name, each.field, policy)
            if told is not None:
                start = each.operand.start
                yield Problem(start, start + len(f"{each.operand.name}.{each.field}"), told)


def _in_vain(variable: str, field: str, policy: Policy) -> str | None:
    if variable == "group" and field == "key" and policy.spec.group_by is None:
        return "'group.key' is empty without groupBy: all are one group"
    if variable == "params" and _is_unset(field, policy):
        return f"the parameter '{field}' has no default: add one to params.default"
    return None


def _is_unset(name: str, policy: Policy) -> bool:
    """Whether a parameter may be absent, and nobody asks whether it is."""
    found = field_types(policy.spec.params).get(name)
    asked = f"has(params.{name})"
    texts = (policy.spec.match.where, *expressions(policy))
    return found is not None and found.optional and not any(asked in each for each in texts if each)


def unfilled(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Fixed texts that have a place for a value: the field, what is wrong, what to write."""
    for index, each in enumerate(policy.spec.validations):
        for name, text in (("message", each.message), ("fix", each.fix)):
            found = _PLACES.search(text or "")
            if found is not None:
                problem = f"'{found[0]}' is printed as it stands: '{name}' computes nothing"
                computed = f"{name}Expression: \"'…'.format([…])\""
                yield f"spec.validations[{index}].{name}", problem, f"write {computed}"
