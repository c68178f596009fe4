"""What a pull request would do to the judge itself."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.model.finding import Severity
from roadgate.model.kinds import Config
from roadgate.roadmap.judge import judge_changes
from unit.roadmap.changes import BASE, SHIPPED, change, context, decision, resource


def config(**spec: Any) -> dict[str, Any]:
    """The settings of one side."""
    return {"apiVersion": "roadgate/v1", "kind": "Config", "spec": spec}


def binding(**fields: Any) -> dict[str, Any]:
    """The settings with one binding."""
    return config(policies={"bindings": [{"policy": "RG101", **fields}]})


def pack(**fields: Any) -> Any:
    """Settings with one binding of a pack."""
    return config(policies={"bindings": [{"pack": "evidence", **fields}]})


POLICY = resource(
    "Policy",
    "owned",
    {
        "id": "ACME001",
        "rationale": "Owners answer.",
        "severity": "warning",
        "validations": [{"expression": "has(resource.metadata.owner)", "message": "no owner"}],
    },
)


def policy(**spec: Any) -> dict[str, Any]:
    """The house policy with other values."""
    return {**POLICY, "spec": {**POLICY["spec"], **spec}}


OTHER = [{"expression": "true", "message": "no owner"}]
CLAUSES = POLICY["spec"]["validations"]
WORDED = [{**each, "message": "nobody answers", "fix": "name a Team"} for each in CLAUSES]
FREEZE = [{"from": "2026-12-20", "to": "2027-01-03"}]


@pytest.mark.parametrize(
    ("base", "head", "what", "effect"),
    [
        (config(), config(ignore=["roadmap/x*"]), "spec.ignore", "weaker"),
        (config(ignore=["a", "b"]), config(ignore=["b"]), "spec.ignore", "stronger"),
        (config(ignore=["a", "b"]), config(ignore=["b", "a"]), "spec.ignore", "neutral"),
        (
            config(paths={"roadmap": ["roadmap", "more"]}),
            config(paths={"roadmap": ["roadmap"]}),
            "spec.paths.roadmap",
            "weaker",
        ),
        (
            config(),
            config(paths={"roadmap": ["roadmap", "more"]}),
            "spec.paths.roadmap",
            "stronger",
        ),
        (
            config(),
            config(paths={"measurements": "numbers"}),
            "spec.paths.measurements",
            "weaker",
        ),
        (config(), config(policies={"presets": ["strict"]}), "spec.policies.presets", "stronger"),
        (config(), config(policies={"presets": ["none"]}), "spec.policies.presets", "weaker"),
        (config(), pack(enforcement="advisory"), "spec.policies.bindings.RG101", "weaker"),
        (config(), pack(enforcement="mandatory"), "spec.policies.bindings.RG101", "stronger"),
        (
            pack(enforcement="mandatory"),
            pack(enforcement="overridable"),
            "spec.policies.bindings.RG101.enforcement",
            "weaker",
        ),
        (
            pack(enforcement="advisory"),
            config(
                policies={
                    "bindings": [
                        {"pack": "evidence", "enforcement": "advisory"},
                        {"policy": "RG101", "enforcement": "mandatory"},
                    ]
                }
            ),
            "spec.policies.bindings.RG101.enforcement",
            "stronger",
        ),
        (
            config(),
            binding(enforcement="disabled", because="later"),
            "spec.policies.bindings.RG101",
            "weaker",
        ),
        (config(), binding(enforcement="mandatory"), "spec.policies.bindings.RG101", "stronger"),
        (
            config(),
            binding(enforcement="mandatory", **{"from": "2026-07-01"}),
            "spec.policies.bindings.RG101",
            "weaker",
        ),
        (
            binding(enforcement="advisory"),
            binding(enforcement="mandatory"),
            "spec.policies.bindings.RG101.enforcement",
            "stronger",
        ),
        (
            binding(enforcement="mandatory"),
            binding(enforcement="advisory"),
            "spec.policies.bindings.RG101.enforcement",
            "weaker",
        ),
        (
            binding(**{"from": "2026-06-01"}),
            binding(**{"from": "2026-05-01"}),
            "spec.policies.bindings.RG101.from",
            "stronger",
        ),
        (
            binding(**{"from": "2026-06-01"}),
            binding(**{"from": "2026-07-01"}),
            "spec.policies.bindings.RG101.from",
            "weaker",
        ),
        (
            binding(params={"minInterviews": 8}),
            binding(params={"minInterviews": 1}),
            "spec.policies.bindings.RG101.params.minInterviews",
            "weaker",
        ),
        (
            binding(params={"minInterviews": 1}),
            binding(params={"minInterviews": 8}),
            "spec.policies.bindings.RG101.params.minInterviews",
            "stronger",
        ),
        (
            binding(params={"maxAge": 60}),
            binding(params={"maxAge": 30}),
            "spec.policies.bindings.RG101.params.maxAge",
            "stronger",
        ),
        (
            binding(params={"minTeams": 2}),
            binding(params={"minTeams": 3}),
            "spec.policies.bindings.RG101.params.minTeams",
            "weaker",
        ),
        (
            config(),
            binding(params={"minInterviews": 8}),
            "spec.policies.bindings.RG101",
            "stronger",
        ),
        (
            config(),
            binding(params={"minInterviews": 4}),
            "spec.policies.bindings.RG101",
            "weaker",
        ),
        (
            config(),
            binding(params={"minInterviews": 8}, enforcement="advisory"),
            "spec.policies.bindings.RG101",
            "weaker",
        ),
        (
            config(),
            binding(params={"minInterviews": 5}),
            "spec.policies.bindings.RG101",
            "neutral",
        ),
        (
            binding(params={"minInterviews": 8}),
            config(),
            "spec.policies.bindings.RG101",
            "weaker",
        ),
        (
            binding(enforcement="disabled", because="later"),
            config(),
            "spec.policies.bindings.RG101",
            "stronger",
        ),
        (
            config(policies={"presets": ["none"]}),
            config(policies={"presets": ["none"], "bindings": [{"policy": "RG101"}]}),
            "spec.policies.bindings.RG101",
            "stronger",
        ),
        (
            config(policies={"presets": ["none"], "bindings": [{"policy": "RG101"}]}),
            config(policies={"presets": ["none"]}),
            "spec.policies.bindings.RG101",
            "weaker",
        ),
        (
            config(approvals={"relax": {"count": 2}}),
            config(approvals={"relax": {"count": 1}}),
            "spec.approvals.relax.count",
            "weaker",
        ),
        (
            config(approvals={"relax": {"count": 1}}),
            config(approvals={"relax": {"count": 2}}),
            "spec.approvals.relax.count",
            "stronger",
        ),
        (config(), config(approvals={"kill": {"team": "mine"}}), "spec.approvals.kill", "weaker"),
        (
            config(connections={"prod": {"sql": {"urlEnv": "A"}}}),
            config(connections={"prod": {"sql": {"urlEnv": "B"}}}),
            "spec.connections.prod.sql.urlEnv",
            "weaker",
        ),
        (config(), config(limits={"documents": 10}), "spec.limits.documents", "stronger"),
        (POLICY, None, "Policy/owned", "weaker"),
        (None, POLICY, "Policy/owned", "stronger"),
        (POLICY, policy(rationale="Other words"), "Policy/owned", "neutral"),
        (POLICY, policy(severity="error"), "Policy/owned", "stronger"),
        (POLICY, policy(severity="notice"), "Policy/owned", "weaker"),
        (POLICY, policy(validations=[*CLAUSES, *OTHER]), "Policy/owned", "stronger"),
        (POLICY, policy(validations=WORDED), "Policy/owned", "neutral"),
        (POLICY, {**POLICY, "metadata": {"name": "own", "title": "x"}}, "Policy/own", "neutral"),
        (config(), config(calendar={"timezone": "Asia/Tokyo"}), "spec.calendar.timezone", "weaker"),
        (config(), config(calendar={"quarterStart": 4}), "spec.calendar.quarterStart", "weaker"),
        (config(), config(calendar={"freeze": FREEZE}), "spec.calendar.freeze", "weaker"),
        (config(calendar={"freeze": FREEZE}), config(), "spec.calendar.freeze", "stronger"),
        (POLICY, policy(enforcement="advisory"), "Policy/owned", "weaker"),
        (POLICY, policy(validations=OTHER), "Policy/owned", "weaker"),
        (POLICY, policy(severity="error", validations=OTHER), "Policy/owned", "weaker"),
    ],
)
def test_what_is_not_known_to_be_as_strict_is_weaker(
    base: dict[str, Any] | None, head: dict[str, Any] | None, what: str, effect: str
) -> None:
    """Each difference is weighed."""
    found = change([*BASE, *filter(None, [base])], [*BASE, *filter(None, [head])])

    assert [(each.what, each.effect) for each in found.judge] == [(what, effect)]


@pytest.mark.parametrize(
    "settings",
    [
        {"site": {"title": "Another"}},
        {"github": {"maxChanges": 3}},
        {"policies": {"presets": ["essential"]}},
    ],
)
def test_what_does_not_judge_is_free(settings: dict[str, Any]) -> None:
    """Titles and issues, and defaults that are written out."""
    assert change(BASE, [*BASE, config(**settings)]).judge == ()


def decided(**concerns: str) -> dict[str, Any]:
    """A relax of something that judges."""
    found = decision("relax")
    found["spec"]["concerns"] = concerns
    return found


@pytest.mark.parametrize(
    "concerns",
    [
        {"config": "spec.policies.bindings.RG101.enforcement"},
        {"config": "spec.policies"},
        {"policy": "RG101"},
    ],
)
def test_an_approved_decision_lets_the_judge_become_weaker(concerns: dict[str, str]) -> None:
    """It names the setting, one that holds it, or the policy; unapproved it allows nothing."""
    base = [*BASE, binding(enforcement="mandatory")]
    head = [*BASE, binding(enforcement="advisory"), decided(**concerns)]

    approved = change(base, head)
    alone = change(base, head, pull_request=context())

    assert [(each.decision, each.approval) for each in approved.judge] == [("decided", "yes")]
    assert not any(each.severity is Severity.ERROR for each in approved.findings)
    assert [(each.decision, each.approval) for each in alone.judge] == [("decided", "no")]


def test_a_new_policy_may_be_bound_as_its_author_likes() -> None:
    """Nothing that judged before becomes weaker by how an addition is bound."""
    bound = config(policies={"bindings": [{"policy": "ACME001", "enforcement": "advisory"}]})
    found = change(BASE, [*BASE, POLICY, bound])

    assert {each.what: each.effect for each in found.judge} == {
        "Policy/owned": "stronger",
        "spec.policies.bindings.ACME001": "neutral",
    }


def test_a_policy_may_be_named_by_its_id() -> None:
    """Or by its kind and name; another policy's Decision does not count."""
    for concerns, allowed in (
        ({"policy": "ACME001"}, True),
        ({"config": "Policy/owned"}, True),
        ({"policy": "ACME002"}, False),
    ):
        found = change([*BASE, POLICY], [*BASE, decided(**concerns)])

        assert (found.judge[0].decision is not None) == allowed


