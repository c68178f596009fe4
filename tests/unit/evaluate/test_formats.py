"""Placeholders that do not fit what they are given: told when loaded, as they fail when run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.evaluate.cel import Environment, EvaluationError
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.formats import misfits

VALUES = {"s": "x", "i": 3, "d": 2.5, "b": True, "l": ["x"]}
NAMES = {
    "s": FieldType("string"),
    "i": FieldType("int"),
    "d": FieldType("double"),
    "b": FieldType("bool"),
    "l": FieldType("string", "list"),
}


def environment() -> Environment:
    """An environment with a variable of each type."""
    return base_types().environment(NAMES)


def told(expression: str) -> list[tuple[str, str]]:
    """What is told about an expression, and where."""
    found = misfits(environment().tree(expression))
    return [(expression[each.start : each.end], each.message) for each in found]


@pytest.mark.parametrize(
    ("expression", "part", "message"),
    [
        ("'%d of %d'.format([i])", "'%d of %d'", "has 2 placeholders, and is given 1 value"),
        ("'none'.format([i, i])", "'none'", "has 0 placeholders, and is given 2 values"),
        ("'%d'.format([s])", "s", "'%d' takes no string; write '%s' for it"),
        ("'%s %.1f'.format([i, b])", "b", "'%.1f' takes no bool"),
        ("'%q'.format([s])", "'%q'", "'%q' is no placeholder; there is %s for anything"),
        ("'100%'.format([])", "'100%'", "a single '%' at the end is no placeholder"),
        ("['a'].map(x, '%d'.format([x]))[0]", "x", "'%d' takes no string"),
        ("b ? 'x' : '%d'.format(['y' + s])", "'y' + s"[:1], "'%d' takes no string"),
    ],
)
def test_told(expression: str, part: str, message: str) -> None:
    """Wherever it stands in the expression, with what to write."""
    ((where, text),) = told(expression)
    assert where == part
    assert message in text


@pytest.mark.parametrize(
    "expression",
    [
        "'%s, %d, %.2f, %b, %x and 5 %%'.format([l, i, d, b, s])",
        "s.format([i])",
        "'%s'.format(l)",
        "'%d'.format([dyn(s)])",
        "'%d'.format([b ? 1 : i])",
    ],
)
def test_not_told(expression: str) -> None:
    """What fits, and what only running it can tell."""
    assert told(expression) == []


@given(
    st.lists(st.sampled_from(["%s", "%d", "%.1f", "%f", "%e", "%b", "%x", "%o", "%i", "%%", "a"])),
    st.lists(st.sampled_from(sorted(NAMES)), max_size=4),
)
def test_what_is_told_fails_and_what_is_not_runs(parts: list[str], names: list[str]) -> None:
    """The rules are those of the library; only values too many are ours to tell."""
    expression = f"'{' '.join(parts)}'.format([{', '.join(names)}])"
    env = environment()
    try:
        env.shown(expression, env.activation(VALUES))
    except EvaluationError:
        assert told(expression)
    else:
        assert all("is given" in text for _, text in told(expression))
