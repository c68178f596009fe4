"""What the functions about the roadmap answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roadgate.evaluate.answers import Answers
from roadgate.evaluate.functions import calendar
from roadgate.evaluate.world import World
from roadgate.model.change import Context, Review
from unit.evaluate.policy_world import TODAY, config, document, initiative, roadmap

HEAD = "a" * 40


def answers(*documents: dict[str, Any], context: Context | None = None, **more: Any) -> Answers:
    """Answers about a few documents."""
    return Answers(World(roadmap(*documents), None, TODAY), context, more.get("judge"))


def reviewed(*approvers: str, author: str = "example-pm", **teams: tuple[str, ...]) -> Context:
    """A pull request with approvals of its head."""
    reviews = tuple(Review(each, "approved", HEAD, TODAY) for each in approvers)
    return Context(7, "b" * 40, HEAD, author, reviews=reviews, teams=dict(teams))


TEAM = document("Team", "leads", members=[{"role": "lead", "github": "@Example-VP"}])


@pytest.mark.parametrize(
    ("context", "answer"),
    [
        (None, "unknown"),
        (reviewed(), "no"),
        (reviewed("example-vp"), "yes"),
        (reviewed("somebody"), "no"),
        (reviewed("example-vp", author="example-vp"), "no"),
    ],
)
def test_approved_by(context: Context | None, answer: str) -> None:
    """Somebody in the team, who did not write it, has approved this head; logins have no case."""
    assert answers(TEAM, context=context).approved_by("leads") == answer


def test_the_team_as_base_knows_it() -> None:
    """A change cannot appoint its own approvers; a team that base lacks is the forge's."""
    crowded = document("Team", "leads", members=[{"role": "lead", "github": "somebody"}])
    context = reviewed("somebody", sponsors=("somebody", "a-bot[bot]"))
    asked = answers(crowded, context=context, judge=roadmap(TEAM))
    assert asked.approved_by("leads") == "no"
    assert asked.approved_by("sponsors") == "yes"
    with pytest.raises(ValueError, match="there is no Team 'nobody'"):
        asked.approved_by("nobody")


def test_circles_and_ways() -> None:
    """Who waits for whom is followed to the end, through former names, and around circles."""
    last = initiative("c", dependsOn=["a"])
    last["metadata"]["aliases"] = ["z"]
    asked = answers(initiative("a", dependsOn=["b"]), initiative("b", dependsOn=["z"]), last)
    assert asked.cycles() == ["a → b → c → a"]
    assert asked.dependencies("a") == ["b", "c", "a"]
    assert asked.path("b", "a") == ["b", "c", "a"]
    assert answers(initiative("a"), initiative("b")).path("a", "b") == []


@pytest.mark.parametrize(
    ("spec", "quarters"),
    [
        ({"milestones": [{"id": "m", "title": "M", "due": "2026-09-30"}]}, [0.0, 4.0, 0.0]),
        (
            {
                "committed": "2026-04-01",
                "milestones": [{"id": "m", "title": "M", "due": "2026-09-29"}],
            },
            [2.0, 2.0, 0.0],
        ),
        ({}, [0.0, 4.0, 0.0]),
        ({"status": "paused"}, [0.0, 0.0, 0.0]),
        ({"horizon": "next"}, [0.0, 0.0, 0.0]),
    ],
)
def test_demand(spec: dict[str, Any], quarters: list[float]) -> None:
    """Effort is spread evenly over the days of the work; what is not open takes nothing."""
    said = {
        "status": "active",
        "horizon": "now",
        "committed": "2026-07-01",
        "rice": {"reach": 1, "impact": 1, "confidence": 100, "effort": 4},
        **spec,
    }
    owned = initiative("a", said.pop("horizon"), **said)
    owned["metadata"]["owner"] = "leads"
    asked = answers(TEAM, owned)
    found = [asked.demand("leads", each) for each in ("2026-Q2", "2026-Q3", "2026-Q4")]
    assert found == pytest.approx(quarters)


def test_demand_at_the_end_of_the_calendar() -> None:
    """Work without an end lasts a quarter, or as long as there are days."""
    rice = {"reach": 1, "impact": 1, "confidence": 100, "effort": 4}
    last = initiative("last", "now", status="active", committed="9999-12-01", rice=rice)
    last["metadata"]["owner"] = "leads"
    asked = answers(TEAM, last)
    assert asked.demand("leads", "9999-Q3") == pytest.approx(0.0)
    assert asked.demand("leads", "9998-Q1") == pytest.approx(0.0)


def test_a_year_that_begins_in_april() -> None:
    """Quarters follow the calendar of the configuration."""
    linked = replace(roadmap(), config=config(calendar={"quarterStart": 4}))
    asked = Answers(World(linked, None, TODAY), None, None)
    assert asked.quarter("2026-03-31") == "2025-Q4"
    assert asked.quarters("2026-03-31", "2026-07-01") == ["2025-Q4", "2026-Q1", "2026-Q2"]


@pytest.mark.parametrize("first", range(1, 13))
def test_quarters_meet(first: int) -> None:
    """Each day lies within the quarter it is said to lie in, and quarters follow one another."""
    day = date(2026, 1, 1)
    for each in calendar.quarters(day, date(2028, 12, 31), first):
        start, end = calendar.bounds(each, first)
        assert start <= day <= end
        assert calendar.quarter(start, first) == calendar.quarter(end, first) == each
        day = date.fromordinal(end.toordinal() + 1)
