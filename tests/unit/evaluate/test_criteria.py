"""Success criteria: each line of the table, and the days on which it begins and ends."""

from __future__ import annotations

from typing import Any

import pytest

from oracle.promises import BY, WEEKLY, criterion, question

OLD = "2026-01-20 3"
"""Before the commitment: decides nothing."""


@pytest.mark.parametrize(
    ("rows", "day", "verdict"),
    [
        # committed on 2026-02-02; the first observation may take 7 + 4 days
        ([], "2026-01-15", "pending"),
        ([], "2026-02-02", "pending"),
        ([], "2026-02-13", "pending"),
        ([], "2026-02-14", "no-data"),
        ([OLD], "2026-02-13", "pending"),
        ([OLD], "2026-02-14", "no-data"),
        (["2026-02-02 5"], "2026-02-02", "on-track"),
        (["2026-02-02 5.1"], "2026-02-02", "at-risk"),
        (["2026-06-01 5"], "2026-06-12", "on-track"),
        (["2026-06-01 5"], "2026-06-13", "stale"),
        (["2026-07-20 5"], BY, "on-track"),
        (["2026-07-19 5"], BY, "stale"),
        (["2026-07-24 6"], BY, "at-risk"),
    ],
)
def test_before_the_deadline(rows: list[str], day: str, verdict: str) -> None:
    """The upper half of the table."""
    assert criterion({}, rows, day).verdict == verdict


@pytest.mark.parametrize(
    ("rows", "day", "verdict"),
    [
        (["2026-07-31 5"], BY, "on-track"),  # the deadline itself never settles
        (["2026-07-31 5"], "2026-08-01", "met"),
        (["2026-07-31 6"], "2026-08-01", "missed"),
        (["2026-07-24 5"], "2026-08-01", "on-track"),  # settling
        (["2026-07-24 6"], "2026-08-01", "at-risk"),
        (["2026-07-24 5"], "2026-08-04", "on-track"),  # by + grace
        (["2026-07-22 5"], "2026-08-04", "on-track"),  # fresh at the deadline is enough
        (["2026-07-24 5"], "2026-08-05", "met"),
        (["2026-07-24 6"], "2026-08-05", "missed"),
        (["2026-07-24 5", "2026-08-01 6"], "2026-08-01", "met"),  # a later day settles at once
        (["2026-07-24 6", "2026-08-01 6"], "2026-08-01", "missed"),
        (["2026-07-24 6", "2026-08-01 5"], "2026-08-01", "recovered"),
        ([], "2026-08-04", "no-data"),
        (["2026-07-19 5"], "2026-08-04", "stale"),
    ],
)
def test_it_settles(rows: list[str], day: str, verdict: str) -> None:
    """On the first day after the deadline with a value of it, or after its grace."""
    result = criterion({}, rows, day)
    assert result.verdict == verdict
    assert ("settling" in result.reason) == (
        verdict in {"on-track", "at-risk", "stale", "no-data"} and day > BY
    )


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (["2026-07-20 5"], "met"),  # fresh at the deadline for 11 days
        (["2026-07-19 5"], "stale"),
        (["2026-07-19 5", "2026-08-10 6"], "missed"),
        (["2026-07-19 5", "2026-08-10 5"], "recovered"),
        (["2026-07-24 6", "2026-08-10 5", "2026-08-17 9"], "recovered"),  # this lasts
        (["2026-07-24 5", "2026-08-10 9"], "met"),
        ([OLD], "no-data"),
        ([], "no-data"),
        ([OLD, "2026-08-10 5"], "recovered"),
        ([OLD, "2026-08-10 6"], "missed"),  # a late first measurement that fails
        (["2026-09-01 5"], "no-data"),  # after the day that is judged
    ],
)
def test_once_settled(rows: list[str], verdict: str) -> None:
    """The lower half of the table, a month after the deadline."""
    assert criterion({}, rows, "2026-08-31").verdict == verdict


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (["2026-07-31 5"], "stale"),
        (["2026-07-31 5", "2026-08-20 5"], "met"),
        (["2026-07-31 5", "2026-08-10 9", "2026-08-20 5"], "met"),
        (["2026-07-31 5", "2026-08-20 6"], "missed"),
        (["2026-07-31 6", "2026-08-20 5"], "recovered"),
        (["2026-07-31 6", "2026-08-10 5", "2026-08-20 6"], "missed"),
        (["2026-07-31 6", "2026-08-19 5"], "stale"),
        (["2026-08-20 5"], "recovered"),
        (["2026-08-20 6"], "missed"),
        ([OLD], "no-data"),
        ([], "no-data"),
    ],
)
def test_a_standing_promise_is_judged_on_the_day_too(rows: list[str], verdict: str) -> None:
    """It must hold at the deadline and go on holding."""
    assert criterion({"standing": True}, rows, "2026-08-31").verdict == verdict


