"""Maps of a roadmap: what hangs from what, and what hangs from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.roadmap.maps import maps
from unit.load.repositories import document
from unit.roadmap.roadmaps import initiative, linked

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.maps import Maps

IMPACT = ", goal: ship-daily, impact: {actor: developer, change: merges more}"


def drawn(root: Path, *documents: str) -> Maps:
    """The maps of these documents, beside those that all tests of linking share."""
    roadmap, _ = linked(root, *documents)
    return maps(roadmap)


def test_goal_actor_impact_deliverable(tmp_path: Path) -> None:
    """An initiative hangs from its goal; former names lead to present ones."""
    found = drawn(
        tmp_path,
        document("Goal", "faster", "{outcome: y, parent: ship-daily}", aliases="[old-goal]"),
        initiative("a", IMPACT),
        initiative("b", ", goal: old-goal, impact: {actor: developer, change: waits less}"),
    ).impact

    assert [(each.name, each.parent, each.depth) for each in found.goals] == [
        ("ship-daily", None, 0),
        ("faster", "ship-daily", 1),
    ]
    assert [
        (goal.name, each.actor, each.change, each.name)
        for goal in found.goals
        for each in goal.deliverables
    ] == [
        ("ship-daily", "developer", "merges more", "a"),
        ("faster", "developer", "waits less", "b"),
    ]


def test_what_hangs_from_nothing(tmp_path: Path) -> None:
    """Each loose end is named with what it lacks; what was killed is none."""
    found = drawn(
        tmp_path,
        document("Goal", "unloved", "{outcome: y}"),
        initiative("aimless"),
        initiative("dead", ", status: killed"),
        initiative("faceless", ", goal: ship-daily"),
        initiative("lost", ", goal: nowhere"),
    ).impact

    assert [(each.kind, each.name, each.why) for each in found.loose] == [
        ("Initiative", "aimless", "serves no goal"),
        ("Initiative", "faceless", "says nowhere who will do what"),
        ("Initiative", "lost", "serves the goal 'nowhere', which is not declared"),
        ("Goal", "unloved", "nothing is done for it"),
        ("Evidence", "interviews", "supports nothing"),
    ]


def test_back_references_are_merged(tmp_path: Path) -> None:
    """Either side of Evidence.supports and Initiative.evidence suffices, and both count once."""
    found = drawn(
        tmp_path,
        document("Evidence", "tickets", "{method: survey, date: 2026-01-20, supports: [a]}"),
        initiative("a", f"{IMPACT}, evidence: [interviews, tickets]"),
    ).impact

    ((deliverable,),) = (goal.deliverables for goal in found.goals)
    assert deliverable.evidence == ("interviews", "tickets")
    assert found.loose == ()


@pytest.mark.parametrize("count", [1, 3, 3000])
def test_goals_in_a_circle_and_in_a_long_chain(tmp_path: Path, count: int) -> None:
    """Every goal is drawn once, whatever its parents are."""
    chain = [document("Goal", "g0", f"{{outcome: x, parent: g{count - 1}}}")]
    chain += [
        document("Goal", f"g{number}", f"{{outcome: x, parent: g{number - 1}}}")
        for number in range(1, count)
    ]

    found = drawn(tmp_path, *chain).impact

    assert sorted(each.name for each in found.goals) == sorted(
        ["ship-daily", *(f"g{number}" for number in range(count))]
    )


def test_the_estate(tmp_path: Path) -> None:
    """Each service with what it needs, what needs it, who uses it and what changes it."""
    found = drawn(
        tmp_path,
        document("Service", "store", "{tier: 1}", aliases="[old-store]"),
        document("Service", "runner", "{dependsOn: [old-store], consumers: [developer]}"),
        initiative("a", ", services: [old-store, runner]"),
    ).estate

    runner, store = found.services
    assert (runner.depends_on, runner.needed_by, runner.consumers) == (
        ("store",),
        (),
        ("developer",),
    )
    assert (store.needed_by, store.initiatives, store.tier) == (("runner",), ("a",), 1)
    assert found.cycles == ()


def test_circles_are_paths(tmp_path: Path) -> None:
    """A circle of services or initiatives is a path that ends where it began."""
    found = drawn(
        tmp_path,
        document("Service", "x", "{dependsOn: [y]}"),
        document("Service", "y", "{dependsOn: [x]}"),
        initiative("a", ", dependsOn: [b]"),
        initiative("b", ", dependsOn: [c]"),
        initiative("c", ", dependsOn: [a]"),
        initiative("alone"),
    )

    assert found.estate.cycles == (("x", "y", "x"),)
    assert found.dependencies.cycles == (("a", "b", "c", "a"),)
    assert [each.name for each in found.dependencies.initiatives] == ["a", "b", "c"]
    assert found.dependencies.initiatives[0].needed_by == ("c",)


def test_a_journey_with_gaps(tmp_path: Path) -> None:
    """Every stage stands in order; what is missing is named, and what is waived is not."""
    stages = (
        "[{stage: use, expects: fast, pain: slow, owner: core}, "
        "{stage: discover, pain: hidden}, {stage: acquire, waived: everybody has it}, "
        "{stage: manage, expects: calm, touchpoints: [{name: mail, owner: core}]}]"
    )
    (journey,) = drawn(
        tmp_path,
        document("Journey", "j", f"{{persona: developer, stages: {stages}}}"),
        initiative("a", ", personas: [developer], touches: [use]"),
        initiative("dead", ", personas: [developer], touches: [use], status: killed"),
    ).journeys

    assert [(each.stage, each.gaps) for each in journey.stages] == [
        ("discover", ("no expectation", "a pain with no initiative", "nobody answers for it")),
        ("evaluate", ("no expectation",)),
        ("acquire", ()),
        ("implement", ("no expectation",)),
        ("use", ()),
        ("manage", ()),
        ("feedback", ("no expectation",)),
        ("exit", ("no way out",)),
    ]
    assert [each.initiatives for each in journey.stages if each.stage == "use"] == [("a",)]


def test_initiatives_bunched_on_one_stage(tmp_path: Path) -> None:
    """Where most of them meet is a gap of the whole journey; what is shipped is not counted."""
    names = "abcd"
    stage = f"{{stage: use, initiatives: [{', '.join(names)}, s]}}"
    (journey,) = drawn(
        tmp_path,
        document("Journey", "j", f"{{persona: developer, stages: [{stage}]}}"),
        *(initiative(each) for each in names),
        initiative("s", ", status: shipped"),
    ).journeys

    assert journey.gaps == ("4 of 4 open initiatives meet at 'use'",)


def test_a_persona_without_a_journey(tmp_path: Path) -> None:
    """Nobody's journey is forgotten."""
    (journey,) = drawn(tmp_path).journeys

    assert (journey.persona, journey.journey) == ("developer", None)
    assert journey.gaps == ("nobody has written it down",)