def test_a_parameter_of_a_house_policy_moves_as_its_schema_says() -> None:
    """Its default may become stricter, and no looser."""
    schema = {"type": "object", "properties": {"days": {"type": "integer", "x-stricter": "lower"}}}

    def limited(days: int) -> dict[str, Any]:
        return policy(params={"schema": schema, "default": {"days": days}})

    assert [each.effect for each in change([*BASE, limited(9)], [*BASE, limited(8)]).judge] == [
        "stronger"
    ]
    assert [each.effect for each in change([*BASE, limited(8)], [*BASE, limited(9)]).judge] == [
        "weaker"
    ]


def test_a_finding_points_at_the_setting_that_changed() -> None:
    """Bindings are found by their policy, other settings and policies by the field."""
    found = change(
        [*BASE, binding(enforcement="mandatory"), POLICY],
        [*BASE, binding(enforcement="advisory"), policy(severity="notice")],
    )

    assert [(each.what, each.at) for each in found.judge] == [
        (
            "spec.policies.bindings.RG101.enforcement",
            "spec.policies.bindings[RG101].enforcement",
        ),
        ("Policy/owned", "spec.severity"),
    ]


def team(*logins: str, name: str = "leads", **metadata: Any) -> dict[str, Any]:
    """A Team of these people."""
    members = [{"role": "lead", "github": each} for each in logins]
    return resource("Team", name, {"members": members}, **metadata)


