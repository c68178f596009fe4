"""Typed CEL: what compiles, what has a value, and what is an error."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from roadgate.evaluate.cel import (
    CompileError,
    Environment,
    EvaluationError,
    Types,
    any_value,
    scalar,
    struct,
)
from roadgate.evaluate.environment import base_types, maker
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import NOTHING

SPEC: dict[str, Any] = {"problem": scalar("x"), "horizon": scalar("now")}


@pytest.fixture
def environment() -> Environment:
    """An environment with an initiative and a list of Evidence."""
    return base_types().environment(
        {"resource": FieldType("Initiative"), "evidence": FieldType("Evidence", "list")}
    )


def value(environment: Environment, expression: str, **spec: Any) -> bool | str:
    """An expression's value on an initiative."""
    resource = maker("Initiative")(spec={**SPEC, **spec})
    counts = [{"computed": {"participants": scalar(each)}} for each in (3, 2)]
    evidence = [maker("Evidence")(**each) for each in counts]
    activation = environment.activation({"resource": resource, "evidence": evidence})
    returns = "string" if expression.startswith("'") else "bool"
    return environment.compile(expression, returns).evaluate(activation)


@pytest.mark.parametrize(
    "expression",
    [
        "resource.spec.horizon in ['next', 'now']",
        "evidence.map(e, e.computed.participants).sum() == 5",
        "[1.5, 2.0].sum() == 3.5",
        "evidence.filter(e, false).map(e, e.computed.participants).sum() == 0",
        "days('2026-01-31', '2026-03-01') == 29",
        "addDays('2026-12-31', 1) == '2027-01-01'",
        "!has(resource.spec.committed)",
        "size(resource.spec.successCriteria) == 0",
        "resource.spec.successCriteria.all(c, c.for == 3)",
        "['a', 'b'].join('+') == 'a+b'",
    ],
)
def test_true(environment: Environment, expression: str) -> None:
    """Expressions that policies are made of are true where they should be."""
    assert value(environment, expression) is True


def test_text(environment: Environment) -> None:
    """Text is composed with format."""
    assert value(environment, "'%d of %d'.format([2, 5])") == "2 of 5"


@pytest.mark.parametrize(
    "expression",
    [
        "resource.computed.rice < 1.0",
        "resource.spec.rice.effort < 1.0",
        "resource.spec.committed < '2026-01-01'",
        "days(resource.spec.committed, '2026-01-01') > 3",
        "resource.spec.successCriteria[0].for > 1",
        "addDays('2026-01-01', 99999999) > ''",
        "days('yesterday', '2026-01-01') > 3",
    ],
)
def test_absence_is_an_error(environment: Environment, expression: str) -> None:
    """What is absent, or no date, has no value: it is neither zero nor a pass."""
    with pytest.raises(EvaluationError):
        value(environment, expression)


def test_sum_of_an_absent_number(environment: Environment) -> None:
    """A sum in which a value is absent is unknown."""
    evidence = [maker("Evidence")()]
    program = environment.compile("evidence.map(e, e.computed.participants).sum() >= 0", "bool")
    with pytest.raises(EvaluationError, match="a value is absent"):
        program.evaluate(environment.activation({"evidence": evidence}))


def test_budget(environment: Environment) -> None:
    """An evaluation that takes too many steps ends with an error instead of going on."""
    ids = [{"id": scalar(str(each))} for each in range(300)]
    nested = "resource.spec.successCriteria"
    expression = f"{nested}.all(a, {nested}.all(b, a.id != 'x' || b.id != 'y'))"
    with pytest.raises(EvaluationError, match=r"(?i)budget"):
        value(environment, expression, successCriteria=ids)


@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        ("resource.spec.horizn == 'now'", ["horizn"]),
        ("resource.spec.horizon == 'now' &&\n  resorce.spec.status == 'x'", ["resorce"]),
        ("'日本語 😀' != 'x' && resource.spec.horizn == 'now'", ["horizn"]),
        (
            "resource.spec.horizn == 'now' && nope(3) && resource.spec.x > 3",
            ["horizn", "nope", "x"],
        ),
        ("resource.spec.rice.reach > 3", [">"]),
        ("resource.spec.", [""]),
        ("size(evidence)", ["size(evidence)"]),
    ],
)
def test_compile_errors(environment: Environment, expression: str, parts: list[str]) -> None:
    """What names nothing, compares apples with pears or is no bool is told at its place, each."""
    with pytest.raises(CompileError) as raised:
        environment.compile(expression, "bool")
    assert [expression[each.start : each.end] for each in raised.value.problems] == parts


def test_untyped_text_is_no_verdict(environment: Environment) -> None:
    """An expression that turns out to be a number is an error, not true."""
    program = environment.compile("dyn(3)", "bool")
    with pytest.raises(EvaluationError, match="neither bool nor string"):
        program.evaluate(environment.activation({}))


@pytest.mark.parametrize(
    "expression",
    [
        "p.one.x[0] == 1.0 && p.one.x[1] == null && p.one.x[2] && p.one.x[3].y == 'z'",
        "p.shape.q.r == 2.5",
        "p.many[0] == 'v' && p.many[1][0] == 2.0 && p.many[2].k == 1.0",
        "p.named['a'] == 3.0 && p.named['b'].c == 'd'",
        "has(p.one.x) && !has(p.one.z) && 'x' in p.one && size(p.one.x) == 4",
    ],
)
def test_untyped_values_keep_their_shape(expression: str) -> None:
    """Lists, mappings, numbers and nulls of any depth are read as they were written."""
    types = Types()
    types.declare(
        {
            NOTHING: {},
            "Untyped": {
                "one": FieldType("any"),
                "shape": FieldType("struct"),
                "many": FieldType("any", "list"),
                "named": FieldType("any", "map"),
            },
        }
    )
    message = types.maker("Untyped")(
        one=any_value({"x": [1, None, True, {"y": "z"}]}),
        shape=struct({"q": {"r": Decimal("2.5")}}),
        many=[any_value(each) for each in ("v", [2], {"k": 1})],
        named={"a": any_value(3), "b": any_value({"c": "d"})},
    )
    environment = types.environment({"p": FieldType("Untyped")})
    program = environment.compile(expression, "bool")
    assert program.evaluate(environment.activation({"p": message})) is True
