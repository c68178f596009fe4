"""The effort of commitments, by quarter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.evaluate.workload import load, quarter_of
from unit.evaluate.policy_world import TODAY, initiative, resource

if TYPE_CHECKING:
    from roadgate.model.kinds import Initiative

ASK = {"id": "done", "question": "Is it?"}


def promised(name: str, committed: str, effort: str, *by: str) -> Initiative:
    """A commitment of so many person-months, with deadlines."""
    rice = {"reach": 10, "impact": 1, "confidence": 100, "effort": Decimal(effort)}
    criteria = [{**ASK, "id": f"c{number}", "by": day} for number, day in enumerate(by)]
    body: Initiative = resource(
        initiative(name, "now", committed=committed, rice=rice, successCriteria=criteria)
    ).body
    return body


def plain(rows: list[dict[str, Any]]) -> list[tuple[str, float, list[str]]]:
    """The rows without the wrappers that messages need."""
    return [
        (each["quarter"]["value"], each["effort"]["value"], each["initiatives"]) for each in rows
    ]


def test_spread_evenly() -> None:
    """Effort is spread over the days from the commitment to the last deadline."""
    rows = load([promised("a", "2026-07-01", "12", "2026-08-01", "2026-12-31")], TODAY, 1)
    assert plain(rows) == [("2026-07-01", 6.0, ["a"]), ("2026-10-01", 6.0, ["a"])]


def test_the_past_is_past() -> None:
    """Quarters that have ended are not counted any more."""
    rows = load([promised("a", "2026-04-01", "6", "2026-09-29")], TODAY, 1)
    assert plain(rows) == [("2026-07-01", 3.0, ["a"])]


def test_several() -> None:
    """Commitments of one quarter add up, exactly."""
    both = [promised(name, "2026-07-01", "0.1", "2026-09-30") for name in "ba"]
    assert plain(load(both, TODAY, 1)) == [("2026-07-01", 0.2, ["a", "b"])]


def test_without_deadline() -> None:
    """What has no deadline lies on the day of its commitment."""
    assert plain(load([promised("a", "2026-07-02", "5")], TODAY, 1)) == [("2026-07-01", 5.0, ["a"])]


def test_nothing_to_spread() -> None:
    """Without effort or a commitment there is nothing to spread."""
    rice = {"reach": 10, "impact": 1, "confidence": 100, "effort": 2}
    bodies = [
        resource(initiative("a", "now", committed="2026-07-01")).body,
        resource(initiative("b", "now", rice=rice)).body,
    ]
    assert load(bodies, TODAY, 1) == []


@pytest.mark.parametrize(
    ("day", "start", "first"),
    [
        ("2026-07-01", 1, "2026-07-01"),
        ("2026-09-30", 1, "2026-07-01"),
        ("2026-01-15", 2, "2025-11-01"),
        ("2026-02-01", 2, "2026-02-01"),
        ("2026-12-31", 12, "2026-12-01"),
        ("2026-02-28", 12, "2025-12-01"),
        ("0001-01-01", 2, "0001-11-01"),
    ],
)
def test_quarter(day: str, start: int, first: str) -> None:
    """A quarter begins in the month that the calendar says, and every third after it."""
    assert quarter_of(date.fromisoformat(day), start) == date.fromisoformat(first)


def test_the_end_of_the_calendar() -> None:
    """A deadline at the end of all dates is no bug."""
    rows = load([promised("a", "9998-01-01", "4", "9999-12-31")], date(9998, 1, 1), 1)
    assert [quarter for quarter, *_ in plain(rows)] == [
        "9998-01-01",
        "9998-04-01",
        "9998-07-01",
        "9998-10-01",
    ]
