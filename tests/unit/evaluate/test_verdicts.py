"""All verdicts of a roadmap: the worst ones, freezes and pauses, sealed text, former names."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from oracle.promises import BY, WEEKLY, decided, judged, observations
from oracle.worlds import document, measurement_file, roadmap
from roadgate.evaluate.verdicts import judge
from roadgate.evaluate.worst import worst, worst_kill
from roadgate.model.kinds import Initiative, Metric
from roadgate.model.verdict import CriterionVerdict, KillVerdict

if TYPE_CHECKING:
    from roadgate.model.verdict import InitiativeResult

CRITERION = {"id": "ci", "metric": "speed", "target": "<= 5", "by": BY}
STOP = {"id": "stop", "metric": "speed", "when": ">= 15", "checkOn": ["2026-04-30"]}
PROMISE = {"successCriteria": [CRITERION], "killThresholds": [STOP]}


def test_the_worst_criterion_decides() -> None:
    """In the order error, missed, no-data, stale, at-risk, pending, on-track, recovered, met."""
    order = [
        "error",
        "missed",
        "no-data",
        "stale",
        "at-risk",
        "pending",
        "on-track",
        "recovered",
        "met",
    ]
    assert [each.value for each in CriterionVerdict] == order
    assert worst(reversed(CriterionVerdict)) == "error"
    assert worst([CriterionVerdict.MET, CriterionVerdict.RECOVERED]) == "recovered"
    assert worst([]) is None


def test_the_worst_threshold_stands_beside_it() -> None:
    """In the order error, triggered, no-data, stale, warning, not-due, clear."""
    order = ["error", "triggered", "no-data", "stale", "warning", "not-due", "clear"]
    assert [each.value for each in KillVerdict] == order
    assert worst_kill(reversed(KillVerdict)) == "error"
    assert worst_kill([]) is None


def test_an_initiative_without_promises_has_no_verdict() -> None:
    """Which is never met."""
    result = judged({}, [], BY)
    assert (result.verdict, result.kill_verdict) == (None, None)


def test_what_is_shown_of_an_initiative() -> None:
    """Its name, title, horizon, status and exact RICE score."""
    rice = {"reach": 200, "impact": 1, "confidence": 50, "effort": 6}
    result = judged({"rice": rice, "status": "active"}, [], BY)
    assert (result.name, result.title, result.owner) == ("faster", "faster", None)
    assert (result.horizon, result.status, result.rice) == ("now", "active", Fraction(50, 3))


def kill(day: str, **more: Any) -> dict[str, Any]:
    """A kill with what was learned."""
    return decided("kill", day, name=f"kill-{day}", learned="much", **more)


def frozen(decisions: list[dict[str, Any]], day: str, **spec: object) -> InitiativeResult:
    """A promise that is on track in April and misses in July."""
    rows = ["2026-04-24 5", "2026-04-30 5", "2026-07-31 20"]
    return judged({**PROMISE, **spec}, rows, day, decisions=decisions)


@pytest.mark.parametrize(
    ("decisions", "day", "on", "verdict", "kill_verdict"),
    [
        ([], "2026-08-31", None, "missed", "warning"),
        ([kill("2026-05-01")], "2026-08-31", "2026-05-01", "on-track", "clear"),
        ([kill("2026-05-01")], "2026-05-01", "2026-05-01", "on-track", "clear"),
        ([kill("2026-05-01")], "2026-04-30", None, "on-track", "clear"),
        ([kill("2026-04-25")], "2026-08-31", "2026-04-25", "on-track", "not-due"),
        ([kill("2026-04-25"), kill("2026-08-01")], "2026-08-31", "2026-08-01", "missed", "warning"),
        (
            [kill("2026-04-25"), kill("2026-08-01")],
            "2026-07-31",
            "2026-04-25",
            "on-track",
            "not-due",
        ),
        (
            [kill("2026-05-01"), decided("resume", "2026-05-02")],
            "2026-08-31",
            None,
            "missed",
            "warning",
        ),
        (
            [kill("2026-05-01"), decided("resume", "2026-05-01")],
            "2026-08-31",
            "2026-05-01",
            "on-track",
            "clear",
        ),
        (
            [kill("2026-05-01"), decided("resume", "2026-09-01")],
            "2026-08-31",
            "2026-05-01",
            "on-track",
            "clear",
        ),
        ([kill("2026-05-01", initiative="other")], "2026-08-31", None, "missed", "warning"),
        ([kill("2026-05-01", threshold="stop")], "2026-08-31", "2026-05-01", "on-track", "clear"),
        ([decided("ship", "2026-05-01", learned="much")], "2026-08-31", None, "missed", "warning"),
    ],
)
def test_a_kill_freezes(
    decisions: list[dict[str, Any]], day: str, on: str | None, verdict: str, kill_verdict: str
) -> None:
    """Criteria and thresholds stay as they stood on its day, until a later ``resume``."""
    result = frozen(decisions, day)
    assert (result.frozen_on and str(result.frozen_on)) == on
    assert (result.verdict, result.kill_verdict) == (verdict, kill_verdict)


def test_a_freeze_knows_no_later_decisions() -> None:
    """Rows and Decisions up to its day; what is decided afterwards answers nothing."""
    rows = ["2026-04-30 20"]
    later = decided("continue", "2026-05-10", until="2026-12-31")
    result = judged(PROMISE, rows, "2026-08-31", decisions=[kill("2026-05-01"), later])
    assert result.kill_thresholds[0].answered_by == ("kill-2026-05-01",)


@pytest.mark.parametrize("status", ["killed", "shipped", "paused", "active"])
def test_the_status_plays_no_part_in_a_freeze(status: str) -> None:
    """Only Decisions do."""
    assert frozen([], "2026-08-31", status=status).verdict == "missed"
    assert frozen([kill("2026-05-01")], "2026-08-31", status=status).verdict == "on-track"


def test_guardrails_are_not_frozen() -> None:
    """They are shown as they are on the day, and put a frozen promise at risk as they were."""
    spec = {**PROMISE, "guardrails": [{"id": "g", "metric": "speed", "target": "<= 9"}]}
    rows = ["2026-04-24 5", "2026-04-30 5", "2026-08-31 20"]
    result = judged(spec, rows, "2026-08-31", decisions=[kill("2026-05-01")])
    assert result.guardrails[0].verdict == "breached"
    assert result.verdict == "on-track"


@pytest.mark.parametrize(
    ("decisions", "day", "until"),
    [
        ([], "2026-06-15", None),
        ([decided("continue", "2026-06-01", until="2026-06-30")], "2026-06-15", None),
        (
            [
                decided("pause", "2026-06-01", until="2026-06-30"),
                decided("resume", "2026-06-01"),
            ],
            "2026-06-01",
            None,
        ),
        ([decided("pause", "2026-06-01", until="2026-06-30")], "2026-05-31", None),
        ([decided("pause", "2026-06-01", until="2026-06-30")], "2026-06-01", "2026-06-30"),
        ([decided("pause", "2026-06-01", until="2026-06-30")], "2026-06-30", "2026-06-30"),
        ([decided("pause", "2026-06-01", until="2026-06-30")], "2026-07-01", None),
        (
            [
                decided("pause", "2026-06-01", until="2026-06-30"),
                decided("resume", "2026-06-10"),
            ],
            "2026-06-09",
            "2026-06-30",
        ),
        (
            [
                decided("pause", "2026-06-01", until="2026-06-30"),
                decided("resume", "2026-06-10"),
            ],
            "2026-06-10",
            None,
        ),
        (
            [
                decided("resume", "2026-05-31"),
                decided("pause", "2026-06-01", until="2026-06-30"),
                decided("pause", "2026-06-02", until="2026-06-20", name="second"),
            ],
            "2026-06-10",
            "2026-06-30",
        ),
        (
            [decided("pause", "2026-06-01", until="2026-06-30", threshold="stop")],
            "2026-06-10",
            None,
        ),
    ],
)
def test_a_pause_holds_to_its_last_day_or_a_resume(
    decisions: list[dict[str, Any]], day: str, until: str | None
) -> None:
    """A pause of one threshold does not pause the initiative."""
    result = judged(PROMISE, [], day, decisions=decisions)
    assert (result.paused_until and str(result.paused_until)) == until


def test_former_names_count() -> None:
    """Of the initiative in Decisions, of a metric in criteria and in the name of its file."""
    declared = roadmap(
        [
            document(
                "Initiative",
                "faster",
                {
                    "problem": "slow",
                    "horizon": "now",
                    "committed": "2026-02-02",
                    "successCriteria": [{**CRITERION, "metric": "pace"}],
                },
                aliases=["quicker"],
            )
        ],
        [document("Metric", "speed", WEEKLY, aliases=["pace"])],
        [kill("2026-08-15", initiative="quicker")],
        {"pace": measurement_file("pace", observations("2026-07-31 5"), None)},
    )
    result = judge(declared, date(2026, 8, 31)).of("faster")
    assert result is not None
    assert (result.verdict, str(result.frozen_on)) == ("met", "2026-08-15")


def test_a_file_under_a_former_name_counts() -> None:
    """Where there is none under the present one."""
    spec = {"problem": "slow", "horizon": "now", "committed": "2026-02-02"}
    former = measurement_file("pace", observations("2026-07-31 5"), None)
    present = measurement_file("speed", observations("2026-07-31 6"), None)
    for measurements, verdict in (
        ({"pace": former}, "met"),
        ({"pace": former, "speed": present}, "missed"),
    ):
        declared = roadmap(
            [document("Initiative", "faster", {**spec, "successCriteria": [CRITERION]})],
            [document("Metric", "speed", WEEKLY, aliases=["pace"])],
            (),
            measurements,
        )
        assert judge(declared, date(2026, 8, 31)).initiatives[0].verdict == verdict


def test_a_sealed_metric_outlives_its_definition() -> None:
    """A promise stands when the metric that it names is deleted."""
    spec = {"problem": "slow", "horizon": "now", "committed": "2026-02-02"}
    declared = roadmap(
        [document("Initiative", "faster", {**spec, "successCriteria": [CRITERION]})],
        measurements={"speed": measurement_file("speed", observations("2026-07-31 5"), None)},
    )
    day = date(2026, 8, 31)
    assert judge(declared, day).initiatives[0].verdict == "error"
    sealed = {"faster": {"speed": Metric.model_validate(document("Metric", "speed", WEEKLY))}}
    assert judge(declared, day, metrics=sealed).initiatives[0].verdict == "met"


def test_an_initiative_that_only_the_seal_knows_is_judged() -> None:
    """Deleting the file does not end the promise."""
    gone = document("Initiative", "gone", {"problem": "slow", "horizon": "now"})
    verdicts = judge(
        roadmap([]), date(2026, 8, 31), initiatives={"gone": Initiative.model_validate(gone)}
    )
    assert [each.name for each in verdicts.initiatives] == ["gone"]


def test_a_resource_names_the_initiative_too() -> None:
    """``resource: Initiative/faster`` says the same as ``initiative: faster``."""
    decision = kill("2026-05-01")
    decision["spec"]["concerns"] = {"resource": "Initiative/faster"}
    assert str(frozen([decision], "2026-08-31").frozen_on) == "2026-05-01"
    decision["spec"]["concerns"] = {"resource": "Metric/faster"}
    assert frozen([decision], "2026-08-31").frozen_on is None


def test_the_sealed_text_is_judged() -> None:
    """Instead of the text as it stands: the initiative's, and its metrics'."""
    spec = {"problem": "slow", "horizon": "now", "committed": "2026-02-02"}
    softened = document(
        "Initiative", "faster", {**spec, "successCriteria": [{**CRITERION, "target": "<= 9"}]}
    )
    sealed = document("Initiative", "faster", {**spec, "successCriteria": [CRITERION]})
    declared = roadmap(
        [softened],
        [document("Metric", "speed", {**WEEKLY, "cadence": "yearly", "grace": "4d"})],
        (),
        {"speed": measurement_file("speed", observations("2026-07-01 8"), None)},
    )
    day = date(2026, 8, 31)
    assert judge(declared, day).initiatives[0].verdict == "met"
    promised = {"faster": Initiative.model_validate(sealed)}
    assert judge(declared, day, initiatives=promised).initiatives[0].verdict == "missed"
    weekly = {"faster": {"speed": Metric.model_validate(document("Metric", "speed", WEEKLY))}}
    assert judge(declared, day, metrics=weekly).initiatives[0].verdict == "stale"


def test_initiatives_come_by_name_each_with_its_verdicts() -> None:
    """Every one is judged, whatever its horizon."""
    spec = {"problem": "slow", "horizon": "exploring"}
    declared = roadmap([document("Initiative", name, spec) for name in ("b", "a", "c")])
    verdicts = judge(declared, date(2026, 8, 31))
    assert [each.name for each in verdicts.initiatives] == ["a", "b", "c"]
    assert verdicts.as_of == date(2026, 8, 31)
    assert verdicts.of("z") is None
