"""Base and head compared: what a pull request may do freely, and what needs a Decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roadgate.history.seal import seals
from roadgate.model.change import Effect
from unit.roadmap.changes import (
    APPROVED,
    BASE,
    CI,
    COMMITTED,
    CORE,
    DURATION,
    FLAKES,
    INTERVIEWS,
    change,
    codes,
    decision,
    edited,
    fields,
    offending,
    path_of,
    record,
    renamed,
    resource,
    swapped,
    without,
)

TARGET = "faster-ci spec.successCriteria[duration].target"
REST = (DURATION, FLAKES, CORE, INTERVIEWS)
NEW = {"id": "adoption", "metric": "ci-duration", "target": "<= 9", "by": "2026-12-31"}


def test_nothing_changes_nothing() -> None:
    """Base and head alike are no change."""
    found = change(BASE, BASE)

    assert (found.resources, found.findings, found.decisions) == ((), (), ())


def added(items: str, **item: Any) -> dict[str, Any]:
    """The initiative with one more item in a list."""
    return edited(CI, **{items: [*CI["spec"].get(items, []), item]})


@pytest.mark.parametrize(
    "head",
    [
        edited(CI, problem="Other words", summary="s", scope={"includes": ["x"]}),
        edited(CI, risks=[{"risk": "cache"}], messages={"users": "soon"}),
        edited(CI, rice={"reach": 240, "impact": 2, "confidence": 100, "effort": 2}),
        edited(CI, duration__target="<= 4.5"),
        edited(CI, duration__target="<= 5.00"),
        edited(CI, duration__target="<= baseline - 13"),
        edited(CI, duration__by="2026-07-01"),
        edited(CI, duration__for=3),
        edited(CI, duration__standing=True),
        edited(CI, duration__from="2026-02-02"),
        edited(CI, duration__baseline={"value": 18}),
        edited(CI, duration__aggregate="last", duration__window=None),
        edited(CI, felt__answers=[{"role": "pm", "answer": "met", "date": "2026-06-01"}]),
        edited(CI, **{"no-movement__when": ">= 14"}),
        edited(CI, **{"no-movement__checkOn": ["2026-04-30", "2026-05-30", "2026-06-30"]}),
        edited(CI, **{"no-movement__action": "kill"}),
        edited(CI, flakes__target="<= 1 %"),
        edited(CI, up__target="<= 4 %"),
        added("successCriteria", **NEW),
        added("killThresholds", id="new", metric="ci-duration", when=">= 17", action="review"),
        added("guardrails", id="new", metric="flake-rate", target="<= 9 %"),
        edited(DURATION, role="lagging", pairsWith=["flake-rate"], grace="4d"),
        edited(DURATION, target="<= 6"),
        edited(INTERVIEWS, findings=["slow", "flaky"], link="https://example.com/notes"),
    ],
)
def test_what_is_free(head: dict[str, Any]) -> None:
    """Words, and everything that makes the promise harder."""
    assert offending(change(BASE, swapped(head))) == set()


@pytest.mark.parametrize(
    ("head", "field", "effect"),
    [
        (edited(CI, duration__target="<= 6"), TARGET, "easier"),
        (edited(CI, duration__target=">= 5"), TARGET, "unordered"),
        (
            edited(CI, duration__by="2026-08-31"),
            "faster-ci spec.successCriteria[duration].by",
            "easier",
        ),
        (
            edited(CI, duration__by="2026-06-20"),
            "faster-ci spec.successCriteria[duration].by",
            "easier",
        ),
        (edited(CI, committed="2026-02-03"), "faster-ci spec.committed", "unordered"),
        *(
            (
                edited(CI, **{f"duration__{key}": value}),
                f"faster-ci spec.successCriteria[duration].{key}",
                "unordered",
            )
            for key, value in {
                "metric": "flake-rate",
                "segment": "web",
                "window": "14d",
                "baseline": {"value": 20},
                "from": "2026-03-01",
            }.items()
        ),
        (
            edited(CI, felt__question="Is it okay?"),
            "faster-ci spec.successCriteria[felt].question",
            "unordered",
        ),
        (without(CI, "duration"), "faster-ci spec.successCriteria[duration]", "easier"),
        (without(CI, "no-movement"), "faster-ci spec.killThresholds[no-movement]", "easier"),
        (without(CI, "flakes"), "faster-ci spec.guardrails[flakes]", "easier"),
        (without(CI, "up"), "faster-ci spec.nfrs[up]", "easier"),
        (edited(CI, up__target="<= 6 %"), "faster-ci spec.nfrs[up].target", "easier"),
        (edited(CI, rollout=[]), "faster-ci spec.rollout[pilot].exit", "easier"),
        (edited(CI, flakes__target="<= 3 %"), "faster-ci spec.guardrails[flakes].target", "easier"),
        (
            edited(CI, **{"no-movement__when": ">= 16"}),
            "faster-ci spec.killThresholds[no-movement].when",
            "easier",
        ),
        (
            edited(CI, **{"no-movement__for": 2}),
            "faster-ci spec.killThresholds[no-movement].for",
            "easier",
        ),
        (
            edited(CI, **{"no-movement__checkOn": ["2026-04-30", "2026-07-30"]}),
            "faster-ci spec.killThresholds[no-movement].checkOn",
            "easier",
        ),
        (edited(CI, horizon="next"), "faster-ci spec.horizon", "easier"),
        (edited(CI, status="killed"), "faster-ci spec.status", "easier"),
        (edited(DURATION, unit="s"), "ci-duration spec.unit", "unordered"),
        (edited(DURATION, direction="higher"), "ci-duration spec.direction", "unordered"),
        (edited(DURATION, counts="output"), "ci-duration spec.counts", "unordered"),
        (edited(DURATION, cadence="monthly"), "ci-duration spec.cadence", "unordered"),
        (edited(DURATION, grace="9d"), "ci-duration spec.grace", "unordered"),
        (edited(DURATION, baseline={"value": 20}), "ci-duration spec.baseline", "unordered"),
        (
            edited(DURATION, source={"file": {"path": "a", "date": "b", "value": "c"}}),
            "ci-duration spec.source",
            "unordered",
        ),
        (edited(INTERVIEWS, sample=20), "interviews spec.sample", "unordered"),
        (edited(INTERVIEWS, method="survey"), "interviews spec.method", "unordered"),
    ],
)
def test_what_needs_a_decision(head: dict[str, Any], field: str, effect: str) -> None:
    """Everything easier, and everything that has no order; at the field that it is about."""
    found = change(BASE, swapped(head))

    assert fields(found)[field].effect == effect
    assert offending(found) == {field}


def test_a_renamed_criterion_is_a_drop_and_an_addition() -> None:
    """Identity is the id."""
    found = change(BASE, swapped(edited(CI, duration__id="speed")))

    assert offending(found) == {"faster-ci spec.successCriteria[duration]"}
    assert fields(found)["faster-ci spec.successCriteria[speed]"].effect is Effect.HARDER


def test_an_answer_that_was_given_stays() -> None:
    """More may come; one that changes is another answer."""
    answer = {"role": "pm", "answer": "not-met", "date": "2026-06-01"}
    base = swapped(edited(CI, felt__answers=[answer]))

    better = change(base, swapped(edited(CI, felt__answers=[{**answer, "answer": "met"}])))
    more = change(base, swapped(edited(CI, felt__answers=[answer, {**answer, "role": "dev"}])))

    assert offending(better) == {"faster-ci spec.successCriteria[felt].answers"}
    assert offending(more) == set()


def test_what_never_was_promised_may_change() -> None:
    """An initiative outside now, its metric and its evidence are nobody's promise."""
    base = swapped(edited(CI, horizon="next"))
    head = swapped(
        edited(EASIER, horizon="next"), edited(DURATION, unit="s"), edited(INTERVIEWS, sample=9)
    )

    found = change(base, head)

    assert offending(found) == set()
    assert not any(each.protected for each in fields(found).values())


