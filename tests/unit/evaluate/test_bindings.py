"""Presets, bindings and house policies: what applies, and what is wrong with the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from roadgate.evaluate.bindings import presets
from roadgate.evaluate.policies import PolicySet, compile_policies, evaluate
from roadgate.evaluate.scoped import scoped_findings
from roadgate.model.errors import InternalError
from roadgate.model.finding import Enforcement, Finding, Severity
from roadgate.model.kinds import default_config
from roadgate.model.source import ResourceRef
from unit.evaluate.policy_world import (
    TODAY,
    compiled,
    config,
    document,
    initiative,
    policy,
    resource,
    roadmap,
)

if TYPE_CHECKING:
    from roadgate.model.kinds import Policy
    from roadgate.model.resource import Resource

LIMIT = {
    "schema": {
        "type": "object",
        "additionalProperties": False,
        "required": ["most"],
        "properties": {"most": {"type": "integer", "minimum": 0}},
    },
    "default": {"most": 3},
}
LABELS = {"RG101": "essential", "RG601": "recommended", "RG201": "essential", "RG701": "strict"}


def shipped(name: str, preset: str) -> Resource[Policy]:
    """A built-in policy that belongs to a preset."""
    data = policy("true", id=name, name=name.lower(), params=LIMIT)
    data["metadata"]["labels"] = {"pack": "evidence", "preset": preset}
    return resource(data)


SHIPPED = tuple(shipped(name, preset) for name, preset in LABELS.items())


def bound(*bindings: dict[str, Any], presets: tuple[str, ...] = ("essential",)) -> list[Any]:
    """The policies that apply, and the findings, with these bindings."""
    settings = config(policies={"presets": list(presets), "bindings": list(bindings)})
    return list(compile_policies((), SHIPPED, settings))


def ids(policy_set: PolicySet) -> list[str]:
    """The ids of the policies that apply."""
    return [each.id for each in policy_set.policies]


@pytest.mark.parametrize(
    ("preset", "names"),
    [
        ("none", []),
        ("essential", ["RG101", "RG201"]),
        ("recommended", ["RG101", "RG201", "RG601"]),
        ("strict", ["RG101", "RG201", "RG601", "RG701"]),
    ],
)
def test_presets(preset: str, names: list[str]) -> None:
    """A preset brings its policies, and those of every milder one."""
    policy_set, findings = bound(presets=(preset,))
    assert ids(policy_set) == names
    assert findings == []


def test_no_label_no_preset() -> None:
    """A policy that names no preset is in none, and can still be bound."""
    assert presets([resource(policy("true", id="RG999"))]) == {
        "essential": (),
        "recommended": (),
        "strict": (),
        "none": (),
    }


def test_none_leaves_house_and_bound_policies() -> None:
    """Without a preset, house policies and those bound by name apply."""
    settings = config(policies={"presets": ["none"], "bindings": [{"policy": "RG201"}]})
    house = resource(policy("true"))
    policy_set, _ = compile_policies([house], SHIPPED, settings)
    assert ids(policy_set) == ["ACME001", "RG201"]
    assert policy_set.known == {"ACME001", *LABELS}


def test_no_builtin_policy_is_a_bug() -> None:
    """Without any built-in policy nothing is judged: the installation is broken."""
    with pytest.raises(InternalError, match="no built-in policy was found"):
        compile_policies((), (), default_config())


@pytest.mark.parametrize(
    ("bindings", "field", "message"),
    [
        (
            [{"policy": "RG102"}],
            "spec.policies.bindings[0].policy",
            "no policy 'RG102'; did you mean 'RG101'?",
        ),
        (
            [{"policy": "RG101"}, {"policy": "RG101"}],
            "spec.policies.bindings[1].policy",
            "policy 'RG101' is bound twice",
        ),
        (
            [{"policy": "RG101", "enforcement": "disabled"}],
            "spec.policies.bindings[0].because",
            "'RG101' is disabled without a reason",
        ),
        (
            [{"policy": "RG101", "params": {"mots": 3}}],
            "spec.policies.bindings[0].params.mots",
            "policy 'RG101': no parameter 'mots'; did you mean 'most'?",
        ),
        (
            [{"policy": "RG101", "params": {"most": -1}}],
            "spec.policies.bindings[0].params.most",
            "policy 'RG101': 'most' is less than 0",
        ),
        (
            [{"policy": "RG101", "params": {"most": "many"}}],
            "spec.policies.bindings[0].params.most",
            "policy 'RG101': 'most' is 'many' instead of a whole number",
        ),
    ],
)
def test_what_means_nothing(bindings: list[dict[str, Any]], field: str, message: str) -> None:
    """A binding that means nothing is an error at its place, and the policy stays as it was."""
    policy_set, findings = bound(*bindings)
    (found,) = findings
    assert (found.id, found.severity, found.resource) == ("RG031", Severity.ERROR, None)
    assert (found.field, found.message) == (field, message)
    assert "RG101" in ids(policy_set)


def test_disabled_with_a_reason() -> None:
    """A disabled policy does not apply, and each run says so."""
    policy_set, findings = bound(
        {"policy": "RG101", "enforcement": "disabled", "because": "we have no interviews yet"}
    )
    assert "RG101" not in ids(policy_set)
    (found,) = findings
    assert (found.id, found.severity) == ("RG034", Severity.NOTICE)
    assert found.message == "policy 'RG101' is disabled: we have no interviews yet"


def test_a_disabled_house_policy_is_read() -> None:
    """A typo in a house policy is told also while it is off."""
    settings = config(
        policies={"bindings": [{"policy": "ACME001", "enforcement": "disabled", "because": "soon"}]}
    )
    house = resource(policy("resource.spec.horizn == 'now'"))
    policy_set, findings = compile_policies((house,), SHIPPED, settings)
    assert "ACME001" not in ids(policy_set)
    assert sorted(each.id for each in findings) == ["RG032", "RG034"]


def test_enforcement_and_first_day() -> None:
    """A binding overrides the enforcement, and may begin on a day."""
    policy_set, _ = bound({"policy": "RG101", "enforcement": "mandatory", "from": "2026-06-01"})
    first = policy_set.policies[0]
    assert first.enforcement is Enforcement.MANDATORY
    assert first.since is not None
    assert first.since.isoformat() == "2026-06-01"


@pytest.mark.parametrize("name", ["RG123", "RGX123"])
def test_reserved_ids(name: str) -> None:
    """Ids that begin with RG belong to roadgate."""
    policy_set, findings = compiled(policy("true", id=name))
    assert findings[0].field == "spec.id"
    assert "belong to roadgate" in findings[0].message
    assert name not in policy_set.known


def test_duplicate_ids() -> None:
    """The second policy of an id is an error; the first stays."""
    policy_set, (found,) = compiled(policy("true"), policy("false", name="second"))
    assert found.resource == ResourceRef("Policy", "second")
    assert found.related[0].resource == ResourceRef("Policy", "house-rule")
    run = evaluate(policy_set, roadmap(initiative("a")), None, None, None, TODAY)
    assert run.findings == ()


@pytest.mark.parametrize(
    ("spec", "field", "message"),
    [
        (
            {"match": {"kinds": ["Inititative"]}},
            "spec.match.kinds[0]",
            "did you mean 'Initiative'?",
        ),
        (
            {"match": {"kinds": ["Initiative"], "where": "resource.horizon == 'x'"}},
            "spec.match.where",
            "no field 'horizon' on Initiative",
        ),
        (
            {"clause": {"messageExpression": "1 + 1"}},
            "spec.validations[0].messageExpression",
            "the expression is of type int, not string",
        ),
        (
            {"clause": {"expression": "resource.spec.horizn == 'x'"}},
            "spec.validations[0].expression",
            "no field 'horizn' on Initiative.spec; did you mean 'horizon'?",
        ),
        ({"clause": {"expression": "(" * 999}}, "spec.validations[0].expression", "recursion"),
        (
            {"params": {"schema": {"type": "obect"}}},
            "spec.params.schema.type",
            "did you mean 'object'?",
        ),
        (
            {"params": {"schema": {"properties": {"a-b": {}}}}},
            "spec.params.schema.properties.a-b",
            "'a-b' is no name",
        ),
        (
            {"params": {"schema": {"properties": {"aB": {}, "a_b": {}}}}},
            "spec.params.schema.properties",
            "differ in case",
        ),
        (
            {"params": {**LIMIT, "default": {"most": "x"}}},
            "spec.params.default.most",
            "params.default: 'most' is 'x' instead of a whole number",
        ),
        (
            {"params": {**LIMIT, "default": {"most": 10**30}}},
            "spec.params",
            "a parameter does not fit",
        ),
        (
            {
                "params": {
                    "schema": {"properties": {"a": {"$ref": "https://example.com/s"}}},
                    "default": {"a": 1},
                }
            },
            "spec.params.default",
            "the schema cannot be used",
        ),
        (
            {"params": {"schema": {"properties": {"a": {"pattern": "("}}}, "default": {"a": "x"}}},
            "spec.params.schema.properties.a.pattern",
            "'(' is no regex",
        ),
    ],
)
def test_broken_policies(spec: dict[str, Any], field: str, message: str) -> None:
    """A policy that cannot be used is an error at its place, and does not apply."""
    policy_set, findings = compiled(policy("true", **spec))
    first: Finding = next(each for each in findings if each.severity is Severity.ERROR)
    assert (first.id, first.field) == ("RG032", field)
    assert message in first.message
    assert first.resource == ResourceRef("Policy", "house-rule")
    assert "ACME001" not in ids(policy_set)


def test_a_parameter_that_nothing_reads() -> None:
    """A parameter that no expression names is told at its place, and the policy applies."""
    schema = {"properties": {"most": {"type": "integer"}, "least": {"type": "integer"}}}
    rule = policy("params.most > 0", params={"schema": schema, "default": {"most": 1, "least": 0}})
    policy_set, findings = compiled(rule)
    assert [(each.id, each.severity, each.field) for each in findings] == [
        ("RG075", Severity.WARNING, "spec.params.schema.properties.least")
    ]
    assert "ACME001" in ids(policy_set)


def test_a_pack_is_bound_as_one() -> None:
    """Each policy of the pack is as the line says, also those that no preset has."""
    found, _ = bound({"pack": "evidence", "enforcement": "advisory"})
    assert ids(found) == sorted(LABELS)
    assert {each.enforcement for each in found.policies} == {Enforcement.ADVISORY}


def test_a_policy_s_own_binding_counts_more() -> None:
    """Wherever it stands, what a policy's own binding says goes before what its pack says."""
    found, _ = bound(
        {"policy": "RG101", "enforcement": "mandatory"},
        {"pack": "evidence", "enforcement": "advisory", "severity": "notice"},
    )
    by_id = {each.id: each for each in found.policies}
    assert by_id["RG101"].enforcement is Enforcement.MANDATORY
    assert by_id["RG101"].severity is Severity.NOTICE
    assert by_id["RG201"].enforcement is Enforcement.ADVISORY


