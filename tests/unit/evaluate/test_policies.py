"""Policies, compiled and evaluated on roadmaps and changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roadgate.evaluate.policies import PolicyRun, evaluate
from roadgate.evaluate.verdicts import Judgements
from roadgate.model import values
from roadgate.model.change import Change, Context, Effect, FieldChange, ResourceChange
from roadgate.model.finding import Enforcement, Finding, Severity, Status
from roadgate.model.source import ResourceRef
from unit.evaluate.policy_world import (
    TODAY,
    compiled,
    config,
    decision,
    document,
    initiative,
    policy,
    roadmap,
    run,
    said,
)

OWNED = policy("has(resource.metadata.owner)", clause={"at": "metadata.owner", "fix": "name one"})


def test_a_failing_resource() -> None:
    """A clause that does not hold is a finding at its field, with its fix."""
    outcome = run(OWNED, initiative("a"))
    assert outcome.findings == (
        Finding(
            "ACME001",
            Severity.ERROR,
            "it does not hold",
            fix="name one",
            enforcement=Enforcement.OVERRIDABLE,
            resource=ResourceRef("Initiative", "a"),
            field="metadata.owner",
            clause=0,
        ),
    )
    assert (outcome.policies, outcome.evaluations) == (1, 1)


def test_an_item_is_pointed_to() -> None:
    """A clause may work out which item of a list it is about."""
    clause = {
        "at": "spec.milestones",
        "atExpression": "'spec.milestones[' + resource.spec.milestones[0].id + '].due'",
    }
    milestones = [{"id": "cache", "title": "A cache", "due": "2026-01-31"}]
    (found,) = run(policy("false", clause=clause), initiative("a", milestones=milestones)).findings
    assert found.resource == ResourceRef("Initiative", "a")
    assert found.field == "spec.milestones[cache].due"


def test_an_item_is_pointed_to_without_a_field_beside_it() -> None:
    """A clause that works out its item needs no ``at`` as well."""
    clause = {"atExpression": "'spec.milestones[' + resource.spec.milestones[0].id + '].due'"}
    milestones = [{"id": "cache", "title": "A cache", "due": "2026-01-31"}]
    (found,) = run(policy("false", clause=clause), initiative("a", milestones=milestones)).findings
    assert (found.field, found.message) == ("spec.milestones[cache].due", "it does not hold")


def test_where_chooses() -> None:
    """Only what where chooses is evaluated and counted."""
    match = {"kinds": ["Initiative"], "where": "resource.spec.horizon == 'next'"}
    outcome = run(policy("false", match=match), initiative("a"), initiative("b", "next"))
    assert [each.resource for each in outcome.findings] == [ResourceRef("Initiative", "b")]
    assert outcome.matched == {"ACME001": 1}


def test_matched_nothing_is_told() -> None:
    """A house policy that matched no resource is a notice, never silence."""
    match = {"kinds": ["Initiative"], "where": "resource.spec.horizon == 'later'"}
    outcome = run(policy("true", match=match), initiative("a"))
    assert said(outcome.findings, "RG033") == ["policy 'ACME001' matched no resource"]
    assert [each.severity for each in outcome.findings] == [Severity.NOTICE]


def test_absence_is_status_error() -> None:
    """An expression without a value is an error of the policy, on that resource, never a pass."""
    outcome = run(policy("resource.computed.rice < 1.0"), initiative("a"))
    (found,) = outcome.findings
    assert (found.id, found.status, found.severity) == ("ACME001", Status.ERROR, Severity.ERROR)
    assert found.resource == ResourceRef("Initiative", "a")
    assert found.fix == "guard what may be absent with has()"


def test_absence_in_where_is_status_error() -> None:
    """A where without a value doesn't hide the resource."""
    match = {"kinds": ["Initiative"], "where": "resource.spec.committed < '2026-01-01'"}
    (found,) = run(policy("true", match=match), initiative("a")).findings
    assert found.status is Status.ERROR


