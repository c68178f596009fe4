"""Workflows: which way leads from one state to another, and what it asks for."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.model.kinds import Lifecycle
from roadgate.model.workflow import BUILT_IN, Workflow, workflow_of

LEADS = {"team": "product-leads", "count": 1}


def workflow(*transitions: dict[str, Any], field: str = "spec.horizon") -> Workflow:
    """A workflow of these transitions."""
    document = {
        "apiVersion": "roadgate/v1",
        "kind": "Lifecycle",
        "metadata": {"name": "flow", "title": "Flow"},
        "spec": {"field": field, "transitions": list(transitions)},
    }
    return workflow_of(Lifecycle.model_validate(document), None)


AS_BY_EXAMPLE = workflow(
    {"from": ["exploring", "later"], "to": "next", "gates": ["RG101"]},
    {"from": "next", "to": "now", "gates": ["RG101", "RG201"], "approvals": [LEADS]},
    {"from": "now", "to": ["next", "later", "exploring"], "needs": ["pause", "kill"]},
)


@pytest.mark.parametrize(
    ("old", "new", "gates", "needs", "approvals"),
    [
        ("next", "now", ("RG101", "RG201"), (), 1),
        ("exploring", "now", ("RG101", "RG201"), (), 1),
        (None, "now", ("RG101", "RG201"), (), 1),
        (None, "next", ("RG101",), (), 0),
        (None, "later", (), (), 0),
        (None, "exploring", (), (), 0),
        ("now", "later", (), (("pause", "kill"),), 0),
        ("next", "later", ("RG101", "RG201"), (), 0),
        ("exploring", "later", ("RG101", "RG201"), (), 0),
    ],
)
def test_the_way(old: str | None, new: str, gates: Any, needs: Any, approvals: int) -> None:
    """A listed step asks for itself, a longer way for every step; a way round for gates alone."""
    way = AS_BY_EXAMPLE.way(old, new)

    assert way is not None
    assert (way.gates, way.needs, len(way.approvals)) == (gates, needs, approvals)


def test_a_skipped_step_is_not_spared() -> None:
    """Who skips a state still needs the Decision that the skipped step needs."""
    flow = workflow(
        {"from": "draft", "to": "review", "approvals": [LEADS]},
        {"from": "review", "to": "done", "needs": ["commit"], "approvals": [{**LEADS, "count": 2}]},
    )

    way = flow.way("draft", "done")

    assert way is not None
    assert way.needs == (("commit",),)
    assert [(each.team, each.count) for each in way.approvals] == [("product-leads", 2)]


def test_no_way() -> None:
    """Where no listed steps lead, there is none; a state nobody lists leads nowhere."""
    flow = workflow({"from": "a", "to": "b"}, {"from": "b", "to": "c"})

    assert flow.way("c", "a") is None
    assert flow.way("b", "x") is None
    assert flow.way("x", "b") is None
    assert flow.way(None, "x") is None


def test_the_shortest_way() -> None:
    """Of two ways the one with fewer steps counts, and of equals the one that is listed first."""
    flow = workflow(
        {"from": "a", "to": "b", "gates": ["RG101"]},
        {"from": "b", "to": "d", "gates": ["RG201"]},
        {"from": "a", "to": "c", "gates": ["RG301"]},
        {"from": "c", "to": "d"},
    )

    way = flow.way("a", "d")

    assert way is not None
    assert way.gates == ("RG101", "RG201")


def test_onward() -> None:
    """The steps that lead on; back, where none does."""
    assert [each.new for each in BUILT_IN.onward("exploring")] == ["next"]
    assert [each.new for each in BUILT_IN.onward("next")] == ["now"]
    assert [each.new for each in BUILT_IN.onward("now")] == ["next", "later", "exploring"]
