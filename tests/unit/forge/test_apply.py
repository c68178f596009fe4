"""Carrying plans out: all of it, or nothing when the world moved, and never twice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from roadgate.forge.apply import apply
from roadgate.forge.local import LocalTracker
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.managed import key_of
from unit.forge.faulty import FaultyTracker
from unit.forge.scenes import DAY, LABELS, creation, picture, plan_for, seed

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.issues import IssueChange, Tracker
    from roadgate.model.plan import Plan

WRITES = 23
"""How many writes the scene asks for; the sweep counts them again."""


def seeded(folder: Path) -> LocalTracker:
    """A local tracker in the state that asks for every kind of change."""
    tracker = LocalTracker(folder, DAY)
    seed(tracker)
    return tracker


def test_every_kind_of_change_is_made_once(tmp_path: Path) -> None:
    """A second run reports no change."""
    tracker = seeded(tmp_path)
    told: list[IssueChange] = []
    plan = plan_for(tracker)
    applied = apply(plan, tracker, progress=told.append)

    assert {each.action for each in plan.changes} == {
        "create",
        "update",
        "comment",
        "close",
        "reopen",
    }
    assert applied.done == plan.changes == tuple(told)
    assert applied.created == {"missed/new-one": 10, "missed/new-two": 11}
    assert plan_for(tracker).changes == ()


def test_the_sweep_knows_the_number_of_writes(tmp_path: Path) -> None:
    """Every write of the scene is a point to crash at."""
    tracker = FaultyTracker(seeded(tmp_path))
    apply(plan_for(tracker), tracker)

    assert tracker.writes == WRITES


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, WRITES + 1))
def test_a_run_that_breaks_off_anywhere_is_finished_by_the_next(
    tmp_path: Path, at: int, *, late: bool
) -> None:
    """Nothing is lost, nothing is there twice, no comment is doubled."""
    whole = seeded(tmp_path / "whole")
    apply(plan_for(whole), whole)
    tracker = seeded(tmp_path / "broken")
    with suppress(EnvironmentProblem):
        apply(plan_for(tracker), FaultyTracker(tracker, at, late=late))
    apply(plan_for(tracker), tracker)

    assert picture(tracker) == picture(whole)
    assert plan_for(tracker).changes == ()


def _naive(plan: Plan, tracker: Tracker) -> None:
    """What a client does that sends again whatever had no answer."""
    for change in plan.changes:
        for _ in range(2):
            try:
                if change.issue is None:
                    tracker.create(change.title, change.body, change.labels)
                elif change.action in ("comment", "close", "reopen"):
                    tracker.comment(change.issue, change.body)
                break
            except EnvironmentProblem:
                continue


def test_the_sweep_notices_a_client_that_sends_again(tmp_path: Path) -> None:
    """The control: without looking first, a lost answer makes a second issue."""
    tracker = seeded(tmp_path)
    plan = plan_for(tracker)
    plan = replace(plan, changes=tuple(each for each in plan.changes if each.issue is None))
    _naive(plan, FaultyTracker(tracker, 1, late=True))
    found = [key_of(each.body) for each in tracker.issues("roadgate")]

    assert found.count("missed/new-one") == 2


def test_a_plan_that_the_world_has_overtaken_changes_nothing(tmp_path: Path) -> None:
    """It says what moved."""
    tracker = seeded(tmp_path)
    plan = plan_for(tracker)
    tracker.update(3, title="by hand", body="nothing", labels=LABELS)
    tracker.create("by hand", creation("missed/new-one"), LABELS)
    before = picture(tracker)
    applied = apply(plan, tracker)

    assert applied.done == ()
    assert set(applied.moved) == {
        "issue #10 ('missed/new-one') appeared since",
        "issue #3 ('missed/told') was changed since",
    }
    assert picture(tracker) == before


def test_an_issue_that_is_gone_is_said_so(tmp_path: Path) -> None:
    """A file that was deleted cannot be changed."""
    tracker = seeded(tmp_path)
    plan = plan_for(tracker)
    (tmp_path / "0003-missed-told.md").unlink()

    assert "issue #3 ('missed/told') is gone, or lost its label" in apply(plan, tracker).moved


def test_a_saved_plan_is_carried_out_once(tmp_path: Path) -> None:
    """Applied a second time, it is stale."""
    tracker = seeded(tmp_path)
    plan = plan_for(tracker)
    apply(plan, tracker)
    after = picture(tracker)

    assert apply(plan, tracker).moved
    assert picture(tracker) == after


def test_a_plan_for_another_tracker_is_refused(tmp_path: Path) -> None:
    """Nothing is written to the wrong place."""
    plan = plan_for(seeded(tmp_path / "one"))

    with pytest.raises(UsageError, match="the plan was made for"):
        apply(plan, LocalTracker(tmp_path / "two"))


def test_a_problem_on_the_way_says_how_far_it_came(tmp_path: Path) -> None:
    """Whoever reads it knows that running again goes on."""
    tracker = seeded(tmp_path)

    with pytest.raises(EnvironmentProblem) as raised:
        apply(plan_for(tracker), FaultyTracker(tracker, 2))
    assert "changes were made; run apply again to go on" in raised.value.hint


class _RacingTracker(FaultyTracker):
    """Another run opens the same issue just before this one does."""

    def create(self, title: str, body: str, labels: tuple[str, ...]) -> int:
        """Open it twice; the answer names the younger."""
        super().create(title, body, labels)
        return super().create(title, body, labels)


def test_two_runs_at_once_leave_one_issue_open(tmp_path: Path) -> None:
    """After creating, the list is read again and the younger duplicate is closed."""
    tracker = LocalTracker(tmp_path, DAY)
    apply(plan_for(tracker), _RacingTracker(tracker))
    states = [(key_of(each.body), each.state) for each in tracker.issues("roadgate")]

    assert len(states) == 16
    assert len({key for key, state in states if state == "open"}) == 8
    assert sum(state == "open" for _, state in states) == 8
    assert plan_for(tracker).changes == ()
