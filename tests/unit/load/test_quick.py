"""The quick reader: whatever it answers, the careful one says too."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadgate.load import yaml_text
from roadgate.load.limits import DEFAULT, Limits
from roadgate.load.quick import quick

ROOT = Path(__file__).parents[3]
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in ("examples", "policies", "tests/unit/schemas")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
]
PIECES = (
    *("\n", "\n  ", "\n- ", "\n  - ", "\n\n", "  ", " ", ": ", ":", "- ", ", ", ",", "{", "}"),
    *("[", "]", "#", " #", "'", '"', "'y'", '"x: y"', "a", "a: b", "b", "null", "~", "no", "True"),
    *("0", "012", "0x1F", "0b1", "1_0", "_1", ".5", "1.5", "1e3", "-1", "99999999999999999999"),
    *("2026-07-31", "12:30", "80 %", '">= 80 %"', "&x", "*x", "!x", "|", ">", "?", "%", "@", "`"),
    *("---", "...", "<<", "é", "日本", "\u00a0", "\u3000", "\t", "\r\n", "\\n", '"\\u0041"'),
)
mutated = st.builds(
    lambda text, start, length, piece: (
        text[: start % (len(text) + 1)] + piece + text[start % (len(text) + 1) + length :]
    ),
    st.sampled_from(TEXTS),
    st.integers(min_value=0, max_value=4_000),
    st.integers(min_value=0, max_value=8),
    st.sampled_from(PIECES),
)
assembled = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def careful(text: str) -> str:
    """What the careful reader makes of a text."""
    documents, findings = yaml_text.carefully(text, "p", DEFAULT)
    return repr(([each.data for each in documents], findings))


@settings(max_examples=600, deadline=None)
@given(mutated | assembled)
def test_the_quick_reader_never_differs(text: str) -> None:
    """Where it has an answer at all, the careful one has the same and finds nothing wrong."""
    answer = quick(text, DEFAULT)
    if answer is not None:
        assert careful(text) == repr(([answer], []))


def test_plain_files_are_read_quickly() -> None:
    """A usual file of a large roadmap is in no doubt."""
    text = (
        "apiVersion: roadgate/v1\nkind: Initiative\n"
        "metadata: {name: x, title: 日本, labels: {a: b}}\n"
        "spec:\n  problem: Waiting.\n  horizon: now\n  successCriteria:\n"
        '    - {id: a, metric: m, target: ">= 80 %", by: 2026-07-31}\n'
    )
    assert quick(text, DEFAULT) is not None
    assert careful(text) == repr(([quick(text, DEFAULT)], []))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n",
        "a: 1.5\n",
        "a: 1\na: 2\n",
        "a: !!str 1\n",
        "a: 1\n---\nb: 2\n",
        "1: a\n",
        "- a\n",
        "",
        "a: 1_000\n",
        "a: {b: c",
        "a: " + "[" * 2_000 + "]" * 2_000,
        "x: y\n" * 40_000,
    ],
)
def test_in_doubt_there_is_no_answer(text: str) -> None:
    """What needs a position, an exact number, a limit or a finding is left to the careful one."""
    assert quick(text, DEFAULT) is None


def test_a_lowered_limit_counts() -> None:
    """Nesting is held to the project's own limit."""
    assert quick("a: {b: {c: 1}}", Limits(nesting=3)) is not None
    assert quick("a: {b: {c: 1}}", Limits(nesting=2)) is None


@given(mutated)
def test_what_is_read_quickly_can_be_handed_over(text: str) -> None:
    """What a copy of the process writes down is read as the same data."""
    answer = quick(text, DEFAULT)
    read = marshal.loads(marshal.dumps(answer))  # noqa: S302 - written a moment ago
    assert repr(read) == repr(answer)
