"""A tracker in a state that asks for every kind of change, and how it looks afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from roadgate.model.managed import Block, key_of, plain
from roadgate.model.plan import Ending, Place, Plan
from roadgate.plan.reconcile import reconcile
from unit.plan.build import LABELS, config, want

if TYPE_CHECKING:
    from roadgate.model.issues import Tracker

DAY = date(2026, 1, 10)
WANTED = [
    want("missed/back"),
    want("missed/closed"),
    want("missed/keep"),
    want("missed/new-one"),
    want("missed/new-two"),
    want("missed/rest"),
    want("missed/rested"),
    want("missed/told", body="Something else", news="Missed: `duration`, `flakes`."),
]
ENDINGS = {"missed/over": Ending("met: every criterion reached its target")}


def seed(tracker: Tracker) -> None:
    """Nine issues: two are right, one is a copy, the others are not as they should be."""
    tracker.ensure_labels(LABELS)
    marks = {"back": {"closed": "by-roadgate"}, "rested": {"rests-until": "2026-01-08"}}
    for key in ("closed", "keep", "told", "over", "gone", "rest", "keep", "back", "rested"):
        text = Block(f"missed/{key}", "words", {"state": "0", **marks.get(key, {})}).body()
        if key == "keep":
            text = creation(f"missed/{key}")
        number = tracker.create(f"About missed/{key}", text, LABELS)
        if key == "closed":
            tracker.close(number, "completed")
        if key in ("rest", "back", "rested"):
            tracker.close(number, "not_planned")


def creation(key: str) -> str:
    """The body with which an issue is opened."""
    (change,) = reconcile([want(key)], (), (), config(), DAY).changes
    return change.body


def plan_for(tracker: Tracker) -> Plan:
    """The plan for a tracker as it is now."""
    return reconcile(
        WANTED,
        (),
        tracker.issues("roadgate"),
        config(),
        DAY,
        endings=ENDINGS,
        place=Place(tracker.name, tracker.repository),
    )


def picture(tracker: Tracker) -> list[tuple[object, ...]]:
    """Everything that people see of the issues, without numbers."""
    return sorted(
        (
            str(key_of(each.body)),
            each.state,
            each.state_reason if each.state == "closed" else None,
            each.title,
            plain(each.body),
            each.labels,
            tuple(plain(comment) for comment in tracker.comments(each.number)),
        )
        for each in tracker.issues("roadgate")
    )
