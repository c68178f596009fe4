"""Portfolio policies: the roadmap as a whole, or group by group."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.evaluate.suppression import suppress
from roadgate.model.finding import Status
from roadgate.model.source import ResourceRef
from unit.evaluate.policy_world import (
    TODAY,
    compiled,
    decision,
    document,
    initiative,
    policy,
    roadmap,
    run,
    said,
)


def owned(name: str, owner: str, **spec: Any) -> dict[str, Any]:
    """A commitment with an owner."""
    made = initiative(name, "now", status="active", **spec)
    made["metadata"]["owner"] = owner
    return made


def grouped(expression: str, message: str, by: str | None = "owner", **spec: Any) -> dict[str, Any]:
    """A portfolio policy about initiatives that groups them."""
    told = {"groupBy": by} if by else {}
    return policy(
        expression,
        scope="portfolio",
        clause={"messageExpression": message, **spec.pop("clause", {})},
        **told,
        **spec,
    )


CORE = document("Team", "core", capacity=3)


def test_each_group_by_itself() -> None:
    """A policy is evaluated once a group, and points to what the group is named after."""
    rule = grouped("group.resources.size() <= 1", "group.key + ' has ' + group.resources.named()")
    found = run(rule, CORE, owned("a", "core"), owned("b", "core"), owned("c", "edge"))
    assert [(each.resource, each.message) for each in found.findings] == [
        (ResourceRef("Team", "core"), "core has 'a', 'b'")
    ]
    assert found.evaluations == 2


def test_where_chooses_the_members() -> None:
    """``where`` is asked of each resource by itself, before the groups are made."""
    match = {"kinds": ["Initiative"], "where": "resource.spec.horizon == 'now'"}
    rule = grouped("false", "group.resources.named()", by=None, match=match)
    found = run(rule, owned("a", "core"), initiative("b"))
    assert said(found.findings, "ACME001") == ["'a'"]


def test_a_member_of_which_nobody_can_tell() -> None:
    """Where ``where`` has no value for a resource, that is an error, never a resource less."""
    match = {"kinds": ["Initiative"], "where": "resource.spec.rice.effort > 1.0"}
    found = run(grouped("true", "'x'", match=match), owned("a", "core"))
    assert [each.status for each in found.findings if each.id == "ACME001"] == [Status.ERROR]


def test_one_group_of_all_is_judged_when_it_is_empty() -> None:
    """Without groupBy there is always one group, which may be asked not to be empty."""
    rule = grouped("group.resources.size() > 0", "'nothing is there'", by=None)
    assert said(run(rule, CORE).findings, "ACME001") == ["nothing is there"]


def test_several_values_are_several_groups() -> None:
    """An initiative with two metrics counts in the group of each."""
    criteria = [
        {"id": each, "metric": each, "target": ">= 1", "by": "2026-12-31"} for each in ("m", "n")
    ]
    rule = grouped("false", "group.key", by="metric")
    found = run(rule, owned("a", "core", successCriteria=criteria))
    assert said(found.findings, "ACME001") == ["m", "n"]


def test_a_former_name_is_the_same_group() -> None:
    """Whoever names a Team as it was once called is in the group of the Team."""
    team = document("Team", "core")
    team["metadata"]["aliases"] = ["kernel"]
    rule = grouped("false", "group.resources.named()")
    found = run(rule, team, owned("a", "core"), owned("b", "kernel"))
    assert said(found.findings, "ACME001") == ["'a', 'b'"]


def test_pointing_to_a_member() -> None:
    """A clause may point to another resource than the one that its group is named after."""
    clause = {
        "atExpression": "'Initiative/' + group.resources[0].metadata.name",
        "at": "spec.horizon",
    }
    rule = grouped("false", "'too many'", by="horizon", clause=clause)
    (found,) = run(rule, owned("a", "core")).findings
    assert (found.resource, found.field) == (ResourceRef("Initiative", "a"), "spec.horizon")


def test_pointing_to_nothing() -> None:
    """Where a clause points to what is not there, the finding stays, and says so."""
    rule = grouped("false", "'too many'", clause={"atExpression": "'Initiative/nobody'"})
    (found,) = run(rule, CORE, owned("a", "core")).findings
    assert found.resource == ResourceRef("Team", "core")
    assert found.message == "too many (where is not known: Initiative/nobody)"


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        ("ownr", "Initiative cannot be grouped by 'ownr'; did you mean 'owner'?"),
        ("spec.goall", "no field 'goall' on Initiative.spec; did you mean 'goal'?"),
        ("spec.rice", "'spec.rice' holds no plain value"),
        ("metadata.labels", "'metadata.labels' names no entry of 'labels', such as labels.area"),
    ],
)
def test_a_field_that_does_not_exist(by: str, problem: str) -> None:
    """A typo in groupBy is an error at its field when the policy is loaded."""
    _, findings = compiled(grouped("true", "'x'", by=by))
    assert [(each.field, each.message) for each in findings] == [
        ("spec.groupBy", f"policy 'ACME001': {problem}")
    ]


@pytest.mark.parametrize("at", ["spec.wip", "spec.horizon"])
def test_where_a_group_is_pointed_to(at: str) -> None:
    """A group's finding points to a field of what it is named after, or of what is in it."""
    assert compiled(grouped("true", "'x'", clause={"at": at}))[1] == []