EASIER = edited(CI, duration__target="<= 6")


@pytest.mark.parametrize("spelling", [80, 80.0])
def test_the_spelling_of_a_number_is_no_change(spelling: float) -> None:
    """Nothing is reported at all."""
    base = swapped(edited(DURATION, baseline={"value": 80}))

    assert change(base, swapped(edited(DURATION, baseline={"value": spelling}))).resources == ()


def test_a_move_within_the_roots_is_free() -> None:
    """Only the path is another one."""
    text = (
        "{apiVersion: roadgate/v1, kind: Evidence, metadata: {name: interviews, title: interviews},"
        " spec: {method: interview, date: 2026-01-20, sample: 12, findings: [slow]}}"
    )
    found = change(BASE, BASE, texts={"roadmap/old/x.yaml": text}, gone=[path_of(INTERVIEWS)])

    assert [(each.action, each.ref.name, each.fields) for each in found.resources] == [
        ("moved", "interviews", ())
    ]


def test_a_deletion_needs_a_kill() -> None:
    """A relax or a pivot does not make a promise go away."""
    for kind in ("relax", "pivot", "pause", "ship"):
        assert offending(change(BASE, [*REST, decision(kind)])) == {"faster-ci"}, kind
    found = change(BASE, [*REST, decision("kill")])

    assert offending(found) == set()
    assert [(each.action, each.ref.name) for each in found.resources] == [
        ("added", "decided"),
        ("removed", "faster-ci"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        renamed(CI, "quick"),
        {**CI, "apiVersion": "example.com/v1"},
        {**CI, "kind": "Goal", "spec": {"outcome": "fast"}},
    ],
)
def test_no_road_leads_out_unseen(head: dict[str, Any]) -> None:
    """Another name without an alias, another format, another kind."""
    assert "faster-ci" in offending(change(BASE, [head, *REST]))


