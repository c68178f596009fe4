"""Kill thresholds: each line of the table, and the days on which it begins and ends."""

from __future__ import annotations

from typing import Any

import pytest

from oracle.promises import decided, threshold

CHECK = {"checkOn": ["2026-04-30"]}
TWICE = {"checkOn": ["2026-06-30", "2026-04-30"]}


@pytest.mark.parametrize(
    ("rows", "day", "verdict"),
    [
        (["2026-04-20 20"], "2026-04-29", "not-due"),
        (["2026-04-30 20"], "2026-04-30", "triggered"),  # a value of the day itself
        (["2026-04-30 14"], "2026-04-30", "clear"),
        (["2026-04-27 20"], "2026-04-30", "not-due"),  # its value may still come
        (["2026-04-27 20"], "2026-05-04", "not-due"),  # for 4 days of grace
        (["2026-04-27 20"], "2026-05-05", "triggered"),
        (["2026-04-27 20", "2026-05-01 14"], "2026-05-01", "triggered"),  # the value of the check
        (["2026-04-27 14", "2026-05-01 20"], "2026-05-01", "warning"),  # holds now, not then
        (["2026-04-19 20"], "2026-05-05", "triggered"),  # fresh on the check date
        (["2026-04-18 20"], "2026-05-05", "stale"),
        (["2026-05-05 20"], "2026-05-05", "no-data"),
        ([], "2026-05-04", "not-due"),
        ([], "2026-05-05", "no-data"),
        (["2026-04-27 20", "2026-05-20 2"], "2026-12-31", "triggered"),  # recovery erases nothing
        (["2026-04-27 14"], "2026-12-31", "clear"),
        (["2026-04-27 14", "2026-05-20 15"], "2026-12-31", "warning"),
    ],
)
def test_a_checkpoint(rows: list[str], day: str, verdict: str) -> None:
    """Due with the first value of its day or later, or after its grace."""
    result = threshold(CHECK, rows, day)
    assert result.verdict == verdict
    triggered_on = "2026-04-30" if verdict == "triggered" else None
    assert (result.triggered_on and str(result.triggered_on)) == triggered_on


@pytest.mark.parametrize(
    ("rows", "day", "verdict", "on"),
    [
        (["2026-04-30 20", "2026-06-30 20"], "2026-07-31", "triggered", "2026-04-30"),
        (["2026-04-30 14", "2026-06-30 20"], "2026-07-31", "triggered", "2026-06-30"),
        (["2026-04-30 20"], "2026-07-31", "triggered", "2026-04-30"),  # before the stale one
        (["2026-04-30 14"], "2026-07-31", "stale", None),
        (["2026-04-18 14", "2026-06-30 14"], "2026-07-31", "clear", None),
    ],
)
def test_the_oldest_triggered_checkpoint_is_named(
    rows: list[str], day: str, verdict: str, on: str | None
) -> None:
    """Whatever order the dates are written in."""
    result = threshold(TWICE, rows, day)
    assert result.verdict == verdict
    assert (result.triggered_on and str(result.triggered_on)) == on


@pytest.mark.parametrize(
    ("more", "rows", "reason"),
    [
        (CHECK, [], "no observation of 'speed'"),
        (CHECK, ["2026-05-05 20"], "no observation of 'speed' up to 2026-04-30"),
        (
            {**CHECK, "segment": "web"},
            ["2026-05-05 20 web"],
            "no observation of 'speed' in segment 'web' up to 2026-04-30",
        ),
    ],
)
def test_an_observation_after_the_checkpoint_is_not_denied(
    more: dict[str, Any], rows: list[str], reason: str
) -> None:
    """It came too late for the check date, and the reason does not say that there is none."""
    assert threshold(more, rows, "2026-05-05").reason == reason