@pytest.mark.parametrize(
    ("more", "spec", "day", "verdict"),
    [
        ({}, {"committed": None}, "2026-07-01", "pending"),
        ({}, {"committed": None}, "2026-12-01", "pending"),
        ({"from": "2026-06-01"}, {"committed": None}, "2026-06-30", "on-track"),
        ({"from": "2026-06-01"}, {"committed": None}, "2026-08-31", "met"),
        ({"from": "2026-07-31"}, {}, "2026-07-31", "pending"),
        ({"from": "2026-08-01"}, {}, "2026-07-31", "error"),
        ({}, {"committed": "2026-08-01"}, "2026-07-31", "error"),
        ({"from": "2026-07-27"}, {}, "2026-07-30", "pending"),
        ({"from": "2026-07-27"}, {}, "2026-08-31", "no-data"),
        ({"from": "2026-07-24"}, {}, "2026-08-31", "met"),
    ],
)
def test_from_is_the_commitment_unless_it_is_written(
    more: dict[str, Any], spec: dict[str, Any], day: str, verdict: str
) -> None:
    """Without either there is nothing to judge yet; earlier observations decide nothing."""
    rows = ["2026-06-24 5", "2026-07-24 5"]
    assert criterion(more, rows, day, spec=spec).verdict == verdict


@pytest.mark.parametrize(
    ("rows", "day", "standing", "verdict"),
    [
        (["2026-07-26 5", "2026-08-10 6"], "2026-08-31", False, "missed"),
        (["2026-07-26 5"], "2026-08-05", True, "no-data"),
        (["2026-07-26 5", "2026-08-05 5"], "2026-08-05", True, "recovered"),
    ],
)
def test_an_observation_before_from_decides_nothing_once_settled(
    rows: list[str], day: str, *, standing: bool, verdict: str
) -> None:
    """However fresh it is at the deadline, and whatever it says."""
    more = {"from": "2026-07-27", "standing": standing}
    assert criterion(more, rows, day).verdict == verdict


def test_the_result_says_from_when_it_counts() -> None:
    """What is written, else the commitment; a question counts from no day unless it says so."""
    assert str(criterion({}, [], BY).from_) == "2026-02-02"
    assert str(criterion({"from": "2026-03-01"}, [], BY).from_) == "2026-03-01"
    assert criterion({}, [], BY, spec={"committed": None}).from_ is None
    assert question([], BY).from_ is None
    assert str(question([], BY, more={"from": "2026-03-01"}).from_) == "2026-03-01"


def test_for_reaches_back_past_from() -> None:
    """The observation that decides must be later than ``from``; those before it may be earlier."""
    rows = ["2026-07-17 5", "2026-07-24 5", "2026-07-31 5"]
    more = {"for": 3, "from": "2026-07-31"}
    assert criterion(more, rows, "2026-08-01").verdict == "met"
    assert criterion({**more, "for": 4}, rows, "2026-08-01").verdict == "missed"


def test_a_window_that_is_empty_at_the_deadline_is_stale() -> None:
    """Even though the newest observation is young enough for a series without a window."""
    more = {"window": "5d", "aggregate": "mean"}
    assert criterion(more, ["2026-07-26 5"], "2026-08-31").verdict == "stale"
    assert criterion(more, ["2026-07-27 5"], "2026-08-31").verdict == "met"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"metric": None}, "neither a metric nor a question is given"),
        ({"question": "Fast?"}, "both a metric and a question are given"),
        ({"target": None}, "no target is given"),
        ({"metric": "sped"}, "there is no metric 'sped'"),
        ({"from": "2026-09-01"}, "it counts from 2026-09-01 on, after its deadline 2026-07-31"),
    ],
)
def test_a_criterion_without_meaning_is_an_error(more: dict[str, Any], reason: str) -> None:
    """Errors go before every other line."""
    result = criterion(more, ["2026-07-31 5"], "2026-08-31")
    assert (result.verdict, result.reason, result.way_to_green) == ("error", reason, None)


