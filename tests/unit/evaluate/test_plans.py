"""Launches, services, visions and journeys, judged as of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.evaluate.verdicts import judge
from roadgate.model.source import ResourceRef
from unit.evaluate.policy_world import roadmap
from unit.plan.build import series

if TYPE_CHECKING:
    from roadgate.model.roadmap import Roadmap

API = "roadgate/v1"


def doc(kind: str, name: str, **spec: Any) -> dict[str, Any]:
    """A document."""
    return {
        "apiVersion": API,
        "kind": kind,
        "metadata": {"name": name, "title": name},
        "spec": spec,
    }


SPEED = doc("Metric", "speed", unit="min", direction="lower", cadence="weekly")
FLAKES = doc("Metric", "flakes", unit="%", direction="lower", cadence="weekly")
INITIATIVE = doc(
    "Initiative",
    "faster-ci",
    problem="x",
    horizon="now",
    status="active",
    committed="2026-02-02",
    guardrails=[{"id": "flaky", "metric": "flakes", "target": "<= 2"}],
)
CRITERION = {"id": "fast", "metric": "speed", "target": "<= 5", "by": "2026-05-15"}
LAUNCH = doc(
    "Launch", "launch", initiative="faster-ci", date="2026-04-15", successCriteria=[CRITERION]
)
KILL = doc(
    "Decision",
    "kill",
    type="kill",
    concerns={"initiative": "faster-ci"},
    date="2026-05-20",
    by=["vp"],
    because="x",
    learned="y",
)


def world(*documents: dict[str, Any], **rows: list[tuple[str, int]]) -> Roadmap:
    """A roadmap of these documents, with observations by metric."""
    files = {name: series(name, *found) for name, found in rows.items()}
    return replace(roadmap(SPEED, FLAKES, *documents), measurements=files)


@pytest.mark.parametrize(
    ("day", "rows", "verdict"),
    [
        ("2026-04-20", [("2026-04-10", 5)], "pending"),
        ("2026-05-10", [("2026-05-09", 4)], "on-track"),
        ("2026-05-10", [("2026-05-09", 6)], "at-risk"),
        ("2026-06-10", [("2026-05-15", 5)], "met"),
        ("2026-06-10", [("2026-05-15", 6)], "missed"),
        ("2026-06-10", [("2026-05-15", 6), ("2026-05-22", 5)], "recovered"),
        ("2026-06-10", [], "no-data"),
    ],
)
def test_a_launch_is_judged_by_the_same_table(
    day: str, rows: list[tuple[str, int]], verdict: str
) -> None:
    """Its criteria count from launch day on."""
    found = world(INITIATIVE, LAUNCH, speed=rows, flakes=[("2026-05-09", 1)])

    (launch,) = judge(found, date.fromisoformat(day)).launches

    assert (launch.verdict, launch.criteria[0].verdict) == (verdict, verdict)
    assert (launch.criteria[0].from_, launch.initiative) == (date(2026, 4, 15), "faster-ci")


def test_a_breached_guardrail_puts_the_launch_at_risk() -> None:
    """What must not get worse holds for the launch too."""
    found = world(INITIATIVE, LAUNCH, speed=[("2026-05-09", 4)], flakes=[("2026-05-09", 3)])

    (launch,) = judge(found, date(2026, 5, 10)).launches

    assert launch.verdict == "at-risk"
    assert "guardrail 'flaky' is breached" in launch.criteria[0].reason


def test_a_kill_freezes_the_launch() -> None:
    """What was over on that day is judged by what was known on that day."""
    rows = [("2026-05-15", 6), ("2026-05-29", 4)]

    alive = judge(world(INITIATIVE, LAUNCH, speed=rows), date(2026, 6, 10))
    killed = judge(world(INITIATIVE, LAUNCH, KILL, speed=rows), date(2026, 6, 10))

    assert [each.launches[0].verdict for each in (alive, killed)] == ["recovered", "missed"]


def test_a_launch_of_a_former_name_and_of_nothing() -> None:
    """The initiative is called by its present name; a launch of nothing is judged all the same."""
    renamed = {**INITIATIVE, "metadata": {**INITIATIVE["metadata"], "aliases": ["old"]}}
    spec = {**LAUNCH["spec"], "initiative": "old"}

    for documents, name in (([renamed], "faster-ci"), ([], "old")):
        found = world(*documents, {**LAUNCH, "spec": spec}, speed=[("2026-05-15", 5)])
        (launch,) = judge(found, date(2026, 6, 10)).launches
        assert (launch.initiative, launch.verdict) == (name, "met")


def test_a_launch_without_criteria() -> None:
    """Which is never met."""
    found = world(INITIATIVE, doc("Launch", "launch", initiative="faster-ci", date="2026-04-15"))
    assert judge(found, date(2026, 6, 10)).launches[0].verdict is None


BOUNDS = [
    {"id": "a", "metric": "speed", "target": "<= 5"},
    {"id": "b", "metric": "speed", "target": "<= 3"},
    {"id": "c", "metric": "flakes", "target": "<= 3"},
    {"id": "d", "metric": "speed", "target": "=< 3"},
]
HELD = [("a", "held"), ("b", "breached"), ("c", "unmeasured"), ("d", "error")]


def test_bounds_of_services_visions_and_journeys() -> None:
    """Each holds, is breached, is unmeasured or cannot be judged."""
    phases = [{**{k: v for k, v in each.items() if k != "id"}, "phase": each["id"]}
              for each in BOUNDS]  # fmt: skip
    found = world(
        doc("Service", "runner", nfrs=BOUNDS),
        doc("Vision", "fearless", persona="p", narrative="x", goodEnough=phases),
        doc("Journey", "dev", persona="p", stages=[{"stage": "use", "budgets": BOUNDS}]),
        speed=[("2026-05-09", 4)],
    )

    verdicts = judge(found, date(2026, 5, 10))

    def told(results: tuple[Any, ...]) -> list[tuple[str, str]]:
        return [(each.id, each.verdict) for each in results[0].holds]

    assert told(verdicts.services) == told(verdicts.visions) == HELD
    assert told(verdicts.journeys) == [(f"use/{id_}", verdict) for id_, verdict in HELD]


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ([], "unmeasured"),
        ([("met", "2026-05-01", {})], "unmeasured"),
        ([("met", "2026-05-01", {"link": "https://example.com"})], "held"),
        ([("met", "2026-05-11", {"link": "https://example.com"})], "unmeasured"),
        (
            [
                ("met", "2026-05-01", {"link": "https://example.com"}),
                ("not-met", "2026-05-02", {"evidence": "e"}),
            ],
            "breached",
        ),
    ],
)
def test_good_enough_in_words(answers: list[tuple[str, str, Any]], verdict: str) -> None:
    """A question holds while the newest answer that shows something says so."""
    given = [{"role": "pm", "answer": says, "date": day, **more} for says, day, more in answers]
    asked = {"phase": "p", "question": "Calm?", "answers": given}
    found = world(doc("Vision", "v", persona="p", narrative="x", goodEnough=[asked]))

    ((hold,),) = (each.holds for each in judge(found, date(2026, 5, 10)).visions)

    assert (hold.verdict, hold.question, hold.metric) == (verdict, "Calm?", "")


@pytest.mark.parametrize(
    "item", [{"metric": "speed"}, {}, {"metric": "speed", "target": "<= 5", "question": "Calm?"}]
)
def test_good_enough_that_means_nothing(item: dict[str, Any]) -> None:
    """What is neither a number nor a question, or both, cannot be judged."""
    found = world(
        doc("Vision", "v", persona="p", narrative="x", goodEnough=[{"phase": "p", **item}])
    )

    ((hold,),) = (each.holds for each in judge(found, date(2026, 5, 10)).visions)

    assert hold.verdict == "error"


@pytest.mark.parametrize("kind", ["Initiative", "Launch", "Service", "Vision", "Journey", "Metric"])
def test_what_is_judged_about_one_resource(kind: str) -> None:
    """Nothing of the same name of another kind, and nothing else."""
    found = world(
        {**INITIATIVE, "metadata": {"name": "it", "title": "it"}},
        {**LAUNCH, "metadata": {"name": "it", "title": "it"}},
        doc("Service", "it"),
        doc("Service", "other"),
        doc("Vision", "it", persona="p", narrative="x"),
        doc("Journey", "it", persona="p"),
        doc("Metric", "it", direction="lower", cadence="weekly", target="<= 5"),
    )

    own = judge(found, date(2026, 5, 10)).about(ResourceRef(kind, "it"))

    lists = {
        "Initiative": own.initiatives,
        "Launch": own.launches,
        "Service": own.services,
        "Vision": own.visions,
        "Journey": own.journeys,
        "Metric": own.metrics,
    }
    assert [name for name, found_ in lists.items() if found_] == [kind]
    assert len(lists[kind]) == 1