def test_an_earlier_unmeasured_checkpoint_stays_named() -> None:
    """It was not measured, and that is not forgotten."""
    result = threshold(TWICE, ["2026-06-30 14"], "2026-07-31")
    assert result.verdict == "clear"
    assert result.reason == (
        "14 min on 2026-06-30, the threshold is >= 15 min; not measured on 2026-04-30"
    )


@pytest.mark.parametrize(
    ("more", "rows", "day", "verdict"),
    [
        ({}, [], "2026-02-13", "not-due"),  # committed on 2026-02-02, 11 days for a first value
        ({}, [], "2026-02-14", "no-data"),
        ({}, ["2026-02-01 20"], "2026-02-13", "not-due"),
        ({}, ["2026-02-01 20"], "2026-02-14", "no-data"),
        ({}, ["2026-02-02 20"], "2026-02-02", "triggered"),
        ({}, ["2026-02-02 20", "2026-02-09 3"], "2026-02-09", "triggered"),
        ({}, ["2026-02-02 14"], "2026-02-13", "clear"),
        ({}, ["2026-02-02 14"], "2026-02-14", "stale"),
        ({"from": "2026-03-01"}, ["2026-02-27 20"], "2026-03-01", "not-due"),
        ({"from": "2026-03-01"}, ["2026-02-27 20", "2026-03-01 20"], "2026-03-01", "triggered"),
        # neither `for` nor a trend reaches back past `from`
        (
            {"from": "2026-03-01", "for": 2},
            ["2026-02-27 20", "2026-03-01 20"],
            "2026-03-01",
            "warning",
        ),
        (
            {"from": "2026-02-27", "for": 2},
            ["2026-02-27 20", "2026-03-01 20"],
            "2026-03-01",
            "triggered",
        ),
        (
            {"from": "2026-03-01", "when": "increasing"},
            ["2026-02-27 1", "2026-03-01 2"],
            "2026-03-01",
            "clear",
        ),
        (
            {"from": "2026-02-27", "when": "increasing"},
            ["2026-02-27 1", "2026-03-01 2"],
            "2026-03-01",
            "triggered",
        ),
        (
            {"from": "2026-03-01", "for": 3},
            ["2026-02-27 20", "2026-03-01 20"],
            "2026-03-01",
            "clear",
        ),
        # a window does
        (
            {"from": "2026-03-01", "window": "7d", "aggregate": "mean"},
            ["2026-02-27 30", "2026-03-01 2"],
            "2026-03-01",
            "triggered",
        ),
    ],
)
def test_each_observation_of_a_continuous_threshold_is_a_checkpoint(
    more: dict[str, Any], rows: list[str], day: str, verdict: str
) -> None:
    """From the commitment on, or from ``from``."""
    assert threshold(more, rows, day).verdict == verdict


@pytest.mark.parametrize("day", ["2026-02-02", "2026-12-31"])
def test_without_a_commitment_a_continuous_threshold_is_not_due(day: str) -> None:
    """If the condition holds already, the reason says so."""
    result = threshold({}, ["2026-02-02 20"], day, spec={"committed": None})
    assert result.verdict == "not-due"
    assert result.reason == (
        "not committed yet, and no 'from' is given; "
        "holds already: 20 min on 2026-02-02, the threshold is >= 15 min"
    )


@pytest.mark.parametrize(
    ("more", "rows", "verdict"),
    [
        ({"for": 2}, ["2026-07-08 3", "2026-07-15 20"], "warning"),
        ({"for": 2}, ["2026-07-08 20", "2026-07-15 3"], "clear"),
        ({"for": 3}, ["2026-07-01 3", "2026-07-08 20", "2026-07-15 20"], "warning"),
        ({"for": 3}, ["2026-07-01 3", "2026-07-08 3", "2026-07-15 20"], "clear"),
        ({"for": 3}, ["2026-07-15 20"], "clear"),
        ({"for": 1}, ["2026-07-15 14"], "clear"),
        ({"for": 2, "when": "increasing"}, ["2026-07-08 3", "2026-07-15 4"], "warning"),
        ({"for": 2, "when": "increasing"}, ["2026-07-15 4"], "clear"),
    ],
)
def test_a_threshold_warns_one_observation_early(
    more: dict[str, Any], rows: list[str], verdict: str
) -> None:
    """For n of 2 or more, when the last n - 1 observations meet it."""
    assert threshold(more, rows, "2026-07-20").verdict == verdict


