"""What is no CEL, as people who write policies are told."""

from __future__ import annotations

from typing import Literal

import pytest

from roadgate.evaluate.cel import CompileError
from roadgate.evaluate.compiled import variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.functions.declared import NOTHING
from roadgate.evaluate.syntax import in_words


def told(text: str, returns: Literal["bool", "string"] = "bool") -> list[tuple[str, str]]:
    """What is told about a text, and where."""
    environment = base_types().environment(variables("resource", "Initiative", NOTHING))
    with pytest.raises(CompileError) as raised:
        environment.compile(text, returns)
    found = in_words(text, raised.value.problems, returns)
    return [(text[each.start : each.end], each.message) for each in found]


GOAL = "has(resource.spec.goal)"


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        (f"{GOAL} and true", "and", "write '&&' instead of 'and'"),
        (f"{GOAL} OR true", "OR", "write '||' instead of 'or'"),
        ("resource.spec.horizon = 'next'", "=", "write '==' to compare: '=' sets nothing here"),
        ("resource.spec.horizon <> 'next'", "<>", "write '!=' instead of '<>'"),
        (f"{GOAL} & true", "&", "write '&&' instead of '&'"),
        ("resource.spec.horizon == ${x}", "$", "'$' means nothing here: a value is named as"),
        ("resource.spec.goal is not null", "is", "write '==' instead of 'is', and '!='"),
        ("evidence.exists(e => true)", "=>", "write a comma behind the variable: list.exists(x"),
        ("resource.spec.horizon in ('a', 'b')", "in", "write a list in brackets: in ['a', 'b']"),
        ("if resource.spec.horizon", "if", "write 'condition ? this : that' instead of 'if'"),
        ("has(resource.spec.goal", "l", "a ')' is missing at its end"),
        (f"{GOAL} &&\n ", "&", "something is missing at its end"),
        (f"{GOAL} ? true", "e", "a ':' is missing at its end"),
        (f"{GOAL} true", "true", "'true' cannot stand here: an operator such as && is missing"),
        (
            "has(resource.metadata.labels['a'])",
            "[",
            "has() asks for a field; for an entry of a map",
        ),
        ("resource.spec.horizon == 'next", "'", "a text has no closing quote"),
    ],
)
def test_one_problem_in_words(text: str, part: str, words: str) -> None:
    """Each slip is told once, where it is, with what to write."""
    ((where, said),) = told(text)
    assert where == part
    assert words in said


def test_curly_quotes() -> None:
    """Quotes from a word processor are told with the one that was written."""
    assert told("resource.spec.horizon == \u2018next\u2019")[0] == (
        "\u2018",
        "write straight quotes: ' instead of \u2018",
    )


def test_two_kinds_of_slip() -> None:
    """Different slips are told each by itself, the same one once."""
    found = told("not has(resource.spec.goal) or true or false")
    assert [part for part, _ in found] == ["not", "or"]


def test_words_within_texts_are_left_alone() -> None:
    """What stands in quotes, or is a field, is no operator."""
    ((where, _),) = told("resource.spec.problem == 'this and that = or' not true")
    assert where == "not"


def test_a_plain_text_where_an_expression_is_meant() -> None:
    """A message without quotes is told how texts are written."""
    ((_, said),) = told("no goal is set", "string")
    assert "write '==' instead of 'is'" in said or "a text stands in quotes" in said
    ((where, said),) = told("no goal at all", "string")
    assert where == "goal"
    assert "a text stands in quotes of its own, and under message where it never changes" in said


def test_a_prefix_of_another_language() -> None:
    """Texts with places in them are computed with format."""
    ((_, said),) = told("f'{resource.metadata.name} has none'", "string")
    assert said == "a text has no places for values by itself: write '%s'.format([…])"


def test_other_errors_stay() -> None:
    """What is no matter of syntax is left to those who know the types."""
    ((where, said),) = told("resource.spec.horizn == 'next'")
    assert where == "horizn"
    assert "undefined field" in said