FLAKES: dict[str, Any] = {"guardrails": [{"id": "flakes", "metric": "flake", "target": "<= 2"}]}


def guarded(flakes: list[str], day: str, **spec: object) -> tuple[str, str]:
    """The verdict of a criterion that is met, beside a guardrail of a monthly metric."""
    rows = {"speed": ["2026-02-03 5", day + " 5", "2026-07-31 5"], "flake": flakes}
    metrics = {"flake": {**WEEKLY, "unit": "%", "cadence": "monthly", "grace": "0d"}}
    result = criterion({}, rows, day, spec={**FLAKES, **spec}, metrics=metrics)
    return result.verdict, result.reason


@pytest.mark.parametrize(
    ("flakes", "day", "verdict"),
    [
        (["2026-03-01 2"], "2026-03-10", "on-track"),
        (["2026-03-01 3"], "2026-03-10", "at-risk"),
        (["2026-03-01 -"], "2026-03-10", "at-risk"),
        ([], "2026-03-05", "on-track"),  # its first month after the commitment
        ([], "2026-03-06", "at-risk"),
        (["2026-03-01 2"], "2026-04-01", "on-track"),
        (["2026-03-01 2"], "2026-04-02", "at-risk"),
        (["2026-01-01 3"], "2026-03-05", "on-track"),
        (["2026-07-30 3"], "2026-08-01", "met"),  # after settling it changes nothing
    ],
)
def test_a_guardrail_puts_an_open_promise_at_risk(
    flakes: list[str], day: str, verdict: str
) -> None:
    """Breached, broken, or unmeasured beyond its own first cadence and grace."""
    found, reason = guarded(flakes, day)
    assert found == verdict
    assert ("guardrail 'flakes'" in reason) == (verdict != "on-track")


def test_an_uncommitted_initiative_waits_for_no_guardrail() -> None:
    """Its first cadence has not begun; a breach counts all the same."""
    more = {"from": "2026-02-02"}
    rows = {"speed": ["2026-07-24 5"]}
    spec = {**FLAKES, "committed": None}
    metrics = {"flake": WEEKLY}
    assert criterion(more, rows, BY, spec=spec, metrics=metrics).verdict == "on-track"
    rows["flake"] = ["2026-07-24 3"]
    assert criterion(more, rows, BY, spec=spec, metrics=metrics).verdict == "at-risk"


@pytest.mark.parametrize(
    ("rows", "day", "standing", "observed"),
    [
        ([], "2026-07-01", False, None),
        (["2026-06-30 6"], "2026-07-01", False, ("2026-06-30", 6)),
        (["2026-07-29 6", "2026-08-20 5.5"], "2026-08-31", False, ("2026-07-29", 6)),
        (["2026-07-29 4", "2026-08-20 6"], "2026-08-31", False, ("2026-07-29", 4)),
        (["2026-08-10 6", "2026-08-20 5", "2026-08-27 4"], "2026-08-31", False, ("2026-08-20", 5)),
        (["2026-08-10 6", "2026-08-20 7"], "2026-08-31", False, ("2026-08-20", 7)),
        (["2026-07-29 4", "2026-08-30 6"], "2026-08-31", True, ("2026-08-30", 6)),
        (["2026-07-29 6", "2026-08-30 4"], "2026-08-31", True, ("2026-08-30", 4)),
    ],
)
def test_the_observed_value_is_the_one_that_decided(
    rows: list[str], day: str, *, standing: bool, observed: tuple[str, int] | None
) -> None:
    """The value at the deadline, the first that recovered, or the newest where nothing else is."""
    found = criterion({"standing": standing}, rows, day).observed
    assert (found and (str(found.date), found.value)) == observed