def test_a_value_that_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A count beyond 64 bits would be a finding of the policy, if the loader let one pass."""
    monkeypatch.setattr(values, "MAX_WHOLE", 10**30)
    evidence = document(
        "Evidence", "e", method="survey", date="2026-01-01", sample=10**25, supports=["a"]
    )
    rule = policy("evidence.all(e, e.computed.participants > 0)")
    (found,) = run(rule, initiative("a"), evidence).findings
    assert found.status is Status.ERROR
    assert "Evidence/e has a value that does not fit" in found.message


def test_message_and_fix_expressions() -> None:
    """Message and fix may be computed from the resource."""
    clause = {
        "messageExpression": "resource.metadata.name + ' is in ' + resource.spec.horizon",
        "fixExpression": "'move ' + resource.metadata.name",
    }
    (found,) = run(policy("false", clause=clause), initiative("a")).findings
    assert (found.message, found.fix) == ("a is in exploring", "move a")


def test_message_without_value() -> None:
    """A message that cannot be computed leaves the written one, and says so."""
    clause = {"messageExpression": "resource.spec.committed + '!'"}
    (found,) = run(policy("false", clause=clause), initiative("a")).findings
    assert found.message.startswith("it does not hold (its words could not be found: ")


def test_advisory_is_at_most_a_warning() -> None:
    """An advisory policy never fails a run, not even when it cannot be evaluated."""
    for expression in ("false", "resource.computed.rice < 1.0"):
        (found,) = run(policy(expression, enforcement="advisory"), initiative("a")).findings
        assert found.severity is Severity.WARNING


def test_evidence_up_to_the_day() -> None:
    """Evidence of either side's link is in scope, once it is dated up to the day judged."""
    spec = {"method": "interview", "participants": {"dev": 2}}
    documents = (
        initiative("a", evidence=["old", "later"]),
        document("Evidence", "old", date="2026-01-01", **spec),
        document("Evidence", "linked", date="2026-01-01", supports=["a"], **spec),
        document("Evidence", "later", date="2026-07-02", **spec),
        document("Evidence", "other", date="2026-01-01", **spec),
    )
    rule = policy("evidence.map(e, e.metadata.name) == ['linked', 'old']")
    assert run(rule, *documents).findings == ()


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([decision("d", "kill", {"initiative": "a"})], "kill"),
        ([decision("d", "kill", {"resource": "Initiative/a"})], "kill"),
        ([decision("d", "kill", {"initiative": "b"})], ""),
        ([decision("d", "kill", {"initiative": "a"}, date="2026-07-02")], ""),
        ([decision("d", "pause", {"initiative": "a"}, until="2026-07-01")], "pause"),
        ([decision("d", "pause", {"initiative": "a"}, until="2026-06-30")], ""),
        (
            [
                decision("d", "kill", {"initiative": "a"}),
                decision("e", "resume", {"initiative": "a"}, date="2026-06-02"),
            ],
            "resume",
        ),
        (
            [
                decision("d", "kill", {"initiative": "a"}),
                decision("e", "resume", {"initiative": "a"}, date="2026-06-01"),
            ],
            "kill resume",
        ),
        (
            [
                decision("d", "pause", {"initiative": "a"}, until="2026-12-31"),
                decision("e", "resume", {"initiative": "a"}, date="2026-06-01"),
            ],
            "resume",
        ),
    ],
)
def test_decisions_in_force(decisions: list[dict[str, Any]], expected: str) -> None:
    """Decisions count from their date to until, unless a resume ended them."""
    rule = policy(f"decisions.map(d, d.spec.type).join(' ') == '{expected}'")
    assert run(rule, initiative("a"), *decisions).findings == ()


def test_decisions_about_a_former_name() -> None:
    """A Decision about the name an initiative once had is about the initiative."""
    renamed = initiative("a")
    renamed["metadata"]["aliases"] = ["once"]
    rule = policy("size(decisions) == 1")
    assert run(rule, renamed, decision("d", "kill", {"initiative": "once"})).findings == ()


ASKS = policy("decisions.exists(d, d.spec.type == 'kill')")
KILL = decision("d", "kill", {"initiative": "a"})


def test_awaited_approval() -> None:
    """A Decision that the change brings counts once it is approved; until then it is awaited."""
    assert run(ASKS, initiative("a"), KILL, countable={"d": "yes"}).findings == ()
    (unknown,) = run(ASKS, initiative("a"), KILL, countable={"d": "unknown"}).findings
    assert (unknown.status, unknown.severity) == (Status.UNKNOWN, Severity.ERROR)
    assert unknown.fix == "have Decision 'd' approved: that is decided on the pull request"
    (refused,) = run(ASKS, initiative("a"), KILL, countable={"d": "no"}).findings
    assert refused.status is Status.FAIL