@pytest.mark.parametrize(
    ("decision", "verdict", "answered"),
    [
        (decided("continue", "2026-05-10", until="2026-04-30"), "warning", True),
        (decided("continue", "2026-05-10", until="2026-04-29"), "triggered", False),
        (decided("continue", "2026-04-01", until="2026-07-31"), "warning", True),
        (decided("continue", "2026-06-01", until="2026-07-31"), "triggered", False),  # after D
        (decided("pivot", "2026-04-30"), "warning", True),
        (decided("pivot", "2026-04-29"), "triggered", False),
        (decided("pause", "2026-05-10", until="2026-05-31"), "warning", True),
        (decided("pause", "2026-05-10", until="2026-05-30"), "triggered", False),  # has ended
        (decided("pause", "2026-04-01", until="2026-05-31"), "warning", True),
        (decided("waive", "2026-05-10", until="2026-12-31"), "triggered", False),
        (decided("override", "2026-05-10", until="2026-12-31", tradeoff="x"), "triggered", False),
        (decided("relax", "2026-05-10"), "triggered", False),
        (decided("commit", "2026-05-10"), "triggered", False),
        (decided("continue", "2026-05-10", until="2026-07-31", threshold="stop"), "warning", True),
        (decided("continue", "2026-05-10", until="2026-07-31", threshold="x"), "triggered", False),
        (decided("continue", "2026-05-10", until="2026-07-31", criterion="x"), "triggered", False),
        (
            decided("continue", "2026-05-10", until="2026-07-31", initiative="other"),
            "triggered",
            False,
        ),
        (decided("kill", "2026-04-30", threshold="x", learned="much"), "clear", True),
        (decided("kill", "2026-04-29", learned="much"), "not-due", False),
    ],
)
def test_a_decision_answers_check_dates(
    decision: dict[str, Any], verdict: str, *, answered: bool
) -> None:
    """Each type up to a day of its own; recovering answers nothing."""
    rows = ["2026-04-30 20", "2026-05-28 20"]
    if decision["spec"]["type"] == "kill":
        rows[0] = "2026-04-30 14"  # judged on the day of the kill
    result = threshold(CHECK, rows, "2026-05-31", decisions=[decision])
    assert result.verdict == verdict
    assert result.answered_by == ((decision["metadata"]["name"],) if answered else ())


def test_a_resume_ends_a_pause() -> None:
    """Once a pause has ended it answers nothing, what came before it included."""
    decisions = [
        decided("pause", "2026-05-10", until="2026-12-31"),
        decided("resume", "2026-05-20"),
    ]
    rows = ["2026-04-30 20"]
    assert threshold(CHECK, rows, "2026-05-19", decisions=decisions).answered_by == ("pause",)
    assert threshold(CHECK, rows, "2026-05-20", decisions=decisions).verdict == "triggered"


def test_all_decisions_that_answer_are_named() -> None:
    """Those that answer a check date at which nothing was wrong, too."""
    decisions = [
        decided("continue", "2026-07-02", until="2026-06-30", name="second"),
        decided("continue", "2026-05-02", until="2026-04-30", name="first"),
    ]
    result = threshold(TWICE, ["2026-04-30 3", "2026-06-30 20"], "2026-07-03", decisions=decisions)
    assert result.answered_by == ("first", "second")
    assert result.verdict == "warning"


def test_an_unmeasured_checkpoint_can_be_answered() -> None:
    """The team knows that it is blind, and goes on."""
    decisions = [decided("continue", "2026-05-06", until="2026-06-30")]
    result = threshold(CHECK, [], "2026-05-06", decisions=decisions)
    assert (result.verdict, result.answered_by) == ("clear", ("continue",))
    assert "not measured on 2026-04-30" in result.reason


