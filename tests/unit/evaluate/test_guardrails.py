"""Guardrails, NFRs, rollout exits and standing targets: held, breached, unmeasured or error."""

from __future__ import annotations

from datetime import date

import pytest

from oracle.promises import WEEKLY, guardrail, judged, observations
from oracle.worlds import document, measurement_file, roadmap
from roadgate.evaluate.verdicts import judge


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (["2026-07-20 5"], "held"),
        (["2026-07-20 6"], "breached"),
        (["2026-07-19 6"], "unmeasured"),
        ([], "unmeasured"),
        (["2026-08-01 6"], "unmeasured"),
        (["2026-07-20 5", "2026-07-21 -"], "error"),
    ],
)
def test_a_guardrail_is_judged_on_the_day(rows: list[str], verdict: str) -> None:
    """Unmeasured means that its series is not fresh then."""
    assert guardrail({}, rows, "2026-07-31").verdict == verdict


def test_nfrs_and_exits_are_judged_alike() -> None:
    """An exit goes by the name of its phase; a phase without one is left out."""
    spec = {
        "nfrs": [{"id": "availability", "metric": "speed", "target": "<= 5"}],
        "rollout": [
            {"phase": "pilot", "exit": {"metric": "speed", "target": "<= 4", "for": 1}},
            {"phase": "general"},
        ],
    }
    result = judged(spec, ["2026-07-30 5"], "2026-07-31")
    assert [(each.id, each.verdict) for each in result.nfrs] == [("availability", "held")]
    assert [(each.id, each.verdict) for each in result.rollout] == [("pilot", "breached")]
    assert result.rollout[0].reason == "5 min on 2026-07-30, asked for <= 4 min"


def test_a_metric_has_a_standing_target() -> None:
    """It is judged with the metric's own baseline; a metric without a target is left out."""
    speed = {**WEEKLY, "target": "<= baseline - 50%", "baseline": {"value": 10}}
    declared = roadmap(
        [],
        [document("Metric", "speed", speed), document("Metric", "love", WEEKLY)],
        measurements={
            "speed": measurement_file("speed", observations("2026-07-30 5"), None),
        },
    )
    (result,) = judge(declared, date(2026, 7, 31)).metrics
    assert (result.id, result.metric, result.verdict) == ("speed", "speed", "held")
    assert result.reason == "5 min on 2026-07-30, asked for <= 5 min (baseline - 50%)"


def test_a_broken_file_is_an_error() -> None:
    """Whatever rows could be read from it."""
    target = {**WEEKLY, "target": "<= 5"}
    declared = roadmap(
        [],
        [document("Metric", "speed", target)],
        measurements={"speed": measurement_file("speed", (), "there is no column 'value'")},
    )
    (result,) = judge(declared, date(2026, 7, 31)).metrics
    assert result.verdict == "error"
    assert result.reason == "measurements/speed.csv: there is no column 'value'"
