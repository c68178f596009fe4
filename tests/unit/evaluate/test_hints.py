"""Compile errors in the words of those who write policies."""

from __future__ import annotations

import pytest

from roadgate.evaluate.cel import CompileError
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.table import FUNCTION_NAMES
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
        ("resource.horizon == 'now'", "on Initiative; did you mean 'spec.horizon'?"),
        ("resource.spec.horizon == next", "'next'; a text stands in quotes: 'next'"),
        ("resource.spec.committed < today", "write asOf, the day judged"),
        ("old.spec.horizon == 'now'", "'old' is there in scope change only"),
        ("group.key == 'x'", "'group' is there in scope portfolio with match.kinds only"),
        ("resource.spec.evidence == 'x'", "with 'in': 'x' in list"),
        ("resource.spec.evidence.length > 0", "a list has no fields: ask size(list)"),
        ("resource.spec.problem - 'x' > 3", "days(from, to) counts the days"),
        ("resource.spec.review.every <= '30d'", "a duration as its number of days"),
        ("1 < size(resource.spec.evidence) < 5", "two comparisons are joined: 1 < x && x < 5"),
        ("'%s' % resource.metadata.name == 'x'", "write '%s'.format([…])"),
        ("'%s'.format(resource.metadata.name) == 'x'", "its values stand in brackets"),
        ("'n ' + size(resource.spec.evidence) == 'x'", "with string(…), or write '… %d'"),
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


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("len(resource.spec.evidence) > 1", "nothing is called 'len'; write size(…)"),
        ("resource.spec.evidence.any(e, true)", "write list.exists(x, …)"),
        ("evidence.all(true)", "write list.all(x, …) with a name for each item"),
        ("days('2026-01-01') > 1", "what it is given; write days(from string, to string)"),
        ("evidence.topByRice() == evidence", "write list(Initiative).topByRice(n int)"),
        ("weekdy('2026-01-01') == 'friday'", "did you mean 'weekday'?"),
    ],
)
def test_what_is_called(expression: str, words: str) -> None:
    """A function that is not there, or that is given something else, is told how it is written."""
    types = base_types()
    names = {"resource": FieldType("Initiative"), "evidence": FieldType("Initiative", "list")}
    with pytest.raises(CompileError) as raised:
        types.environment(names).compile(expression, "bool")
    problems = raised.value.problems
    assert any(words in reword(each.message, types.fields, FUNCTION_NAMES) for each in problems)


def test_a_hyphen_takes_a_name_from_another() -> None:
    """``resource.kep-number`` is a difference to CEL: the index that was meant is told."""
    fields = {"KEP_1": {"kep_number": FieldType("int", written="kep-number")}}
    message = "undefined field 'kep' not found in struct 'roadgate.KEP_1'"
    assert reword(message, fields, ["resource"]).endswith('; write ["kep-number"]')
