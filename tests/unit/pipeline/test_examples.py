"""Examples of house policies, run as the check does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roadgate.model.finding import Severity, Status
from roadgate.pipeline.examples import example_findings, run_examples
from unit.evaluate.policy_world import config, document, initiative, policy, resource

OWNED = "has(resource.metadata.owner)"


def problems(rule: dict[str, Any], *examples: dict[str, Any]) -> list[str]:
    """What is wrong with each example."""
    rule["spec"]["examples"] = list(examples)
    return [each.problem for each in run_examples(resource(rule))]


def example(*files: dict[str, Any], passes: bool = True, **more: Any) -> dict[str, Any]:
    """An example of plain documents."""
    return {"name": "one", "passes": passes, "files": list(files), **more}


def test_as_it_says() -> None:
    """An example that is as it says has no problem."""
    assert problems(policy(OWNED), example(initiative("a"), passes=False, expect="not hold")) == [
        ""
    ]


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (example(initiative("a")), "it should pass, and fails: it does not hold"),
        (example(initiative("a", "soon")), "Initiative 'a': "),
        (example(passes=False), "it should fail, and passes"),
        (
            example(initiative("a"), passes=False, expect="no owner"),
            "it should fail with 'no owner', and fails with: it does not hold",
        ),
        (example(initiative("a"), context={"reviews": 3}), "the context file cannot be used"),
    ],
)
def test_what_is_not_as_it_says(one: dict[str, Any], problem: str) -> None:
    """An example that passes, fails or reads otherwise than it says is told."""
    (found,) = problems(policy(OWNED), one)
    assert problem in found


def test_measurements_and_verdicts() -> None:
    """Examples may bring observations, and are judged by them on their own day."""
    rule = policy("verdicts.verdict == 'met'")
    files = (
        initiative(
            "a",
            "now",
            committed="2026-01-01",
            status="active",
            successCriteria=[{"id": "c", "metric": "m", "target": ">= 4.5", "by": "2026-02-01"}],
        ),
        document("Metric", "m", direction="higher", cadence="monthly"),
        {"path": "measurements/m.csv", "text": "date,value\n2026-02-01,4.5\n"},
    )
    settled = example(*files, asOf="2026-02-02")
    open_still = example(*files, asOf="2026-01-02", passes=False)
    assert problems(rule, settled, open_still) == ["", ""]


def test_the_newest_day_is_today() -> None:
    """Without a day, an example is judged on the newest day that it tells of."""
    rule = policy("asOf == '2026-03-04'")
    evidence = document("Evidence", "e", method="survey", date="2026-03-04", sample=3)
    early = initiative("a", committed="2026-02-01")
    assert problems(rule, example(early, evidence)) == [""]


def test_nothing_is_dated() -> None:
    """Where nothing is dated, the day is always the same."""
    rule = policy(f"asOf == '{date(2000, 1, 1)}'")
    assert problems(rule, example(initiative("a"))) == [""]


def test_change() -> None:
    """An example of a change has two sides."""
    rule = policy("field.after != 'now'", scope="change")
    sides = {"base": [initiative("a", "next")], "head": [initiative("a", "now")]}
    assert problems(rule, {"name": "one", "passes": False, **sides}) == [""]


def test_findings_of_house_policies() -> None:
    """A failing example is an error at its place; a policy that nobody saw fail is a warning."""
    rule = policy(OWNED)
    rule["spec"]["examples"] = [example(initiative("a"))]
    error, warning = example_findings([resource(rule)], config())
    assert (error.id, error.severity, error.field) == ("RG032", Severity.ERROR, "spec.examples[0]")
    assert (warning.severity, warning.field) == (Severity.WARNING, "spec.examples")


def test_disabled_policies_are_left_out() -> None:
    """What a binding disables is not run either."""
    off = {"policy": "ACME001", "enforcement": "disabled", "because": "later"}
    settings = config(policies={"bindings": [off]})
    assert example_findings([resource(policy(OWNED))], settings) == []


def test_a_policy_that_does_not_compile_has_no_results() -> None:
    """Its compile error is told elsewhere, once."""
    assert problems(policy("resource.horizn == 'x'"), example(initiative("a"))) == []


def test_expecting_something_of_what_passes() -> None:
    """A message to expect from an example that passes is a slip, and told."""
    rule = policy("true")
    example = {"name": "one", "passes": True, "expect": "x", "files": [initiative("a")]}
    (problem,) = problems(rule, example)
    assert "'expect' means nothing" in problem


TEAM = document("Team", "leads", members=[{"role": "sponsor", "github": "vp"}])
APPROVED = {"author": "pm", "reviews": [{"by": "vp", "state": "approved"}]}


@pytest.mark.parametrize(
    "context",
    [
        APPROVED,
        {
            **APPROVED,
            "version": 1,
            "base": "abcdef1",
            "head": "abcdef2",
            "reviews": [
                {"by": "vp", "state": "approved", "commit": "abcdef2", "date": "2026-06-30"}
            ],
        },
    ],
    ids=["only who and what", "as in a context file"],
)
def test_who_reviewed_an_example(context: dict[str, Any]) -> None:
    """A review without a commit is of the example's head, and so is one of the head it names."""
    rule = policy("approvedBy('leads') == 'yes'", scope="change")
    one = {
        "name": "one",
        "passes": True,
        "asOf": "2026-07-01",
        "base": [TEAM, initiative("a")],
        "head": [TEAM, initiative("a", "next")],
    }
    assert problems(rule, {**one, "context": context}) == [""]
    other = {**one, "passes": False, "context": {**context, "reviews": []}}
    assert problems(rule, other) == [""]


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (
            example(initiative("a"), {"path": "measurement/m.csv", "text": "date,value\n"}),
            "nothing reads 'measurement/m.csv'",
        ),
        (example({"path": "measurements/m.csv"}), "'measurements/m.csv' has no 'text'"),
        (example({"id": "A-1"}), "'kind' is missing; a file of another sort has path and text"),
        (
            example(initiative("a"), base=[initiative("a")]),
            "'base' means nothing in scope resource",
        ),
    ],
)
def test_what_an_example_says_in_vain(one: dict[str, Any], problem: str) -> None:
    """A file that nothing reads, or a side that nothing compares, is told and not left out."""
    (found,) = problems(policy(OWNED), one)
    assert problem in found