@pytest.mark.parametrize(
    ("base", "head", "effect"),
    [
        (team("a", "b"), team("a", "c"), "neutral"),
        (team("a", "b"), team("b", "A"), None),
        (team("a", "b"), team("a"), "weaker"),
        (team("a", "b"), None, "weaker"),
        (team("a", "b"), team("a", "b", name="heads", aliases=["leads"]), None),
        (team("a"), team("a", "b"), "neutral"),
        (team("a"), team(), "weaker"),
        (team("a", name="other"), team("b", name="other"), "neutral"),
        (team("a", name="other"), None, "neutral"),
    ],
)
def test_who_may_approve_changes_with_the_merge(
    base: dict[str, Any], head: dict[str, Any] | None, effect: str | None
) -> None:
    """A change of members is a notice; too few of them for an approval is a weaker judge."""
    asked = config(approvals={"relax": {"team": "leads", "count": 2}})
    found = change([*BASE, asked, base], [*BASE, asked, *filter(None, [head])])

    assert [each.effect for each in found.judge] == ([] if effect is None else [effect])


def test_somebody_is_left_to_approve() -> None:
    """Without a Team of its own, an approval is given by any member of any Team."""
    found = change(BASE, [each for each in BASE if each["kind"] != "Team"])

    assert [(each.what, each.effect) for each in found.judge] == [("Team/core", "weaker")]