def test_a_pack_is_switched_off() -> None:
    """One notice says so, with the reason; the account names each policy."""
    found, findings = bound({"pack": "evidence", "enforcement": "disabled", "because": "later"})
    assert ids(found) == []
    assert [each.message for each in findings] == ["pack 'evidence' is disabled: later"]
    assert [each.policy for each in found.disabled] == sorted(LABELS)


@pytest.mark.parametrize(
    ("binding", "field", "message"),
    [
        ({"pack": "evidnce"}, "[0].pack", "no pack 'evidnce'; did you mean 'evidence'?"),
        ({"pack": "evidence", "params": {"most": 1}}, "[0].params", "belong to single policies"),
        ({"pack": "evidence", "policy": "RG101"}, "[0]", "names a policy and a pack"),
        ({"severity": "notice"}, "[0]", "names neither a policy nor a pack"),
        ({"pack": "evidence", "enforcement": "disabled"}, "[0].because", "without a reason"),
        ({"pack": "evidence", "match": {}}, "[0].match", "'match' names nothing"),
    ],
)
def test_a_binding_of_a_pack_that_means_nothing(
    binding: dict[str, Any], field: str, message: str
) -> None:
    """It is told at its field, and everything stays as it was."""
    found, findings = bound(binding)
    (finding,) = findings
    assert (finding.id, finding.field) == ("RG031", f"spec.policies.bindings{field}")
    assert message in finding.message
    assert ids(found) == ["RG101", "RG201"]


def test_a_pack_is_bound_twice() -> None:
    """The second line of one pack for the same resources is told."""
    _, findings = bound(*[{"pack": "evidence", "severity": "notice"}] * 2)
    assert [each.message for each in findings] == ["pack 'evidence' is bound twice"]


def test_a_pack_for_some_resources() -> None:
    """Its line is told once, and only when it is for nothing that any of its policies is about."""

    def told(owner: str) -> list[str]:
        match = {"owners": [owner]}
        found, _ = bound({"pack": "evidence", "match": match, "severity": "notice"})
        resources = roadmap(initiative("a"), document("Team", "core"))
        return [each.message for each in scoped_findings(found.policies, resources)]

    assert told("core") == ["the binding for 'owner core' matches no resource"]
    assert told("cor") == [
        "no Team 'cor'; did you mean 'core'?",
        "the binding for 'owner cor' matches no resource",
    ]


def test_a_parameter_that_does_not_exist_is_pointed_to_by_its_name() -> None:
    """What is wrong is the name, and not the value behind it."""
    _, (wrong,) = bound({"policy": "RG101", "params": {"mosst": 3}})
    _, (other,) = bound({"policy": "RG101", "params": {"most": "three"}})
    assert (wrong.of_name, other.of_name) == (True, False)
