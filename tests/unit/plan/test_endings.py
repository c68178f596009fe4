"""Closing says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roadgate.model.plan import Ending, Place
from roadgate.model.seal import Seal, SealState
from roadgate.model.verdict import CriterionVerdict, KillVerdict, Verdicts
from roadgate.plan.desired import desired
from roadgate.plan.endings import endings
from roadgate.plan.reconcile import reconcile
from unit.plan.build import (
    TODAY,
    criterion,
    decision,
    initiative,
    judged,
    metric,
    roadmap,
    there,
    threshold,
    want,
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


KEYS = (
    "missed/faster-ci",
    "missed/faster-ci/duration",
    "kill/faster-ci/no-movement",
    "seal/faster-ci",
)


def closed_by(verdicts: Verdicts, where: Any = ROADMAP, **more: Any) -> set[str]:
    """Which of the issues about faster-ci a run would close."""
    open_issues = [
        there(number, reconcile([want(key)], (), (), where.config, TODAY).changes[0].body)
        for number, key in enumerate(KEYS, 1)
    ]
    wanted, kept = desired(verdicts, where, more.pop("seals", {}), TODAY, **more)
    found = reconcile(
        wanted,
        kept,
        open_issues,
        where.config,
        TODAY,
        endings=endings(verdicts, where, TODAY),
        place=Place("github", "acme/roadmap"),
    )
    return {each.key for each in found.changes if each.action == "close"}


@pytest.mark.parametrize("grouping", ["initiative", "criterion"])
@pytest.mark.parametrize(
    "fields", [{"paused_until": date(2026, 9, 1)}, {"status": "killed"}, {"status": "proposed"}]
)
def test_a_pause_and_a_status_without_its_decision_close_nothing(
    fields: dict[str, Any], grouping: str
) -> None:
    """Not even what looks met or clear today."""
    where = roadmap(initiative(), metric(), github={"grouping": grouping})
    verdicts = judged(
        criterion(CriterionVerdict.MET), kills=(threshold(KillVerdict.CLEAR),), **fields
    )

    assert closed_by(verdicts, where) == set()


def test_a_broken_file_closes_nothing_of_its_own() -> None:
    """Its initiative is in no verdict then."""
    assert closed_by(Verdicts(TODAY, ()), broken={"faster-ci"}) == set()
    assert closed_by(Verdicts(TODAY, ()), unreadable={"roadmap/faster-ci.yaml"}) == set()
    assert closed_by(Verdicts(TODAY, ())) == set(KEYS)


@pytest.mark.parametrize("verdict", ["error", "no-data", "stale"])
@pytest.mark.parametrize("grouping", ["initiative", "criterion"])
def test_what_is_unknown_today_closes_nothing(verdict: str, grouping: str) -> None:
    """Whatever the issues were grouped by when they were opened."""
    where = roadmap(initiative(), metric(), github={"grouping": grouping})
    verdicts = judged(
        criterion(CriterionVerdict(verdict)), kills=(threshold(KillVerdict(verdict)),)
    )
    seals = {"faster-ci": Seal(SealState.UNKNOWN, reason="shallow")}

    assert closed_by(verdicts, where, seals=seals) == set()