CI = {"match": {"labels": {"area": "ci"}}}
SCOPE = "spec.policies.bindings.RG101 for area: ci"


def bindings(*several: dict[str, Any]) -> dict[str, Any]:
    """The settings with bindings of one policy."""
    return config(policies={"bindings": [{"policy": "RG101", **each} for each in several]})


@pytest.mark.parametrize(
    ("base", "head", "what", "effect"),
    [
        (config(), bindings({**CI, "enforcement": "mandatory"}), SCOPE, "stronger"),
        (config(), bindings({**CI, "enforcement": "advisory"}), SCOPE, "weaker"),
        (bindings({**CI, "enforcement": "mandatory"}), config(), SCOPE, "weaker"),
        (bindings({**CI, "enforcement": "advisory"}), config(), SCOPE, "stronger"),
        (config(), bindings({**CI, "severity": "warning"}), SCOPE, "weaker"),
        (
            bindings({"enforcement": "mandatory"}),
            bindings({"enforcement": "mandatory"}, {**CI, "params": {"minInterviews": 3}}),
            f"{SCOPE}.params.minInterviews",
            "weaker",
        ),
        (
            bindings({**CI, "severity": "warning"}),
            bindings({**CI, "severity": "error"}),
            f"{SCOPE}.severity",
            "stronger",
        ),
        (
            bindings({**CI, "severity": "error"}, {"match": {"owners": ["core"]}}),
            bindings({"match": {"owners": ["core"]}}, {**CI, "severity": "error"}),
            "spec.policies.bindings.order",
            "weaker",
        ),
    ],
)
def test_bindings_for_some(
    base: dict[str, Any], head: dict[str, Any], what: str, effect: str
) -> None:
    """A binding for some resources is weighed against what judged these resources before."""
    found = change([*BASE, base], [*BASE, head])
    assert (what, effect) in [(each.what, each.effect) for each in found.judge]


def changes_between(base: Any, head: Any) -> list[Any]:
    """What one configuration instead of another does to the judge."""
    sides = (Config.model_validate(base), Config.model_validate(head))
    return judge_changes(*sides, ({}, {}), SHIPPED)


def test_a_pack_bound_in_other_words() -> None:
    """What each policy is bound as counts: a pack, or its policies one by one, are the same."""
    assert changes_between(pack(severity="warning"), binding(severity="warning")) == []


def test_a_weakened_pack_is_pointed_to() -> None:
    """The place of a change is the line of the pack, where no line names the policy itself."""
    (change,) = changes_between(config(), pack(enforcement="advisory"))
    assert change.at == "spec.policies.bindings[evidence]"
