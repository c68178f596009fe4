"""Journeys, launches, visions and services: what contradicts itself, and what stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.model.finding import Severity
from unit.load.repositories import document
from unit.roadmap.roadmaps import initiative, linked, told

if TYPE_CHECKING:
    from pathlib import Path

LAUNCH = "{initiative: i, date: 2026-04-15, activities: [{id: a, phase: %s, due: %s, title: x}]}"
BOUND = "metric: ci-duration, target: '<= 5 h'"
WRONG_UNIT = "'<= 5 h' is in 'h', the metric 'ci-duration' is in 'min'"


@pytest.mark.parametrize(
    ("phase", "due", "message"),
    [
        ("pre-launch", "2026-04-16",
         "'a' is pre-launch and due on 2026-04-16, after launch day"),
        ("post-launch", "2026-04-14",
         "'a' is post-launch and due on 2026-04-14, before launch day"),
        ("launch", "2026-04-22", "'a' is launch and due on 2026-04-22, not in the launch week"),
        ("launch", "2026-04-08", "'a' is launch and due on 2026-04-08, not in the launch week"),
        ("pre-launch", "2026-03-15", "'a' is due on 2026-03-15, outside the launch's 90 days"),
        ("post-launch", "2026-06-15", "'a' is due on 2026-06-15, outside the launch's 90 days"),
    ],
)  # fmt: skip
def test_an_activity_outside_its_phase(tmp_path: Path, phase: str, due: str, message: str) -> None:
    """A day that contradicts the phase is told at the day."""
    found = told(tmp_path, initiative("i"), document("Launch", "l", LAUNCH % (phase, due)))

    assert [each[:3] for each in found] == [("RG010", "spec.activities[a].due", message)]


@pytest.mark.parametrize(
    ("phase", "due"),
    [
        ("pre-launch", "2026-03-16"),
        ("pre-launch", "2026-04-15"),
        ("launch", "2026-04-09"),
        ("launch", "2026-04-21"),
        ("post-launch", "2026-04-15"),
        ("post-launch", "2026-06-14"),
    ],
)
def test_an_activity_within_its_phase(tmp_path: Path, phase: str, due: str) -> None:
    """The first and the last day of each phase belong to it."""
    launch = document("Launch", "l", LAUNCH % (phase, due))
    assert told(tmp_path, initiative("i"), launch) == []


@pytest.mark.parametrize(
    ("kind", "spec", "field", "message"),
    [
        ("Journey", "{persona: developer, stages: [{stage: use}, {stage: exit}, {stage: use}]}",
         "spec.stages[2].stage", "the stage 'use' stands twice in 'spec.stages'"),
        ("Journey", (f"{{persona: developer, stages: [{{stage: use, budgets: [{{id: a, {BOUND}}}, "
         f"{{id: a, {BOUND}}}]}}]}}"), "spec.stages[0].budgets[1].id",
         "the id 'a' stands twice in 'spec.stages[0].budgets'"),
        ("Service", "{readiness: [{id: a, met: true}, {id: a, met: false}]}",
         "spec.readiness[1].id", "the id 'a' stands twice in 'spec.readiness'"),
        ("Vision", ("{persona: developer, narrative: x, milestones: [{id: a, title: x, due: "
         "2026-01-01}, {id: a, title: y, due: 2026-02-01}]}"), "spec.milestones[1].id",
         "the id 'a' stands twice in 'spec.milestones'"),
        ("Vision", ("{persona: developer, narrative: x, versions: [{version: 1, date: 2026-01-01, "
         "why: x}, {version: 1, date: 2026-01-02, why: y}]}"), "spec.versions[1].version",
         "the version '1' stands twice in 'spec.versions'"),
        ("Launch", ("{initiative: i, date: 2026-04-15, successCriteria: [{id: a, question: x, by: "
         "2026-05-01}, {id: a, question: y, by: 2026-05-01}]}"), "spec.successCriteria[1].id",
         "the id 'a' stands twice in 'spec.successCriteria'"),
    ],
)  # fmt: skip
def test_what_stands_twice(tmp_path: Path, kind: str, spec: str, field: str, message: str) -> None:
    """Entries of a list are told apart, in every kind."""
    found = told(tmp_path, initiative("i"), document(kind, "it", spec))

    assert [each[1:3] for each in found if each[0] == "RG011"] == [(field, message)]


@pytest.mark.parametrize(
    ("kind", "spec", "field", "message"),
    [
        ("Service", f"{{nfrs: [{{id: a, {BOUND}}}]}}", "spec.nfrs[a].target", WRONG_UNIT),
        ("Vision", f"{{persona: developer, narrative: x, goodEnough: [{{phase: p, {BOUND}}}]}}",
         "spec.goodEnough[0].target", WRONG_UNIT),
        ("Journey", (f"{{persona: developer, stages: [{{stage: use, budgets: [{{id: a, {BOUND}}}]"
         "}]}"), "spec.stages[0].budgets[a].target", WRONG_UNIT),
        ("Launch", (f"{{initiative: i, date: 2026-04-15, successCriteria: [{{id: a, {BOUND}, "
         "by: 2026-05-01}]}"), "spec.successCriteria[a].target", WRONG_UNIT),
        ("Launch", ("{initiative: i, date: 2026-04-15, successCriteria: [{id: a, metric: "
         "ci-duration, target: '<= 5', by: 2026-04-01}]}"), "spec.successCriteria[a].by",
         "'by' (2026-04-01) is before the day of the launch (2026-04-15)"),
        ("Vision", "{persona: developer, narrative: x, goodEnough: [{phase: p}]}",
         "spec.goodEnough[0].metric", "the phase has neither a metric nor a question"),
        ("Vision", ("{persona: developer, narrative: x, goodEnough: [{phase: p, question: x, "
         "answers: [{role: x, answer: met, date: 2026-01-01}]}]}"),
         "spec.goodEnough[0].answers[0]",
         "the answer of 2026-01-01 shows neither evidence nor a link"),
        ("Service", "{nfrs: [{id: a, metric: ci-duration, target: '<= 5', window: 0d}]}",
         "spec.nfrs[a].window", "a window of 0 days holds no observation"),
    ],
)  # fmt: skip
def test_a_condition_without_meaning(
    tmp_path: Path, kind: str, spec: str, field: str, message: str
) -> None:
    """Conditions are held to the same rules wherever they stand."""
    found = told(tmp_path, initiative("i"), document(kind, "it", spec))

    assert [each[:3] for each in found] == [("RG010", field, message)]


def test_a_waived_stage_with_a_pain(tmp_path: Path) -> None:
    """What is waived has nothing to say, and is told so without failing."""
    _, (finding,) = linked(
        tmp_path,
        document(
            "Journey",
            "j",
            "{persona: developer, stages: [{stage: exit, waived: nobody leaves, pain: slow}]}",
        ),
    )

    assert (finding.severity, finding.field, finding.message) == (
        Severity.WARNING,
        "spec.stages[0].pain",
        "the stage 'exit' is waived, and has 'pain' all the same",
    )


def test_versions_in_the_wrong_order(tmp_path: Path) -> None:
    """A later version is of a later day."""
    ((code, field, message, _),) = told(
        tmp_path,
        document(
            "Vision",
            "v",
            "{persona: developer, narrative: x, versions: [{version: 2, date: 2026-01-01, why: "
            "x}, {version: 1, date: 2026-02-01, why: y}]}",
        ),
    )

    assert (code, field) == ("RG010", "spec.versions[0].date")
    assert message == "version 2 is of 2026-01-01, before version 1 of 2026-02-01"


def test_services_that_need_one_another(tmp_path: Path) -> None:
    """A cycle in the estate is a warning with its path, former names followed."""
    _, found = linked(
        tmp_path,
        document("Service", "a", "{dependsOn: [b]}"),
        document("Service", "b", "{dependsOn: [old-c]}"),
        document("Service", "c", "{dependsOn: [a]}", aliases="[old-c]"),
    )

    assert [(each.severity, each.message) for each in found if each.id == "RG013"] == [
        (Severity.WARNING, "'a' depends on itself: a → b → c → a")
    ]