def test_an_example_s_document_is_told_by_what_it_is() -> None:
    """What is wrong in a document is told of its kind and name: it lies in no file of its own."""
    (found,) = problems(policy(OWNED), example(initiative("a", horzon="now")))
    assert found.startswith("Initiative 'a': 'horzon' is no field")
    assert "did you mean 'horizon'?" in found


def test_verdicts_of_a_launch() -> None:
    """A rule about launches sees how their criteria stand, which no threshold goes with."""
    rule = policy(
        "!verdicts.criteria.exists(c, c.verdict == 'missed') && size(verdicts.killThresholds) == 0",
        match={"kinds": ["Launch"], "where": "has(verdicts.verdict)"},
        clause={"messageExpression": "verdicts.verdict + ': ' + verdicts.criteria[0].reason"},
    )
    criterion = {"id": "teams", "metric": "teams", "target": ">= 15", "by": "2026-05-15"}
    launch = document(
        "Launch", "a-launch", initiative="a", date="2026-04-15", successCriteria=[criterion]
    )
    teams = document("Metric", "teams", direction="higher", cadence="weekly")
    rows = {"path": "measurements/teams.csv", "text": "date,value\n2026-05-15,9\n"}
    one = {"asOf": "2026-06-01", "files": [initiative("a"), launch, teams, rows]}
    missed = {"name": "one", "passes": False, "expect": "missed: 9 on 2026-05-15", **one}
    early = {"name": "two", "passes": True, **one, "asOf": "2026-05-01"}
    assert problems(rule, missed, early) == ["", ""]


@pytest.mark.parametrize(
    ("expression", "context", "status"),
    [
        ("approvedBy('leads') == 'yes'", None, Status.UNKNOWN),
        ("approvedBy('leads') == 'yes'", {**APPROVED, "reviews": []}, Status.FAIL),
        ("approvedBy('leads') == 'yes' && has(new.metadata.owner)", None, Status.FAIL),
        ("size(change.approvals) >= 2", None, Status.UNKNOWN),
        ("size(change.approvals) >= 2", APPROVED, Status.FAIL),
        ("has(change.author) && change.author != 'pm'", None, Status.UNKNOWN),
        ("has(new.metadata.owner)", None, Status.FAIL),
    ],
)
def test_what_only_the_forge_knows(
    expression: str, context: dict[str, Any] | None, status: Status
) -> None:
    """Where an approval that nobody sees here would do, the answer is unknown, no refusal."""
    rule = policy(expression, scope="change", match={"kinds": ["Initiative"]})
    sides = {"base": [TEAM, initiative("a")], "head": [TEAM, initiative("a", "next")]}
    rule["spec"]["examples"] = [{"name": "one", "passes": False, **sides, "context": context}]
    ((found,),) = [each.found for each in run_examples(resource(rule))]
    assert found.status is status


def test_when_a_metric_was_measured() -> None:
    """The newest row up to the day judged counts, of any segment; without one nothing is known."""
    rule = policy(
        "has(resource.computed.measured) && days(resource.computed.measured, asOf) <= 40",
        match={"kinds": ["Metric"]},
        clause={
            "messageExpression": "has(resource.computed.measured) ? resource.computed.measured "
            ": 'never measured'"
        },
    )
    metric = document("Metric", "load", direction="higher", cadence="monthly")
    text = "date,value,segment\n2026-03-31,1,\n2026-04-30,2,north\n2026-06-30,3,\n"
    rows = {"path": "measurements/load.csv", "text": text}
    fresh = example(metric, rows, asOf="2026-05-31")
    stale = example(metric, rows, asOf="2026-06-15", passes=False, expect="2026-04-30")
    never = example(metric, asOf="2026-06-15", passes=False, expect="never measured")
    assert problems(rule, fresh, stale, never) == ["", "", ""]
