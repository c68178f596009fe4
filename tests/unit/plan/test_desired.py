"""Which issues are wanted, which are kept, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from roadgate.model.seal import Amendment, Seal, SealState
from roadgate.model.verdict import (
    CriterionVerdict,
    HoldResult,
    HoldVerdict,
    KillVerdict,
    Observed,
    Verdicts,
)
from roadgate.plan.desired import desired
from unit.plan.build import (
    TODAY,
    criterion,
    decision,
    initiative,
    judged,
    metric,
    roadmap,
    series,
    threshold,
)

MISSED = CriterionVerdict.MISSED
SERIES = series("ci-duration", ("2026-07-24", 7), ("2026-07-31", 6))
ROADMAP = roadmap(initiative(), metric(), files=(SERIES,))


def plan(verdicts: Verdicts, where: Any = ROADMAP, **more: Any) -> tuple[list[str], list[str]]:
    """The keys that are wanted and those that are kept."""
    wanted, kept = desired(verdicts, where, more.pop("seals", {}), TODAY, **more)
    return [each.key for each in wanted], [each.key for each in kept]


def body(verdicts: Verdicts, where: Any = ROADMAP, **more: Any) -> str:
    """The body of the only issue that is wanted."""
    (only,), _ = desired(verdicts, where, more.pop("seals", {}), TODAY, **more)
    return only.body


def test_one_issue_for_an_initiative_that_misses() -> None:
    """Two missed criteria are one issue."""
    verdicts = judged(criterion(MISSED), criterion(MISSED, "flakes"))

    assert plan(verdicts) == (["missed/faster-ci"], [])


def test_one_issue_for_each_criterion_when_grouped_so() -> None:
    """With grouping by criterion, each missed one has its own issue."""
    where = roadmap(initiative(), metric(), github={"grouping": "criterion"})
    verdicts = judged(criterion(MISSED), criterion(CriterionVerdict.MET, "flakes"))

    assert plan(verdicts, where) == (["missed/faster-ci/duration"], [])


@pytest.mark.parametrize("verdict", ["error", "no-data", "stale"])
def test_an_unknown_criterion_keeps_the_issue(verdict: str) -> None:
    """What is unknown today is neither missed nor over."""
    assert plan(judged(criterion(CriterionVerdict(verdict)))) == ([], ["missed/faster-ci"])


def test_an_unknown_criterion_keeps_issues_from_before_a_change_of_grouping() -> None:
    """The issue of the initiative is not closed while one of its criteria is unknown."""
    where = roadmap(initiative(), metric(), github={"grouping": "criterion"})
    verdicts = judged(criterion(CriterionVerdict.NO_DATA))

    assert plan(verdicts, where) == ([], ["missed/faster-ci", "missed/faster-ci/duration"])


@pytest.mark.parametrize("verdict", ["met", "recovered", "on-track", "at-risk", "pending"])
def test_nothing_is_wanted_of_a_promise_that_is_not_missed(verdict: str) -> None:
    """Neither wanted nor kept: an open issue would be closed."""
    assert plan(judged(criterion(CriterionVerdict(verdict)))) == ([], [])


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("triggered", (["kill/faster-ci/no-movement"], [])),
        ("error", ([], ["kill/faster-ci/no-movement"])),
        ("no-data", ([], ["kill/faster-ci/no-movement"])),
        ("stale", ([], ["kill/faster-ci/no-movement"])),
        ("warning", ([], [])),
        ("not-due", ([], [])),
        ("clear", ([], [])),
    ],
)
def test_a_threshold_asks_for_a_review_when_triggered(
    verdict: str, expected: tuple[list[str], list[str]]
) -> None:
    """One issue for each triggered threshold; unknown ones are kept."""
    assert plan(judged(kills=(threshold(KillVerdict(verdict)),))) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"horizon": "next"}, ([], [])),
        ({"status": "shipped"}, (["missed/faster-ci"], [])),
        ({"status": "paused"}, (["missed/faster-ci"], [])),
        ({"frozen_on": date(2026, 8, 1)}, ([], [])),
    ],
)
def test_only_commitments_get_issues(
    fields: dict[str, Any], expected: tuple[list[str], list[str]]
) -> None:
    """Now, active or shipped, not killed; a pause that is over counts as active."""
    assert plan(judged(criterion(MISSED), **fields)) == expected


@pytest.mark.parametrize(
    "fields", [{"paused_until": date(2026, 9, 1)}, {"status": "killed"}, {"status": "proposed"}]
)
def test_a_pause_and_a_status_without_its_decision_keep_everything(fields: dict[str, Any]) -> None:
    """Setting a field closes no issue."""
    everything = ["kill/faster-ci", "missed/faster-ci", "seal/faster-ci"]

    assert plan(judged(criterion(MISSED), **fields)) == ([], everything)


def test_broken_and_unreadable_files_keep_everything_about_them() -> None:
    """Breaking a file is no way to close its issues."""
    _, kept = plan(judged(), broken={"rollback"}, unreadable={"roadmap/x.yaml"})

    assert kept == ["", "kill/rollback", "missed/rollback", "seal/rollback"]


def test_an_unsanctioned_seal_is_an_issue() -> None:
    """The issue names what was changed without a Decision."""
    amendment = Amendment("abcdef123456789", date(2026, 5, 3), None, ("criteria[x].target",))
    seal = Seal(SealState.UNSANCTIONED, "0123456789abcdef", date(2026, 2, 2), "v1:1", (amendment,))
    text = body(judged(), seals={"faster-ci": seal})

    assert "sealed in commit `0123456789ab` on 2026-02-02" in text
    assert "- 2026-05-03, commit `abcdef123456`: criteria\\[x\\].target" in text


def test_an_unknown_seal_is_kept() -> None:
    """A shallow clone closes nothing."""
    seals = {"faster-ci": Seal(SealState.UNKNOWN, reason="shallow")}

    assert plan(judged(), seals=seals) == ([], ["seal/faster-ci"])


def test_the_body_says_what_was_promised_and_measured() -> None:
    """The table, the way to green, the measurements and the choices are there."""
    text = body(judged(criterion(MISSED)))

    row = (
        "| duration | `ci-duration` | <= 5 | 2026-07-31 | 6 min on 2026-07-31 "
        "| **missed** | 6 min at the deadline, 1 min above the target |"
    )
    assert row in text
    assert "- duration: must fall by 1 min" in text
    assert "`ci-duration`: █▁" in text
    assert "| 2026-07-24 | 7 min |" in text
    assert "type: pivot" in text
    assert "Nothing yet." in text


def test_the_body_says_what_was_decided() -> None:
    """Decisions up to the day judged are listed, later ones are not."""
    early = decision("go-on", "continue", "2026-05-01", until="2026-07-01")
    late = decision("too-late", "kill", "2026-08-06", learned="x")
    text = body(judged(criterion(MISSED)), roadmap(initiative(), metric(), early, late))

    line = "- 2026-05-01 **continue** until 2026-07-01, decided by example-vp: it does not pay"
    assert line in text
    assert "too-late" not in text


def test_the_body_links_to_the_file_where_the_repository_is_known() -> None:
    """The link names no revision, so that commits do not change the body."""
    text = body(judged(criterion(MISSED)), repository_url="https://github.com/acme/roadmap")

    link = "(https://github.com/acme/roadmap/blob/HEAD/roadmap/faster-ci.yaml)"
    assert link in text


def test_values_of_internal_metrics_are_withheld() -> None:
    """Neither the observation, the reason, the way to green nor the series tells a value."""
    where = roadmap(
        initiative(),
        metric(visibility="internal"),
        files=(series("ci-duration", ("2026-07-31", 6)),),
    )
    secret = replace(
        criterion(MISSED, target="<= 5"),
        observed=Observed(date(2026, 7, 31), Fraction(987654)),
        reason="987654 at the deadline",
        way_to_green="must fall by 987649",
    )
    kill = threshold(KillVerdict.TRIGGERED, reason="987654 on 2026-04-30")
    wanted, _ = desired(judged(secret, kills=(kill,)), where, {}, TODAY)

    for issue in wanted:
        assert "9876" not in issue.body
        assert "| 2026-07-31 | 6 min |" not in issue.body
        assert "internal metric: value withheld" in issue.body


def test_a_reason_that_may_quote_an_internal_guardrail_is_withheld() -> None:
    """A breached guardrail is named in the reason of a public criterion."""
    guard = HoldResult("cost", "cloud-cost", HoldVerdict.BREACHED, "<= 5", None, "cost is 987654")
    where = roadmap(initiative(), metric(), metric("cloud-cost", visibility="internal"))
    missed = criterion(MISSED, reason="6 min; guardrail cost is breached: cost is 987654")

    assert "987654" not in body(judged(missed, guardrails=(guard,)), where)


def test_the_body_is_the_same_on_the_next_day() -> None:
    """Nothing that only time moves is in a body."""
    verdicts = judged(criterion(MISSED), kills=(threshold(KillVerdict.TRIGGERED),))
    tomorrow = TODAY + timedelta(days=1)

    assert desired(verdicts, ROADMAP, {}, TODAY) == desired(
        replace(verdicts, as_of=tomorrow), ROADMAP, {}, tomorrow
    )


def test_a_window_that_still_moves_shows_no_value() -> None:
    """The mean of the last days changes without a new observation."""
    spec = {"id": "flakes", "metric": "ci-duration", "target": "<= 5", "by": "2026-12-31"}
    where = roadmap(
        initiative(successCriteria=[{**spec, "window": "28d", "aggregate": "mean"}]), metric()
    )
    moving = criterion(CriterionVerdict.AT_RISK, "flakes", reason="5.25 min, 26 days to go")
    text = body(judged(criterion(MISSED), moving), where)

    assert "| flakes | `ci-duration` | <= 5 | 2026-07-31 | — | at-risk |  |" in text


def test_a_missed_standing_promise_over_a_window_tells_no_value_that_moves() -> None:
    """Neither the value, the reason nor the way to green changes on a day without news."""
    spec = {"id": "duration", "metric": "ci-duration", "target": "<= 5", "by": "2026-07-31"}
    where = roadmap(
        initiative(successCriteria=[{**spec, "window": "28d", "standing": True}]), metric()
    )
    text = body(judged(criterion(MISSED, standing=True)), where)

    assert "| — | **missed** | judged over a window that moves on from day to day |" in text
    assert "The way to green" not in text


def test_a_body_stays_below_the_limit_by_whole_rows() -> None:
    """Thousands of criteria and Decisions with long texts still make an issue."""
    many = [criterion(MISSED, f"c{number}", reason="<&|" * 300) for number in range(400)]
    decisions = [
        decision(f"d{number}", "relax", "2026-05-01", because="@|<&" * 400) for number in range(400)
    ]
    text = body(judged(*many), roadmap(initiative(), metric(), *decisions))

    assert len(text) <= 60_000
    assert "more rows are left out here._" in text
    assert "more Decisions are left out here._" in text
    assert "type: pivot" in text
    assert all(line.endswith("|") for line in text.splitlines() if line.startswith("|"))
