"""Conditions asked of a series: does it hold, or why can it not be asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from oracle.promises import guardrail

DAY = "2026-07-31"
FOUR = ["2026-07-08 9", "2026-07-15 7", "2026-07-22 6", "2026-07-29 5"]


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({"target": "<= 5"}, "held"),
        ({"target": "< 5"}, "breached"),
        ({"target": ">= 5.0 min"}, "held"),
        ({"target": "> 4.999"}, "held"),
        ({"target": "between 5 and 6"}, "held"),
        ({"target": "between 5.1 and 6"}, "breached"),
        ({"target": "<= 6", "for": 1}, "held"),
        ({"target": "<= 6", "for": 2}, "held"),
        ({"target": "<= 6", "for": 3}, "breached"),
        ({"target": "<= 9", "for": 4}, "held"),
        ({"target": "<= 9", "for": 5}, "breached"),
        ({"target": "decreasing"}, "held"),
        ({"target": "decreasing", "for": 3}, "held"),
        ({"target": "decreasing", "for": 4}, "breached"),
        ({"target": "increasing"}, "breached"),
        ({"target": "<= baseline - 50%", "baseline": {"value": 10}}, "held"),
        ({"target": "<= baseline - 50%", "baseline": {"value": Decimal("9.9")}}, "breached"),
        ({"target": "<= baseline - 5", "baseline": {"value": 10}}, "held"),
        ({"target": ">= baseline", "baseline": {"value": 5}}, "held"),
        ({"target": "<= 6", "window": "14d", "aggregate": "mean"}, "held"),
        ({"target": "< 5.5", "window": "14d", "aggregate": "mean"}, "breached"),
        ({"target": "<= 6.5", "window": "14d", "aggregate": "mean", "for": 2}, "held"),
        ({"target": "<= 6.4", "window": "14d", "aggregate": "mean", "for": 2}, "breached"),
        ({"target": "decreasing", "window": "8d", "aggregate": "sum"}, "held"),
    ],
)
def test_a_condition_holds_or_does_not(more: dict[str, Any], verdict: str) -> None:
    """Of 9, 7, 6 and 5 at a week's distance."""
    assert guardrail(more, FOUR, DAY).verdict == verdict


def test_a_window_of_each_observation_is_its_own() -> None:
    """With ``for`` each of the last dates is judged with the window that ends there."""
    rows = ["2026-07-01 20", "2026-07-15 2", "2026-07-22 4"]
    more = {"target": "<= 3", "window": "14d", "aggregate": "mean", "for": 2}
    assert guardrail(more, rows, "2026-07-22").verdict == "held"
    assert guardrail({**more, "window": "15d"}, rows, "2026-07-22").verdict == "breached"


def test_equal_values_are_no_trend() -> None:
    """Each observation must lie strictly beyond the one before it."""
    rows = ["2026-07-22 5", "2026-07-29 5"]
    assert guardrail({"target": "decreasing"}, rows, DAY).verdict == "breached"
    assert guardrail({"target": "increasing"}, rows, DAY).verdict == "breached"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"metric": "sped"}, "there is no metric 'sped'"),
        ({"for": 0}, "'for: 0' has no meaning: write 1 or more"),
        ({"for": -1}, "'for: -1' has no meaning: write 1 or more"),
        ({"window": "0d"}, "'window: 0d' has no meaning: write 1d or more"),
        ({"aggregate": "max"}, "'aggregate: max' has no meaning without a 'window'"),
        ({"target": "<= 5 h"}, "'<= 5 h' is in 'h', and 'speed' is in 'min'"),
        (
            {"target": "<= baseline"},
            "'<= baseline' needs a baseline, and there is none",
        ),
        (
            {"target": "between 4 and 2"},
            (
                "'between 4 and 2' is no condition: "
                'write the smaller number first: "between 2 and 4"'
            ),
        ),
    ],
)
def test_what_cannot_be_asked_is_an_error(more: dict[str, Any], reason: str) -> None:
    """The reason says what is wrong, and nothing was observed."""
    result = guardrail(more, FOUR, DAY)
    assert (result.verdict, result.reason, result.observed) == ("error", reason, None)


def test_a_unit_needs_a_metric_with_one() -> None:
    """A condition in minutes says nothing about a metric without a unit."""
    plain = {"plain": {"direction": "lower", "cadence": "weekly"}}
    result = guardrail({"metric": "plain", "target": "<= 5 min"}, {}, DAY, metrics=plain)
    assert result.reason == "'<= 5 min' is in 'min', and 'plain' is without a unit"


def test_the_metric_lends_its_baseline() -> None:
    """Where the condition has none of its own."""
    metrics = {"speed": {"direction": "lower", "cadence": "weekly", "baseline": {"value": 10}}}
    result = guardrail({"target": "<= baseline - 50%"}, FOUR, DAY, metrics=metrics)
    assert result.verdict == "held"


@pytest.mark.parametrize(
    ("rows", "segment", "verdict"),
    [
        (["2026-07-29 5", "2026-07-30 -"], None, "error"),
        (["2026-07-29 5", "2026-07-31 -"], None, "error"),
        (["2026-07-29 5", "2026-08-01 -"], None, "held"),
        (["2026-07-29 5", "2026-07-30 - web"], None, "held"),
        (["2026-07-29 5", "2026-07-30 - web"], "web", "error"),
    ],
)
def test_a_broken_row_breaks_its_segment_from_its_day_on(
    rows: list[str], segment: str | None, verdict: str
) -> None:
    """Other segments, and days before it, are judged as ever."""
    more = {} if segment is None else {"segment": segment}
    assert guardrail(more, rows, DAY).verdict == verdict


def test_the_line_of_a_broken_row_is_named() -> None:
    """So that it can be found in the file."""
    result = guardrail({}, ["2026-07-29 5", "2026-07-30 -"], DAY)
    assert result.reason == "measurements/speed.csv:3: the value is no number"
