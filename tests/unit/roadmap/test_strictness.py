"""What becomes of Lifecycles: weaker, stronger, or the same in other words."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.model.source import ResourceRef
from roadgate.roadmap.identity import Entry
from roadgate.roadmap.strictness import lifecycle_changes

GATED = {"from": "next", "to": "now", "gates": ["RG101", "RG201"]}
BACK = {"from": "now", "to": "next", "needs": ["pause", "kill"]}
ENTER = {"from": ["exploring", "later"], "to": "next", "gates": ["RG101"]}
LEADS = {"team": "leads", "count": 2}
APPROVED = {**GATED, "approvals": [LEADS]}


def entries(*transitions: dict[str, Any], field: str = "spec.horizon") -> dict[ResourceRef, Entry]:
    """One Lifecycle of these transitions; none without."""
    ref = ResourceRef("Lifecycle", "flow")
    data = {
        "apiVersion": "roadgate/v1",
        "kind": "Lifecycle",
        "metadata": {"name": "flow", "title": "Flow"},
        "spec": {"field": field, "transitions": list(transitions)},
    }
    return {ref: Entry(ref, "roadmap/flow.yaml", data)} if transitions else {}


BASE = (ENTER, APPROVED, BACK)


@pytest.mark.parametrize(
    ("head", "effect", "before", "after"),
    [
        ((ENTER, GATED, BACK), "weaker", "RG101, RG201, 2 of leads", "RG101, RG201"),
        (
            (ENTER, {**APPROVED, "approvals": [{**LEADS, "count": 1}]}, BACK),
            "weaker",
            "2 of leads",
            "1 of leads",
        ),
        ((ENTER, {**APPROVED, "gates": ["RG101"]}, BACK), "weaker", "RG101, RG201", "RG101, 2"),
        ((ENTER, APPROVED, {**BACK, "needs": ["pause", "kill", "pivot"]}), "weaker", "", "pivot"),
        ((*BASE, {"from": "exploring", "to": "now"}), "weaker", "RG101", "exploring to now: free"),
        (
            (ENTER, {**APPROVED, "gates": ["RG101", "RG201", "RG301"]}, BACK),
            "stronger",
            "",
            "RG301",
        ),
        ((ENTER, APPROVED, {**BACK, "needs": ["kill"]}), "stronger", "pause", "kill"),
        ((), "weaker", "exploring to later: no way", "exploring to later: free"),
    ],
)
def test_a_change_of_a_lifecycle(
    head: tuple[dict[str, Any], ...], effect: str, before: str, after: str
) -> None:
    """What is asked for no longer, and which way is opened, makes it weaker."""
    (found,) = lifecycle_changes(entries(*BASE), entries(*head))

    assert (found.what, found.effect) == ("Lifecycle/flow", effect)
    assert before in (found.before or "")
    assert after in (found.after or "")


def test_the_same_in_other_words() -> None:
    """Order and layout do not judge."""
    apart = (
        {"from": "later", "to": ["next"], "gates": ["RG101"]},
        {"from": "exploring", "to": "next", "gates": ["RG101"]},
    )
    head = entries(*apart, {**APPROVED, "gates": ["RG201", "RG101"]}, BACK)

    assert list(lifecycle_changes(entries(ENTER, APPROVED, BACK), head)) == []


def test_a_first_lifecycle_of_a_field() -> None:
    """Where everything was free, it can only be stricter; taken away again, it is weaker."""
    flow = entries({"from": "a", "to": "b", "gates": ["RG101"]}, field="spec.phase")

    assert [each.effect for each in lifecycle_changes({}, flow)] == ["stronger"]
    assert [each.effect for each in lifecycle_changes(flow, {})] == ["weaker"]


def test_nothing_declared() -> None:
    """What is built in is the same on both sides."""
    assert list(lifecycle_changes({}, {})) == []
