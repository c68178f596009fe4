"""Closing says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roadgate.model.plan import Ending
from roadgate.model.verdict import CriterionVerdict, KillVerdict, Verdicts
from roadgate.plan.endings import endings
from unit.plan.build import (
    TODAY,
    criterion,
    decision,
    initiative,
    judged,
    metric,
    roadmap,
    threshold,
)

ROADMAP = roadmap(initiative(), metric())
MISSED = "missed/faster-ci"


def ending(verdicts: Verdicts, key: str, where: Any = ROADMAP) -> Ending:
    """Why the issue of a key may close."""
    return endings(verdicts, where, TODAY)[key]


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        ("recovered", "recovered: duration reached the target after the deadline"),
        ("met", "met: every criterion reached its target"),
        ("on-track", "no criterion is missed any longer"),
    ],
)
def test_a_promise_that_is_no_longer_missed(verdict: str, reason: str) -> None:
    """Recovered, met, or judged anew."""
    found = ending(judged(criterion(CriterionVerdict(verdict))), MISSED)

    assert found == Ending(reason, "completed")


def test_a_decision_that_changed_the_promise_is_named() -> None:
    """The last pivot or relax, not a continue."""
    where = roadmap(
        initiative(),
        metric(),
        decision("later", "relax", "2026-08-02"),
        decision("go-on", "continue", "2026-08-03", until="2026-09-01"),
    )
    found = ending(judged(criterion(CriterionVerdict.ON_TRACK)), MISSED, where)

    assert found.reason == "decided: relax by the Decision 'later'"


def test_one_criterion_of_a_promise_ends_alone() -> None:
    """With grouping by criterion, each issue has its own reason."""
    where = roadmap(initiative(), metric(), github={"grouping": "criterion"})
    verdicts = judged(
        criterion(CriterionVerdict.MISSED),
        criterion(CriterionVerdict.RECOVERED, "flakes"),
        criterion(CriterionVerdict.MET, "speed"),
        criterion(CriterionVerdict.AT_RISK, "cost"),
    )

    assert ending(verdicts, f"{MISSED}/flakes", where).reason.startswith("recovered: flakes")
    assert ending(verdicts, f"{MISSED}/speed", where).reason == "met: speed reached its target"
    assert ending(verdicts, f"{MISSED}/cost", where).reason == "cost is at-risk now"


def test_a_change_of_grouping_closes_the_issues_of_the_other_kind() -> None:
    """What is told elsewhere is not told twice."""
    found = ending(judged(criterion(CriterionVerdict.MISSED)), MISSED)

    assert found == Ending("it is told in another issue since grouping was changed", "not_planned")


def test_a_kill_is_named_with_its_decision() -> None:
    """Everything about the initiative ends with it."""
    where = roadmap(
        initiative(), metric(), decision("stop-it", "kill", "2026-08-01", learned="Ask first.")
    )
    verdicts = judged(criterion(CriterionVerdict.MISSED), frozen_on=date(2026, 8, 1))

    for key in (MISSED, "kill/faster-ci", "seal/faster-ci"):
        assert ending(verdicts, key, where) == Ending(
            "killed on 2026-08-01 by the Decision 'stop-it'", "not_planned"
        )


def test_leaving_now_is_said() -> None:
    """With the horizon it is in."""
    found = ending(judged(horizon="later"), MISSED)

    assert found == Ending("the initiative is no longer in now but in later", "not_planned")


def test_an_answered_threshold_names_its_decisions() -> None:
    """All of them."""
    answered = threshold(KillVerdict.CLEAR, answered_by=("go-on", "pivot-it"))
    found = ending(judged(kills=(answered,)), "kill/faster-ci/no-movement")

    assert found == Ending("decided: answered by the Decision 'go-on', 'pivot-it'", "completed")


def test_a_threshold_that_is_clear_or_gone_says_so() -> None:
    """The nearest key speaks for one that is not there."""
    verdicts = judged(kills=(threshold(KillVerdict.CLEAR),))

    assert ending(verdicts, "kill/faster-ci/no-movement").reason == (
        "the condition of no-movement is clear now"
    )
    assert ending(verdicts, "kill/faster-ci").reason == "the threshold is gone from the initiative"
