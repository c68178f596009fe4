"""What compiles in a house policy and cannot be meant: formats, days, names without a value."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.evaluate.policies import compile_alone
from unit.evaluate.policy_world import policy, resource


def told(rule: dict[str, Any]) -> list[tuple[str, str]]:
    """What is told when a house policy is loaded: at which field, and what."""
    _, findings = compile_alone(resource(rule), house=True)
    return [
        (each.field or "", each.message.removeprefix("policy 'ACME001': ")) for each in findings
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            policy("approvedBy('leads') == 'yes'"),
            "'approvedBy' asks about a pull request: write scope: change",
        ),
        (
            policy("group.key == 'x'", scope="portfolio"),
            "'group.key' is empty without groupBy: all are one group",
        ),
        (
            policy(
                "size(evidence) >= params.most",
                params={"schema": {"type": "object", "properties": {"most": {"type": "integer"}}}},
            ),
            "the parameter 'most' has no default: add one to params.default",
        ),
        (
            policy("has(resource.spec.goal)", clause={"message": "'{resource.metadata.name}'"}),
            "'{resource' is printed as it stands: 'message' computes nothing",
        ),
        (
            policy("has(resource.spec.goal)", clause={"message": "no", "fix": "ask %s"}),
            "'%s' is printed as it stands: 'fix' computes nothing",
        ),
    ],
)
def test_in_vain(rule: dict[str, Any], words: str) -> None:
    """A name that has no value in this policy, or a place that nobody fills, is told."""
    ((_, said),) = told(rule)
    assert said == words


def test_not_in_vain() -> None:
    """A parameter that is asked for first may be absent; braces and percents may be meant."""
    asked = policy(
        "!has(params.most) || size(evidence) >= params.most",
        params={"schema": {"type": "object", "properties": {"most": {"type": "integer"}}}},
        clause={"message": "less than 50 %, as {concerns: {policy: RG101}} says"},
    )
    assert told(asked) == []
    assert told(policy("approvedBy('leads') == 'yes'", scope="change")) == []
