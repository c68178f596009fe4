"""Compile errors in the words of those who write policies."""

from __future__ import annotations

import pytest

from roadgate.evaluate.cel import CompileError
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.hints import reword, reword_evaluation, suggestion


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (
            "resource.spec.horizn == 'now'",
            "no field 'horizn' on Initiative.spec; did you mean 'horizon'?",
        ),
        ("resorce.spec.horizon == 'now'", "nothing is called 'resorce'; did you mean 'resource'?"),
        (
            "resource.computed.rice > 3",
            "'>' does not take (double, int); write a number that is compared with a double as 3.0",
        ),
        ("resource.spec > 3", "'>' does not take (Initiative.spec, int)"),
        ("resource.spec.rice.x > 3.0", "no field 'x' on Rice; there is confidence, effort, impact"),
        ("size(resource) > 1", "'size' does not take (Initiative)"),
    ],
)
def test_reword(expression: str, words: str) -> None:
    """An error says what is wrong, and what was probably meant."""
    types = base_types()
    environment = types.environment({"resource": FieldType("Initiative")})
    with pytest.raises(CompileError) as raised:
        environment.compile(expression, "bool")
    assert words in reword(raised.value.problems[0].message, types.fields, ["resource"])


def test_nothing_to_suggest() -> None:
    """Where there is nothing, nothing is suggested."""
    assert suggestion("x", ()) == ""


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (
            "No matching overloads found : _<_(null_type, string)",
            "'<' is asked of something that is absent",
        ),
        (
            "No matching overloads found : (null_type).startsWith(string)",
            "'startsWith' is asked of something that is absent",
        ),
        (
            "No matching overloads found : days(null_type, string)",
            "'days' is asked of something that is absent",
        ),
        (
            "No matching overloads found : _<_(string, int64)",
            "'<' does not take what it is given: _<_(string, int64)",
        ),
        ("Iteration budget exceeded", "it takes more steps than the budget of 10,000"),
    ],
)
def test_reword_evaluation(raw: str, words: str) -> None:
    """An expression without a value says what it was asked of."""
    assert reword_evaluation(raw) == words