def test_an_alias_carries_the_promise_over() -> None:
    """And the one who claims it is compared with the promise behind it."""
    same = change(BASE, [renamed(CI, "quick", "faster-ci"), *REST])
    easier = change(BASE, [renamed(EASIER, "quick", "faster-ci"), *REST])

    assert offending(same) == set()
    assert [(each.action, each.former_name) for each in same.resources] == [
        ("changed", "faster-ci")
    ]
    assert offending(easier) == {"quick spec.successCriteria[duration].target"}


def test_an_alias_that_two_claim_continues_nothing() -> None:
    """Whose promise it is could not be said."""
    head = [renamed(CI, "one", "faster-ci"), renamed(CI, "two", "faster-ci"), *REST]

    assert "faster-ci" in offending(change(BASE, head))


def test_one_cannot_continue_two() -> None:
    """Neither by claiming two names nor on top of its own."""
    other = renamed(CI, "other")
    both = [renamed(CI, "new", "faster-ci", "other"), *REST]
    on_top = [renamed(other, "other", "faster-ci"), *REST]

    assert {"faster-ci", "other"} <= offending(change((*BASE, other), both))
    assert "faster-ci" in offending(change((*BASE, other), on_top))


def test_a_rename_back_is_a_rename() -> None:
    """The aliases of base are names as well."""
    base = [renamed(CI, "quick", "faster-ci"), *REST]

    assert offending(change(base, [renamed(CI, "faster-ci", "quick"), *REST])) == set()


def test_a_renamed_metric_is_the_same() -> None:
    """Criteria, thresholds and exits may follow it."""
    metric = renamed(DURATION, "minutes", "ci-duration")
    phases = [{"phase": "pilot", "exit": {"metric": "minutes", "target": "<= 10"}}]
    follows = edited(
        CI,
        duration__metric="minutes",
        **{"no-movement__metric": "minutes"},
        rollout=phases,
    )

    assert offending(change(BASE, [CI, metric, FLAKES, CORE, INTERVIEWS])) == set()
    assert offending(change(BASE, [follows, metric, FLAKES, CORE, INTERVIEWS])) == set()
    assert offending(
        change(BASE, [follows, edited(metric, unit="s"), FLAKES, CORE, INTERVIEWS])
    ) == {"minutes spec.unit"}


def test_a_file_that_no_longer_loads_takes_no_promise_away() -> None:
    """It is said that it stands, and it is not called removed."""
    found = change(BASE, BASE, texts={path_of(CI): "a: [b"})

    assert found.resources == ()
    assert codes(found) == ["RG040"]
    assert "its promise stands" in found.findings[0].message


def test_a_document_that_fails_its_schema_is_compared_as_it_is_written() -> None:
    """A second mistake hides no first one."""
    found = change(BASE, swapped(edited(EASIER, horizn="now")))

    assert TARGET in offending(found)


@pytest.mark.parametrize("gone", ["ci-duration", "interviews"])
def test_what_a_promise_rests_on_may_not_disappear(gone: str) -> None:
    """Its metric and its evidence are protected with it."""
    head = [each for each in BASE if each["metadata"]["name"] != gone]

    assert offending(change(BASE, head)) == {gone}


def test_evidence_is_protected_from_either_side_of_the_reference() -> None:
    """It may name the initiative, or be named by it."""
    named = edited(INTERVIEWS, supports=["faster-ci"])
    base = [edited(CI, evidence=[]), DURATION, FLAKES, CORE, named]
    head = [edited(CI, evidence=[]), DURATION, FLAKES, CORE, edited(named, sample=20)]

    assert offending(change(base, head)) == {"interviews spec.sample"}
    corrected = change(base, [*head, decision("correct", evidence="interviews")])
    assert offending(corrected) == set()