def test_a_decision_the_rule_asks_for_is_shown() -> None:
    """What holds only by an override of this policy is found, and shown as suppressed."""
    rule = policy("decisions.exists(d, d.spec.type == 'override')", enforcement="mandatory")
    override = decision(
        "d", "override", {"initiative": "a", "policy": "ACME001"}, until="2026-12-31", tradeoff="x"
    )
    outcome = run(rule, initiative("a"), override)
    (found,) = outcome.findings
    assert found.suppressed is not None
    assert (found.suppressed.by, found.suppressed.until) == ("d", date(2026, 12, 31))
    assert outcome.used == {"d"}


def test_spared_commitments() -> None:
    """Commitments made before the first day of a binding are told, not failed."""
    settings = config(policies={"bindings": [{"policy": "ACME001", "from": "2026-03-01"}]})
    before = initiative("a", "now", committed="2026-02-28")
    after = initiative("b", "now", committed="2026-03-01")
    outcome = run(policy("false"), before, after, settings=settings)
    assert [each.severity for each in outcome.findings] == [Severity.NOTICE, Severity.ERROR]
    assert "spared: committed on 2026-02-28, before 2026-03-01" in outcome.findings[0].message


def test_parameters_are_typed() -> None:
    """Parameters have the types of their schema, and the binding's values."""
    params = {
        "schema": {
            "type": "object",
            "properties": {
                "most": {"type": "integer"},
                "share": {"type": "number"},
                "words": {"type": "array", "items": {"type": "string"}},
                "strict": {"type": "boolean"},
                "absent": {"type": "string"},
            },
        },
        "default": {"most": 1, "share": 1, "words": ["a"], "strict": True},
    }
    expression = (
        "params.most == 2 && params.share == 1.0 && params.words == ['a'] && params.strict"
        " && !has(params.absent)"
    )
    settings = config(policies={"bindings": [{"policy": "ACME001", "params": {"most": 2}}]})
    rule = policy(expression, params=params)
    assert run(rule, initiative("a"), settings=settings).findings == ()


def test_unknown_parameter_does_not_compile() -> None:
    """A parameter that the schema does not name is a compile error."""
    params = {"schema": {"type": "object", "properties": {"most": {"type": "integer"}}}}
    _, findings = compiled(policy("params.mots > 1", params=params))
    assert "did you mean 'most'?" in findings[0].message


def test_verdicts_in_scope() -> None:
    """What the measurements say about an initiative is in scope."""
    asked = {"id": "felt", "question": "Is it fast?", "answers": [], "by": "2026-06-30"}
    found = roadmap(initiative("a", "now", successCriteria=[asked]))
    rule = policy("verdicts.verdict != 'no-data' && !has(verdicts.killVerdict)")
    policy_set, _ = compiled(rule)
    outcome = evaluate(policy_set, found, Judgements(found, TODAY), None, None, TODAY)
    assert said(outcome.findings, "ACME001") == ["it does not hold"]


def test_portfolio() -> None:
    """A portfolio policy is evaluated once, on all resources by kind."""
    rule = policy(
        "asOf == '2026-07-01'"
        " && roadmap.initiatives.filter(i, i.spec.horizon == 'now').size() <= 1",
        scope="portfolio",
        match={},
    )
    now = [initiative(name, "now", committed="2026-01-01") for name in ("a", "b")]
    assert run(rule, now[0]).findings == ()
    outcome = run(rule, *now)
    assert (outcome.evaluations, said(outcome.findings, "ACME001")) == (1, ["it does not hold"])
    assert outcome.findings[0].resource is None


def test_every_kind_without_match() -> None:
    """Without kinds an expression must make sense for every kind."""
    _, findings = compiled(policy("resource.spec.horizon != ''", match={}))
    assert any("no field 'horizon' on Decision.spec" in each.message for each in findings)
    outcome = run(policy("resource.metadata.title != 'x'", match={}), initiative("a"), KILL)
    assert outcome.evaluations == 2


FIELD = FieldChange(
    "spec.successCriteria[speed].target", "<= 5", "<= 6", Effect.EASIER, protected=True
)


def changed(*fields: FieldChange, context: Context | None = None) -> PolicyRun:
    """A change policy on one changed initiative."""
    rule = policy(
        "!field.protected || has(field.decision)",
        scope="change",
        clause={
            "messageExpression": "'%s: %s -> %s (%s, was %s)'.format([field.path, field.before,"
            " field.after, new.spec.problem, old.spec.problem])",
            "at": None,
        },
    )
    policy_set, findings = compiled(rule)
    assert not findings
    old, new = initiative("a"), initiative("a")
    old["spec"]["problem"] = "It hurt."
    ref = ResourceRef("Initiative", "a")
    change = Change("b", "b", None, (ResourceChange("changed", ref, "a", "a", fields),))
    return evaluate(policy_set, roadmap(new), None, change, context, TODAY, base=roadmap(old))


