"""Moves by a declared Lifecycle: what allows them, and what refuses them."""

from __future__ import annotations

from typing import Any

import pytest

from unit.roadmap.changes import change, resource

FLOW = resource(
    "Lifecycle",
    "services",
    {
        "field": "spec.lifecycle",
        "transitions": [
            {"from": "idea", "to": "build"},
            {"from": "build", "to": "production", "needs": ["commit"]},
        ],
    },
)


def service(state: str, name: str = "runner", **metadata: Any) -> dict[str, Any]:
    """A service in a state."""
    return resource("Service", name, {"tier": 1, "lifecycle": state}, **metadata)


def decided(date: str, of: str = "commit", about: str = "Service/runner") -> dict[str, Any]:
    """A Decision about a service."""
    spec = {"type": of, "concerns": {"resource": about}, "date": date, "by": ["vp"]}
    return resource("Decision", "go", {**spec, "because": "It is ready."})


def told(base: list[dict[str, Any]], head: list[dict[str, Any]]) -> list[str]:
    """The findings about moves, as of 20 June."""
    found = change([FLOW, *base], [FLOW, *head]).findings
    return [each.id for each in found if each.id in ("RG087", "RG088", "RG089")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("idea", "build", []),
        ("build", "production", ["RG087"]),
        ("idea", "production", ["RG087"]),
        ("production", "build", ["RG089"]),
        ("build", "retiring", ["RG089"]),
        ("build", "build", []),
    ],
)
def test_a_move(before: str, after: str, expected: list[str]) -> None:
    """A listed step asks for its own, a longer way for every step, and no way is refused."""
    assert told([service(before)], [service(after)]) == expected


def test_a_decision_of_the_base() -> None:
    """It has counted once, for the change that brought it."""
    decision = decided("2026-06-10")
    base = [service("build"), decision]
    assert told(base, [service("production"), decision]) == ["RG087"]


@pytest.mark.parametrize(
    "decision",
    [
        decided("2026-05-10"),
        decided("2026-06-30"),
        decided("2026-06-10", of="continue"),
        decided("2026-06-10", about="Service/other"),
    ],
)
def test_a_decision_that_allows_nothing(decision: dict[str, Any]) -> None:
    """One that is too old, of another day, of another type or about something else."""
    assert told([service("build")], [service("production"), decision]) == ["RG087"]


def test_a_decision_that_comes_with_the_move() -> None:
    """It counts for the move that it is about; its approval is told on its own account."""
    base, head = [service("build")], [service("production"), decided("2026-06-18")]

    assert told(base, head) == []
    assert "RG045" not in [each.id for each in change([FLOW, *base], [FLOW, *head]).findings]


def test_what_is_born_and_what_is_renamed() -> None:
    """What is new comes from the first state; a new name with an alias is the same service."""
    assert told([], [service("idea")]) == []
    assert told([], [service("production")]) == ["RG087"]
    renamed = service("build", "fast-runner", aliases=["runner"])
    assert told([service("build")], [renamed]) == []


def test_the_lifecycle_of_the_head_judges_nothing() -> None:
    """What the change brings counts after the merge."""
    found = change([service("build")], [FLOW, service("production")])

    assert [each.id for each in found.findings if each.id == "RG087"] == []
