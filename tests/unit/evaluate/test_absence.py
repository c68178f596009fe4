"""Expressions that absence alone would make hold."""

from __future__ import annotations

import pytest

from roadgate.evaluate.absence import true, unguarded
from roadgate.evaluate.compiled import variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.functions.declared import NOTHING

GOAL, LIST = "resource.spec.goal", "resource.spec.successCriteria"


def problems(expression: str) -> list[str]:
    """What is told about an expression on an initiative."""
    types = base_types()
    tree = types.environment(variables("change", "Initiative", NOTHING)).tree(expression)
    return [expression[each.start : each.end] for each in unguarded(tree, types.fields)]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (f"{GOAL} != 'x'", [GOAL]),
        (f"!({GOAL} == 'x')", [GOAL]),
        (f"!({GOAL} in ['x', 'y'])", [GOAL]),
        ("'x' != resource.metadata.owner", ["resource.metadata.owner"]),
        (f"{GOAL} == resource.metadata.owner", [GOAL]),
        ("resource.spec.rice.effort != 3.0", ["resource.spec.rice.effort"]),
        (f"{GOAL} != 'x' && resource.spec.horizon == 'now'", [GOAL]),
        (f"resource.spec.horizon == 'now' ? {GOAL} != 'x' : true", [GOAL]),
        (f"{LIST}.all(c, c.by <= '2026-12-31')", [LIST]),
        (f"has(resource.spec.rice) && {LIST}.all(c, c.by <= '2026-12-31')", [LIST]),
        (f"{LIST}.exists(c, c.metric != 'x')", ["c.metric"]),
        (f"size({LIST}.filter(c, c.metric != 'x')) > 0", ["c.metric"]),
        (f"{LIST}.all(c, c.metric != 'x')", [LIST, "c.metric"]),
        ("verdicts.verdict != 'missed'", ["verdicts.verdict"]),
        ("!has(field.effect) || old.spec.goal == new.spec.goal", ["old.spec.goal"]),
        ("lookup('Team', 'x').spec.capacity != 3", ["lookup('Team', 'x').spec.capacity"]),
        (f"{LIST}.all(c, c.by < asOf) || size({LIST}) >= 0", [LIST]),
    ],
)
def test_told(expression: str, told: list[str]) -> None:
    """What holds by absence is told, with the part that may be absent."""
    assert problems(expression) == told


@pytest.mark.parametrize(
    "expression",
    [
        f"has({GOAL}) && {GOAL} != 'x'",
        f"{GOAL} != 'x' && has({GOAL})",
        f"!has({GOAL}) || {GOAL} != 'x'",
        f"has({GOAL}) ? {GOAL} != 'x' : false",
        f"{GOAL} == null || {GOAL} != 'x'",
        f"{GOAL} != null && {GOAL} != 'x'",
        f"{GOAL} in ['a', 'b'] && {GOAL} != 'b'",
        "has(resource.spec.rice) && resource.spec.rice.effort != 3.0",
        "resource.spec.rice.effort > 2.0 && resource.spec.rice.effort != 3.0",
        "resource.spec.status != 'killed'",
        "!(resource.spec.horizon in ['next', 'now'])",
        f"size({LIST}) > 0 && {LIST}.all(c, c.by <= '2026-12-31')",
        f"{LIST}.size() >= 1 && {LIST}.all(c, c.by <= '2026-12-31')",
        f"0 < size({LIST}) && {LIST}.all(c, c.by <= '2026-12-31')",
        f"size({LIST}) != 0 && {LIST}.all(c, c.by <= '2026-12-31')",
        f"size({LIST}) == 0 || {LIST}.all(c, c.by <= '2026-12-31')",
        f"{LIST}.exists(c, c.standing) && {LIST}.all(c, c.by <= '2026-12-31')",
        f"{LIST}.filter(c, c.standing).size() > 1 && {LIST}.all(c, c.by < '2026-12-31')",
        f"!{LIST}.exists(c, c.by > '2026-12-31')",
        f"!{LIST}.all(c, c.by > '2026-12-31')",
        "['a', 'b'].all(x, x != 'c')",
        f"{LIST}.exists(c, has(c.metric) && c.metric != 'x')",
        f"{GOAL} == 'x'",
        f"size({LIST}) > 0 && {LIST}.all(c, has(c.question) || c.metric == 'm')",
        "evidence.map(e, e.computed.participants).sum() >= 5",
    ],
)
def test_not_told(expression: str) -> None:
    """What asks for what must be there, or says that absence is fine, is left alone."""
    assert problems(expression) == []


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("has(field.effect) && has(resource.spec.goal)", []),
        ("has(field.protected) && field.protected", ["resource.spec.goal"]),
        ("resource.spec.horizon == 'now'", ["field.effect", "resource.spec.goal"]),
    ],
)
def test_what_where_makes_sure_of(where: str, told: list[str]) -> None:
    """What a policy's where asks for needs no guard; the fields of a change come together."""
    types = base_types()
    environment = types.environment(variables("change", "Initiative", NOTHING))
    text = "field.effect != 'easier' && resource.spec.goal != 'x'"
    found = unguarded(environment.tree(text), types.fields, true(environment.tree(where)))
    assert [text[each.start : each.end] for each in found] == told