def test_no_decision_answers_for_a_silent_continuous_threshold() -> None:
    """Neither that nothing was ever observed, nor that nothing is any more."""
    decisions = [decided("continue", "2026-02-03", until="2026-12-31")]
    assert threshold({}, [], "2026-05-31", decisions=decisions).verdict == "no-data"
    rows = ["2026-02-02 20"]
    result = threshold({}, rows, "2026-05-31", decisions=decisions)
    assert (result.verdict, result.answered_by) == ("stale", ("continue",))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            {"checkOn": ["2026-04-30"], "from": "2026-03-01"},
            "'checkOn' has no meaning together with 'from'",
        ),
        ({"checkOn": ["2026-04-30", "2026-04-30"]}, "'checkOn' names a date twice"),
        ({"checkOn": []}, "'checkOn' names no date"),
        ({"metric": "sped"}, "there is no metric 'sped'"),
        ({"when": ">= 15 h"}, "'>= 15 h' is in 'h', and 'speed' is in 'min'"),
    ],
)
def test_a_threshold_without_meaning_is_an_error(more: dict[str, Any], reason: str) -> None:
    """Errors go before every other line, before the first check date too."""
    result = threshold(more, ["2026-02-02 20"], "2026-01-01")
    assert (result.verdict, result.reason) == ("error", reason)
    assert (result.observed, result.answered_by) == (None, ())


@pytest.mark.parametrize(
    ("more", "rows", "day", "reason"),
    [
        (CHECK, [], "2026-03-01", "no check date is due; the next is 2026-04-30"),
        (
            CHECK,
            ["2026-04-27 3"],
            "2026-05-01",
            "the check date 2026-04-30 still waits for an observation",
        ),
        (
            CHECK,
            ["2026-04-27 3"],
            "2026-04-30",
            "the check date 2026-04-30 still waits for an observation",
        ),
        (CHECK, [], "2026-05-31", "no observation of 'speed'"),
        ({}, ["2026-02-01 3"], "2026-05-31", "no observation of 'speed' since 2026-02-02"),
        (
            {"for": 2},
            ["2026-02-01 3", "2026-02-02 3"],
            "2026-02-02",
            "3 min on 2026-02-02, the threshold is >= 15 min at 2 observations in a row",
        ),
        (
            CHECK,
            ["2026-04-27 17"],
            "2026-05-31",
            "17 min on 2026-04-27, the threshold is >= 15 min, checked on 2026-04-30",
        ),
        (
            CHECK,
            ["2026-04-01 17", "2026-05-31 3"],
            "2026-05-31",
            (
                "the newest observation of 'speed' up to 2026-04-30 is of 2026-04-01; "
                "the next was expected by 2026-04-12"
            ),
        ),
        (
            {"for": 2},
            ["2026-05-24 3", "2026-05-31 17"],
            "2026-05-31",
            (
                "1 of 2 in a row: 3, 17 min up to 2026-05-31, "
                "the threshold is >= 15 min at 2 observations in a row"
            ),
        ),
        ({}, [], "2026-02-03", "no observation of 'speed' since 2026-02-02 yet"),
    ],
)
def test_the_reason_has_the_numbers(
    more: dict[str, Any], rows: list[str], day: str, reason: str
) -> None:
    """One sentence each, in the words of the roadmap."""
    assert threshold(more, rows, day).reason == reason


def test_the_value_of_the_trigger_is_kept() -> None:
    """What was observed on the check date, not what came later; the action goes along."""
    result = threshold({**CHECK, "action": "kill"}, ["2026-04-30 17", "2026-05-20 2"], "2026-05-31")
    assert result.observed is not None
    assert (str(result.observed.date), result.observed.value) == ("2026-04-30", 17)
    assert result.action == "kill"
    assert result.runway_days is None
