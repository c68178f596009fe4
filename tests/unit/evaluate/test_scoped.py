"""Bindings for the resources of some labels or owners."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.evaluate.policies import PolicyRun, evaluate
from roadgate.model.change import Change
from roadgate.model.finding import Enforcement, Severity
from unit.evaluate.policy_world import (
    TODAY,
    compiled,
    config,
    document,
    initiative,
    policy,
    roadmap,
)

LIMIT = {
    "schema": {"type": "object", "properties": {"most": {"type": "integer"}}},
    "default": {"most": 5},
}
RULE = policy(
    "params.most > 5",
    params=LIMIT,
    clause={"messageExpression": "'%d is not enough'.format([params.most])"},
)


def labelled(name: str, owner: str = "", **labels: str) -> dict[str, Any]:
    """An initiative with labels and an owner."""
    made = initiative(name)
    made["metadata"] |= {"labels": labels, **({"owner": owner} if owner else {})}
    return made


CI, WEB = labelled("ci", "core", area="ci"), labelled("web", "edge", area="web")
CORE = document("Team", "core")


def bound(*bindings: dict[str, Any], rule: dict[str, Any] = RULE, **more: Any) -> PolicyRun:
    """A house policy, bound and evaluated on two initiatives and a Team."""
    settings = config(policies={"bindings": [{"policy": "ACME001", **each} for each in bindings]})
    policy_set, findings = compiled(rule, settings=settings)
    assert not [each for each in findings if each.severity is Severity.ERROR], findings
    return evaluate(policy_set, roadmap(CI, WEB, CORE), None, None, None, TODAY, **more)


def told(run: PolicyRun) -> dict[str, tuple[str, str]]:
    """Severity and enforcement of the findings, by resource."""
    return {
        each.resource.name: (each.severity.value, each.enforcement.value)
        for each in run.findings
        if each.id == "ACME001" and each.resource is not None
    }


def test_by_label() -> None:
    """A binding for a label binds what has it, and nothing else."""
    found = told(bound({"match": {"labels": {"area": "ci"}}, "enforcement": "mandatory"}))
    assert found == {"ci": ("error", "mandatory"), "web": ("error", "overridable")}


def test_by_owner_with_other_parameters() -> None:
    """Parameters and severity may differ by owner."""
    found = bound(
        {"match": {"owners": ["core"]}, "params": {"most": 6}},
        {"match": {"labels": {"area": "web"}}, "severity": "notice"},
    )
    assert told(found) == {"web": ("notice", "overridable")}


def test_special_after_general_and_the_last_one_wins() -> None:
    """What is for some goes before what is for all, wherever it stands; of those, the last one."""
    found = bound(
        {"match": {"owners": ["core"]}, "severity": "notice", "enforcement": "advisory"},
        {"match": {"labels": {"area": "ci"}}, "severity": "warning"},
        {"enforcement": "mandatory"},
    )
    assert told(found) == {"ci": ("warning", "advisory"), "web": ("error", "mandatory")}


def test_disabled_for_some() -> None:
    """A policy may be disabled for some, which is not evaluated and is told."""
    match = {"labels": {"area": "ci"}}
    found = bound({"match": match, "enforcement": "disabled", "because": "they move"})
    assert told(found) == {"web": ("error", "overridable")}
    assert found.matched == {"ACME001": 1}


def test_only_for_some() -> None:
    """A policy that is disabled for all may be on for some."""
    found = bound(
        {"enforcement": "disabled", "because": "only core tries it"},
        {"match": {"owners": ["core"]}, "enforcement": "advisory"},
    )
    assert told(found) == {"ci": ("warning", "advisory")}


def test_a_change_cannot_label_itself_out() -> None:
    """Whether a binding is for a resource is read from base, where the resource is there."""
    settings = config(
        policies={
            "bindings": [
                {
                    "policy": "ACME001",
                    "match": {"labels": {"area": "ci"}},
                    "enforcement": "mandatory",
                }
            ]
        }
    )
    policy_set, _ = compiled(RULE, settings=settings)
    moved = roadmap(labelled("ci", "core", area="web"), CORE)
    change = Change("b" * 40, "b" * 40, "a" * 40)
    run = evaluate(policy_set, moved, None, change, None, TODAY, base=roadmap(CI, CORE))
    assert [each.enforcement for each in run.findings if each.id == "ACME001"] == [
        Enforcement.MANDATORY
    ]


@pytest.mark.parametrize(
    ("match", "code", "field", "message"),
    [
        (
            {"labels": {"area": "cii"}},
            "RG074",
            "spec.policies.bindings[0].match",
            "the binding of 'ACME001' for 'area: cii' matches no resource; did you mean 'ci'?",
        ),
        (
            {"labels": {"aera": "ci"}},
            "RG074",
            "spec.policies.bindings[0].match",
            "the binding of 'ACME001' for 'aera: ci' matches no resource; did you mean 'area'?",
        ),
        (
            {"owners": ["coer"], "labels": {"area": "ci"}},
            "RG031",
            "spec.policies.bindings[0].match.owners[0]",
            "no Team 'coer'; did you mean 'core'?",
        ),
    ],
)
def test_slips(match: dict[str, Any], code: str, field: str, message: str) -> None:
    """A match that names what is not there, or matches nothing, is told at its place."""
    found = bound({"match": match, "severity": "notice"})
    assert (code, field, message) in [
        (each.id, each.field, each.message) for each in found.findings
    ]


@pytest.mark.parametrize(
    ("bindings", "rule", "field", "message"),
    [
        ([{"match": {}}], RULE, "[0].match", "'match' names nothing"),
        (
            [{"match": {"owners": ["core"]}}],
            policy("true", scope="portfolio"),
            "[0].match",
            "'ACME001' judges resources together: it cannot be bound for some of them",
        ),
        (
            [{"match": {"owners": ["core"]}}, {"match": {"owners": ["core"]}}],
            RULE,
            "[1].policy",
            "policy 'ACME001' is bound twice for 'owner core'",
        ),
        (
            [{"match": {"owners": ["core"]}, "params": {"mst": 1}}],
            RULE,
            "[0].params.mst",
            "policy 'ACME001': no parameter 'mst'; did you mean 'most'?",
        ),
    ],
)
def test_what_means_nothing(
    bindings: list[dict[str, Any]], rule: dict[str, Any], field: str, message: str
) -> None:
    """A match that cannot mean anything is an error at its place."""
    settings = config(policies={"bindings": [{"policy": "ACME001", **each} for each in bindings]})
    _, findings = compiled(rule, settings=settings)
    assert [(each.id, each.field, each.message) for each in findings] == [
        ("RG031", f"spec.policies.bindings{field}", message)
    ]
