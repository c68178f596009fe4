"""Where to look: which words of a policy see beyond what its resource is linked with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.computed import COMPUTED
from roadgate.evaluate.focus import FAR, FAR_FACTS, Focus
from roadgate.model.source import ResourceRef
from unit.evaluate.policy_world import compiled, policy

if TYPE_CHECKING:
    from roadgate.evaluate.compiled import CompiledPolicy

NEAR_FACTS = {
    *("rice", "criteria", "thresholds", "roles", "unpaired", "deadline", "firstCheck"),
    *("newestEvidence", "lastReview", "participants", "effect", "significance", "outputMetrics"),
    "measured",
}
"""Computed from the resource, its observations, and what it is linked with."""
NARROW = Focus(frozenset({ResourceRef("Initiative", "a")}), wide=False)
WIDE = Focus(NARROW.refs, wide=True)


def test_every_computed_value_is_near_or_far() -> None:
    """Whoever computes something new says whether it looks at resources that are not linked."""
    computed = {name for names in COMPUTED.values() for name in names}

    assert computed == NEAR_FACTS | FAR_FACTS


def test_lookups_are_far() -> None:
    """A function that finds other resources sees all of them."""
    assert {"verdict", "demand", "lookup"} <= FAR


def test_a_policy_that_looks_at_its_resource() -> None:
    """It is asked about what is near, whatever has changed."""
    rule = _house("has(resource.metadata.owner)")

    assert not NARROW.is_far(rule)
    assert not WIDE.is_far(rule)


def test_a_policy_that_looks_at_everything() -> None:
    """It is asked about every resource."""
    rule = _house("roadmap.initiatives.size() > 0")

    assert NARROW.is_far(rule)


def _house(expression: str) -> CompiledPolicy:
    policies, _ = compiled(policy(expression))
    return next(each for each in policies.policies if each.house)