def test_a_group_is_pointed_to_nowhere() -> None:
    """A typo in the field that a group's finding points to is an error when it is loaded."""
    _, findings = compiled(grouped("true", "'x'", clause={"at": "spec.wpi"}))
    assert [(each.field, each.message) for each in findings] == [
        (
            "spec.validations[0].at",
            "policy 'ACME001': no field 'wpi' on Team.spec; did you mean 'wip'?",
        )
    ]


def test_labels_and_plain_fields() -> None:
    """A label or a field of the kind may make the groups."""
    labelled = owned("a", "core")
    labelled["metadata"]["labels"] = {"area": "ci"}
    for by, key in (("metadata.labels.area", "ci"), ("status", "active"), ("horizon", "now")):
        assert said(run(grouped("false", "group.key", by=by), labelled).findings, "ACME001") == [
            key
        ]


def test_demand_and_capacity() -> None:
    """What a team has taken on in a quarter can be held against what it can do."""
    spec = {
        "committed": "2026-07-01",
        "rice": {"reach": 1, "impact": 1, "confidence": 100, "effort": 4},
        "milestones": [{"id": "end", "title": "End", "due": "2026-09-30"}],
    }
    rule = grouped(
        "demand(group.key, quarter(asOf)) <= team(group.key).spec.capacity",
        "'%s: %.1f of %.1f'.format([group.key, demand(group.key, quarter(asOf)), "
        "team(group.key).spec.capacity])",
    )
    found = run(rule, CORE, owned("a", "core", **spec))
    assert said(found.findings, "ACME001") == ["core: 4.0 of 3.0"]
    spec["milestones"][0]["due"] = "2026-12-31"  # type: ignore[index]
    assert said(run(rule, CORE, owned("a", "core", **spec)).findings, "ACME001") == []


def test_demand_without_rice_is_unknown() -> None:
    """A commitment whose effort nobody knows is no commitment of zero."""
    rule = grouped("demand(group.key, '2026-Q3') >= 0.0", "'x'")
    (found,) = run(rule, CORE, owned("a", "core")).findings
    assert found.status is Status.ERROR
    assert "'a' has no rice, so that its effort is unknown" in found.message


def test_a_waiver_of_a_group() -> None:
    """A group that is named after a Team can be set aside for the Team."""
    documents = (
        CORE,
        owned("a", "core"),
        decision(
            "busy", "waive", {"policy": "ACME001", "resource": "Team/core"}, until="2026-12-31"
        ),
    )
    found = run(grouped("false", "'x'"), *documents)
    judged = suppress(found.findings, roadmap(*documents), TODAY, used=found.used)
    assert said(judged, "ACME001") == []


def test_no_group_is_empty() -> None:
    """With groupBy a group has a member, so that ``all`` needs no guard; without, it does."""
    for by, codes in (("owner", []), (None, ["RG073"])):
        _, findings = compiled(grouped("group.resources.all(r, has(r.spec.rice))", "'x'", by=by))
        assert [each.id for each in findings] == codes