def test_the_very_first_change_protects_nothing() -> None:
    """Nothing was promised yet."""
    found = change(None, BASE)

    assert offending(found) == set()
    assert {each.action for each in found.resources} == {"added"}


EDITED = decision("relax", "old", criterion="duration", until="2026-12-31", because="slow")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (edited(EDITED, because="slow vendor", learned="more"), set()),
        (edited(EDITED, until="2026-09-30"), set()),
        (edited(EDITED, until="2027-09-30"), {"old spec.until"}),
        (edited(EDITED, until=None), {"old spec.until"}),
        (edited(EDITED, type="kill"), {"old spec.type"}),
        (edited(EDITED, date="2026-06-18"), {"old spec.date"}),
        (edited(EDITED, by=["example-pm"]), {"old spec.by"}),
    ],
)
def test_a_decision_of_base_stays(head: dict[str, Any], expected: set[str]) -> None:
    """Only its words may change, and its end come nearer."""
    assert offending(change([*BASE, EDITED], [*BASE, head])) == expected


def test_a_decision_of_base_cannot_be_deleted() -> None:
    """It is part of the record."""
    assert offending(change([*BASE, EDITED], BASE)) == {"old"}


def test_going_back_to_what_was_promised_is_free() -> None:
    """A text that was pushed past everybody may be mended without a Decision."""
    pushed = edited(CI, duration__metric="flake-rate", duration__target="<= 50")
    metric = edited(DURATION, unit="s")
    first = record("c1", COMMITTED, *BASE)
    history = seals((first, record("c2", COMMITTED, pushed, metric)), None, complete=True)
    base = swapped(pushed, metric)

    assert offending(change(base, BASE, history=history)) == set()
    worse = edited(pushed, duration__target="<= 60")
    assert TARGET in offending(change(base, swapped(worse, metric), history=history))


def test_what_base_lost_is_compared_with_what_was_promised() -> None:
    """A file that was deleted past everybody does not come back easier."""
    first = record("c1", COMMITTED, *BASE)
    history = seals((first, record("c2", COMMITTED, gone=[path_of(CI)])), None, complete=True)

    assert offending(change(REST, BASE, history=history)) == set()
    assert offending(change(REST, swapped(EASIER), history=history)) == {TARGET}


def test_killed_is_no_longer_protected() -> None:
    """What is edited afterwards is nobody's promise."""
    killed = edited(CI, status="killed")
    base = [*swapped(killed), decision("kill", "over")]
    first = record("c1", COMMITTED, *BASE)
    history = seals(
        (first, record("c2", COMMITTED, killed, decision("kill", "over"))), None, complete=True
    )

    head = [*swapped(edited(EASIER, status="killed")), decision("kill", "over")]

    assert offending(change(base, head, history=history)) == set()


def test_the_findings_and_fields_come_in_one_order() -> None:
    """The same input gives the same output, whatever the order of files."""
    head = swapped(EASIER, edited(DURATION, unit="s"), decision("relax", criterion="duration"))

    assert change(BASE, head) == change(tuple(reversed(BASE)), list(reversed(head)))


def test_the_day_of_the_change_decides_about_deadlines() -> None:
    """What lies ahead in June lies behind in July."""
    head = swapped(edited(CI, duration__by="2026-07-01"))

    assert offending(change(BASE, head, on=date(2026, 6, 30))) == set()
    assert offending(change(BASE, head, on=date(2026, 7, 1), pull_request=APPROVED)) == {
        "faster-ci spec.successCriteria[duration].by"
    }


def test_another_kind_changes_freely() -> None:
    """A Goal promises nothing by itself."""
    goal = resource("Goal", "ship-daily", {"outcome": "fast"})

    found = change([*BASE, goal], [*BASE, edited(goal, outcome="faster")])

    assert offending(found) == set()
    assert fields(found)["ship-daily spec.outcome"].effect is Effect.FREE


def test_another_cadence_leaves_a_grace_that_is_written_out() -> None:
    """The author changed one field, whatever the default grace of that cadence is."""
    spec = {"unit": "min", "direction": "lower", "grace": "4d"}
    base = resource("Metric", "ci-duration", {**spec, "cadence": "weekly"})
    head = resource("Metric", "ci-duration", {**spec, "cadence": "monthly"})

    assert set(fields(change(swapped(base), swapped(head)))) == {"ci-duration spec.cadence"}
