"""Attestations: criteria that a named role answers."""

from __future__ import annotations

from typing import Any

import pytest

from oracle.promises import BY, judged, question

BREACHED: dict[str, Any] = {"guardrails": [{"id": "flakes", "metric": "speed", "target": "<= 2"}]}
LATER = "2026-08-01"


@pytest.mark.parametrize(
    ("answers", "day", "verdict"),
    [
        ([], BY, "pending"),
        (["2026-07-20 met"], BY, "on-track"),
        (["2026-07-20 not-met"], BY, "at-risk"),
        (["2026-07-10 not-met", "2026-07-20 met"], BY, "on-track"),
        (["2026-07-20 met", "2026-07-10 not-met"], BY, "on-track"),  # the newest, not the last
        (["2026-07-20 met", "2026-07-20 not-met"], BY, "at-risk"),  # of one day, the last
        (["2026-07-20 met"], "2026-07-19", "pending"),  # not given yet on that day
        ([], LATER, "no-data"),
        (["2026-07-31 met"], LATER, "met"),
        (["2026-07-31 not-met"], LATER, "missed"),
        (["2026-08-01 met"], LATER, "recovered"),
        (["2026-08-01 not-met"], LATER, "missed"),
        (["2026-07-20 not-met", "2026-08-01 met"], LATER, "recovered"),
        (["2026-07-20 met", "2026-08-01 not-met"], LATER, "missed"),
        (["2026-07-20 met", "2026-08-01 met"], LATER, "met"),
        (["2026-07-20 not-met", "2026-08-01 not-met"], LATER, "missed"),
    ],
)
def test_the_newest_answer_counts(answers: list[str], day: str, verdict: str) -> None:
    """It settles on the day after the deadline, with the answer of the deadline or a later one."""
    assert question(answers, day).verdict == verdict


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ({}, "pending"),
        ({"evidence": "talks"}, "on-track"),
        ({"link": "https://example.com/1"}, "on-track"),
    ],
)
def test_an_answer_must_show_something(shown: dict[str, str], verdict: str) -> None:
    """Without a link or Evidence it does not count."""
    answer = {"role": "lead", "date": "2026-07-20", "answer": "met", **shown}
    assert question([], BY, more={"answers": [answer]}).verdict == verdict


@pytest.mark.parametrize(
    ("answers", "rows", "day", "verdict"),
    [
        (["2026-07-20 met"], ["2026-07-30 3"], BY, "at-risk"),
        (["2026-07-20 met"], ["2026-07-30 -"], BY, "at-risk"),  # an error counts like a breach
        (["2026-07-20 met"], ["2026-07-30 2"], BY, "on-track"),
        (["2026-07-20 met"], [], BY, "on-track"),  # unmeasured is no breach
        ([], ["2026-07-30 3"], BY, "pending"),
        (["2026-07-20 met"], ["2026-07-30 3"], LATER, "met"),
    ],
)
def test_a_breached_guardrail_puts_a_met_answer_at_risk(
    answers: list[str], rows: list[str], day: str, verdict: str
) -> None:
    """Before settling only; the reason names it in any case once there is an answer."""
    result = question(answers, day, rows=rows, spec=BREACHED)
    assert result.verdict == verdict
    broken = bool(answers) and rows[:1] in (["2026-07-30 3"], ["2026-07-30 -"])
    assert ("guardrail 'flakes'" in result.reason) == broken


@pytest.mark.parametrize(
    "spec", [{"committed": None}, {"committed": "2026-12-01"}, {"committed": "2026-02-02"}]
)
def test_the_commitment_plays_no_part(spec: dict[str, Any]) -> None:
    """Of the table's lines an attestation knows only its own."""
    assert question(["2026-07-20 met"], LATER, spec=spec).verdict == "met"


def test_standing_plays_no_part() -> None:
    """An answer is given once."""
    assert question(["2026-07-20 met"], "2027-07-31", more={"standing": True}).verdict == "met"


def test_a_question_that_counts_from_after_its_deadline_has_no_meaning() -> None:
    """As for a criterion on a metric."""
    result = question(["2026-07-20 met"], LATER, more={"from": "2026-08-01"})
    assert result.verdict == "error"
    on_the_day = question(["2026-07-20 met"], LATER, more={"from": BY})
    assert on_the_day.verdict == "met"
    assert result.reason == "it counts from 2026-08-01 on, after its deadline 2026-07-31"


def test_the_reason_says_who_answered_what() -> None:
    """With the day, and with the way out where there is one."""
    result = question(["2026-07-20 not-met"], LATER)
    assert result.reason == "lead answered 'not-met' on 2026-07-20, due by 2026-07-31"
    assert result.way_to_green == "needs the answer 'met', with a link or Evidence"
    assert result.observed is None
    assert result.metric is None


def test_a_question_alone_decides_the_initiative() -> None:
    """An initiative of attestations has a verdict like any other."""
    item = {"id": "felt", "question": "Is it fast?", "by": BY}
    assert judged({"successCriteria": [item]}, [], BY).verdict == "pending"
