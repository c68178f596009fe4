"""Chains that end where they began."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.graph import cycles
from unit.load.repositories import document
from unit.roadmap.roadmaps import initiative, told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({}, []),
        ({"a": ["b"], "b": ["c"]}, []),
        ({"a": ["a"]}, [["a", "a"]]),
        ({"a": ["b"], "b": ["a"]}, [["a", "b", "a"]]),
        ({"c": ["a"], "b": ["c"], "a": ["b"]}, [["a", "b", "c", "a"]]),
        ({"a": ["b"], "b": ["c", "a"], "c": ["b"]}, [["a", "b", "a"]]),
        ({"x": ["y"], "y": ["x"], "a": ["a"], "m": ["x"]}, [["a", "a"], ["x", "y", "x"]]),
    ],
)
def test_finds_one_path_a_knot(graph: dict[str, list[str]], expected: list[list[str]]) -> None:
    """Each knot is one shortest path from its first name, in the order of names."""
    assert list(cycles(graph)) == expected


names = st.sampled_from("abcdefg")


@given(st.dictionaries(names, st.lists(names, max_size=4), max_size=7))
def test_a_path_is_a_cycle_and_no_cycle_is_missed(graph: dict[str, list[str]]) -> None:
    """Every step of a path exists; a name that reaches itself lies in the knot of a path."""
    found = list(cycles(graph))
    for path in found:
        assert path[0] == path[-1] == min(path)
        assert all(after in graph[before] for before, after in pairwise(path))
    on_cycles = {name for name in graph if name in _reached(graph, name)}
    covered = set().union(
        *(_reached(graph, path[0]) & _reaching(graph, path[0]) for path in found), set()
    )
    assert on_cycles == covered


def _reached(graph: dict[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    pending = list(graph.get(start, ()))
    while pending:
        name = pending.pop()
        if name not in seen:
            seen.add(name)
            pending.extend(graph.get(name, ()))
    return seen


def _reaching(graph: dict[str, list[str]], end: str) -> set[str]:
    return {name for name in "abcdefg" if end in _reached(graph, name)}


def test_a_chain_of_thousands_is_followed() -> None:
    """Depth is no problem."""
    size = 20_000
    graph = {str(n): [str((n + 1) % size)] for n in range(size)}
    (path,) = cycles(graph)
    assert len(path) == size + 1


def test_initiatives_and_goals_are_told_as_a_path(tmp_path: Path) -> None:
    """The finding shows every step, through former names too."""
    found = told(
        tmp_path,
        initiative("b", ", dependsOn: [a]"),
        initiative("a", ", dependsOn: [c]"),
        initiative("c", ", dependsOn: [was-b]"),
        initiative("unrelated", ", dependsOn: [a]", aliases="[was-d]"),
        document("Goal", "g", "{outcome: x, parent: g}"),
    )
    assert [each[2] for each in found if each[0] == "RG013"] == [
        "'g' is its own parent: g → g",
    ]
    found = told(
        tmp_path / "2",
        initiative("b", ", dependsOn: [a]", aliases="[was-b]"),
        initiative("a", ", dependsOn: [c]"),
        initiative("c", ", dependsOn: [was-b]"),
    )
    assert [each[1:3] for each in found if each[0] == "RG013"] == [
        ("spec.dependsOn", "'a' depends on itself: a → c → b → a"),
    ]