def test_change_is_evaluated_for_each_field() -> None:
    """A change policy sees each changed field by itself, and points to it."""
    other = replace(FIELD, field="spec.committed", protected=False)
    outcome = changed(FIELD, other)
    (found,) = outcome.findings
    assert found.field == "spec.successCriteria[speed].target"
    assert found.message == f"{FIELD.field}: <= 5 -> <= 6 (Something hurts., was It hurt.)"
    assert outcome.evaluations == 2


def test_a_change_is_asked_about_once() -> None:
    """A policy that does not speak of fields is evaluated once for each resource that changes."""
    rule = policy("new.spec.horizon == 'now'", scope="change", clause={"at": "spec.horizon"})
    policy_set, _ = compiled(rule)
    ref = ResourceRef("Initiative", "a")
    moved = ResourceChange("changed", ref, "a", "a", (FIELD, replace(FIELD, field="spec.rice")))
    change = Change("b", "b", None, (moved,))
    documents = roadmap(initiative("a"))
    run = evaluate(policy_set, documents, None, change, None, TODAY, base=documents)
    assert [each.field for each in run.findings if each.id == "ACME001"] == ["spec.horizon"]


def test_a_missing_entry_of_a_map() -> None:
    """A label that is not there is an error of the policy, which says how to ask first."""
    (found,) = run(policy("resource.metadata.labels['area'] == 'x'"), initiative("a")).findings
    assert found.message == "'ACME001' cannot be evaluated on 'a': there is no entry 'area'"
    assert found.fix == "ask first whether it is there: 'area' in the map"


def test_unknown_approval_of_a_field() -> None:
    """Where approval is unknown, so is the finding; it stays an error."""
    (found,) = changed(replace(FIELD, approval="unknown")).findings
    assert (found.status, found.severity) == (Status.UNKNOWN, Severity.ERROR)


def test_no_change_is_not_judged() -> None:
    """Without a change, change policies are named as not evaluated."""
    outcome = run(policy("true", scope="change"), initiative("a"))
    assert outcome.not_evaluated == ("ACME001",)
    assert (outcome.evaluations, outcome.findings) == (0, ())


def test_the_page_of_kinds() -> None:
    """A policy's expressions may leave out the resource's name: the counts alone are a message."""
    count = "evidence.filter(e, e.spec.method == 'interview').map(e, e.computed.participants).sum()"
    params = {
        "schema": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "minInterviews": {"type": "integer", "minimum": 0, "x-stricter": "higher"}
            },
        },
        "default": {"minInterviews": 5},
    }
    rule = policy(
        f"{count} >= params.minInterviews",
        params=params,
        clause={
            "messageExpression": f"'%d of %d interviews'.format([{count}, params.minInterviews])"
        },
    )
    spec = {"method": "interview", "date": "2026-01-20", "supports": ["a"]}
    evidence = document("Evidence", "e", participants={"dev": 2}, **spec)
    outcome = run(rule, initiative("a", "next"), evidence)
    assert said(outcome.findings, "ACME001") == ["2 of 5 interviews"]


def test_words_in_text_are_no_variables() -> None:
    """Text that happens to say 'old' or 'field' asks for no such variable."""
    match = {"kinds": ["Initiative"], "where": "resource.spec.problem != 'old change'"}
    rule = policy("resource.spec.problem != 'new field'", match=match)
    assert run(rule, initiative("a")).findings == ()


def test_base_and_head_have_one_name() -> None:
    """A renamed resource is compared with what it was called before."""
    rule = policy("old.metadata.name == 'once' && new.metadata.name == 'a'", scope="change")
    policy_set, _ = compiled(rule)
    ref = ResourceRef("Initiative", "a")
    moved = ResourceChange("moved", ref, "b.yaml", "a.yaml", former_name="once")
    change = Change("b", "b", None, (moved,))
    before, after = roadmap(initiative("once")), roadmap(initiative("a"))
    outcome = evaluate(policy_set, after, None, change, None, TODAY, base=before)
    assert (outcome.evaluations, outcome.findings) == (1, ())