@pytest.mark.parametrize(
    ("more", "rows", "day", "reason", "way"),
    [
        (
            {},
            ["2026-07-31 6"],
            "2026-08-01",
            "6 min on 2026-07-31, promised <= 5 min by 2026-07-31",
            "must fall by 1 min",
        ),
        (
            {"target": "< 5"},
            ["2026-07-30 5"],
            BY,
            "5 min on 2026-07-30, promised < 5 min by 2026-07-31",
            "must fall below 5 min",
        ),
        (
            {"target": "> 5"},
            ["2026-07-30 3"],
            BY,
            "3 min on 2026-07-30, promised > 5 min by 2026-07-31",
            "must rise by more than 2 min",
        ),
        (
            {},
            ["2026-07-31 6", "2026-08-20 5.5"],
            "2026-08-31",
            "6 min on 2026-07-31, promised <= 5 min by 2026-07-31; now 5.5 min on 2026-08-20",
            "must fall by 0.5 min",
        ),
        (
            {},
            ["2026-07-31 6", "2026-08-20 5"],
            "2026-08-31",
            "late: 5 min on 2026-08-20, promised <= 5 min by 2026-07-31",
            None,
        ),
        (
            {"standing": True},
            ["2026-07-31 5", "2026-08-30 7"],
            "2026-08-31",
            (
                "held on 2026-07-31, and no longer: "
                "7 min on 2026-08-30, promised <= 5 min by 2026-07-31"
            ),
            "must fall by 2 min",
        ),
        (
            {"standing": True},
            ["2026-07-31 5", "2026-08-30 4"],
            "2026-08-31",
            "5 min on 2026-07-31, promised <= 5 min by 2026-07-31; now 4 min on 2026-08-30",
            None,
        ),
        (
            {"for": 3},
            ["2026-07-17 6", "2026-07-24 5", "2026-07-31 4"],
            "2026-08-01",
            (
                "6, 5, 4 min up to 2026-07-31, "
                "promised <= 5 min at 3 observations in a row by 2026-07-31"
            ),
            "must hold at 1 more observation in a row",
        ),
        (
            {"target": "decreasing", "for": 2},
            ["2026-07-17 6", "2026-07-24 6", "2026-07-31 4"],
            "2026-08-01",
            "6, 6, 4 min up to 2026-07-31, promised decreasing 2 times in a row by 2026-07-31",
            "must go below 4 min at the next observation",
        ),
        (
            {"window": "14d", "aggregate": "mean"},
            ["2026-07-24 6", "2026-07-31 5"],
            "2026-08-01",
            "mean over 14 days 5.5 min on 2026-07-31, promised <= 5 min by 2026-07-31",
            "the mean over 14 days must fall by 0.5 min",
        ),
        (
            {"target": "between 7 and 8"},
            ["2026-07-31 6"],
            "2026-08-01",
            "6 min on 2026-07-31, promised between 7 and 8 min by 2026-07-31",
            "must rise by 1 min",
        ),
        (
            {},
            [],
            "2026-03-31",
            "no observation of 'speed' since 2026-02-02",
            "needs a new observation of 'speed'",
        ),
        (
            {},
            [OLD],
            "2026-08-31",
            "no observation of 'speed' since 2026-02-02",
            "needs a new observation of 'speed'",
        ),
        (
            {},
            ["2026-03-01 5 web"],
            "2026-03-31",
            "no observation of 'speed' since 2026-02-02; there are rows of segment 'web'",
            "needs a new observation of 'speed'",
        ),
        (
            {},
            ["2026-03-01 5"],
            "2026-03-31",
            (
                "the newest observation of 'speed' is of 2026-03-01; "
                "the next was expected by 2026-03-12"
            ),
            "needs a new observation of 'speed'",
        ),
    ],
)
def test_the_reason_has_the_numbers_and_the_way_out(
    more: dict[str, Any], rows: list[str], day: str, reason: str, way: str | None
) -> None:
    """One sentence each, in the words of the roadmap."""
    result = criterion(more, rows, day)
    assert (result.reason, result.way_to_green) == (reason, way)


def test_points_are_the_unit_of_a_percentage() -> None:
    """78 % misses 80 % by two points."""
    metrics = {"speed": {**WEEKLY, "unit": "%", "direction": "higher"}}
    result = criterion({"target": ">= 80 %"}, ["2026-07-31 78"], "2026-08-01", metrics=metrics)
    assert result.reason == "78 % on 2026-07-31, promised >= 80 % by 2026-07-31"
    assert result.way_to_green == "must rise by 2 points"


def test_comparisons_are_exact() -> None:
    """79.999 is not 80, and nothing is rounded before it is compared."""
    more = {"target": ">= 80"}
    assert criterion(more, ["2026-07-31 79.9999999999999999999"], "2026-08-01").verdict == "missed"
    assert criterion(more, ["2026-07-31 80.0"], "2026-08-01").verdict == "met"
