"""Fields that are each well-formed and together mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unit.load.repositories import document
from unit.roadmap.roadmaps import METRIC, initiative, linked, told

if TYPE_CHECKING:
    from pathlib import Path

CRITERION = "id: c, metric: ci-duration, target: '<= 5', by: 2026-07-31"
QUESTION = "id: c, question: Good?, by: 2026-07-31"


@pytest.mark.parametrize(
    ("item", "field", "message"),
    [
        (CRITERION.replace("<= 5", "=< 5"), "target", "'=< 5' is no condition"),
        (CRITERION.replace("<= 5", "<= 5 h"), "target",
         "'<= 5 h' is in 'h', the metric 'ci-duration' is in 'min'"),
        (CRITERION.replace("<= 5", "<= baseline"), "target",
         "'<= baseline' needs a baseline, and there is none"),
        (CRITERION.replace("<= 5", "between 4 and 2"), "target",
         "'between 4 and 2' is no condition"),
        (CRITERION + ", for: 0", "for", "'for: 0' asks for no observation"),
        (CRITERION + ", window: 0d", "window", "a window of 0 days holds no observation"),
        (CRITERION + ", aggregate: p90", "aggregate",
         "'aggregate: p90' has no window to aggregate over"),
        (CRITERION + ", from: 2026-08-01", "from",
         "'from' (2026-08-01) is after 'by' (2026-07-31)"),
        (CRITERION + ", question: x", "question", "the criterion has a metric and a question"),
        ("id: c, by: 2026-07-31", "metric", "the criterion has neither a metric nor a question"),
        ("id: c, metric: ci-duration, by: 2026-07-31", "target",
         "the criterion has a metric and no target"),
        (CRITERION + ", answers: [{role: x, answer: met, date: 2026-01-01, link: 'https://x'}]",
         "answers", "a criterion with a metric takes no answers"),
        (QUESTION + ", segment: x", "segment",
         "'segment' has no meaning for a question, which is answered once"),
        (QUESTION + ", standing: true", "standing",
         "'standing' has no meaning for a question, which is answered once"),
        (QUESTION + ", answers: [{role: x, answer: met, date: 2026-01-01}]", "answers[0]",
         "the answer of 2026-01-01 shows neither evidence nor a link"),
    ],
)  # fmt: skip
def test_a_criterion_without_meaning(tmp_path: Path, item: str, field: str, message: str) -> None:
    """Each way to mean nothing is one finding at its field."""
    ((code, place, text, fix),) = told(
        tmp_path, initiative("i", f", successCriteria: [{{{item}}}]")
    )
    assert (code, place, text) == ("RG010", f"spec.successCriteria[c].{field}", message)
    assert fix


@pytest.mark.parametrize(
    "item",
    [
        CRITERION,
        CRITERION.replace("<= 5", "<= 5 min"),
        CRITERION.replace("<= 5", "<= baseline - 40%") + ", baseline: {value: 0}",
        CRITERION.replace("ci-duration", "measured-before").replace("<= 5", "<= baseline - 4 min"),
        CRITERION.replace("<= 5", "decreasing") + ", for: 3",
        CRITERION + ", window: 28d, aggregate: p90, for: 1, standing: true, from: 2026-07-31",
        QUESTION,
        QUESTION + ", answers: [{role: x, answer: met, date: 2026-01-01, evidence: interviews}]",
        CRITERION.replace("ci-duration", "unknown").replace("<= 5", "<= baseline - 1 h"),
    ],
)
def test_a_criterion_with_meaning(tmp_path: Path, item: str) -> None:
    """What can be judged is let be; what hangs on an unknown metric is told once."""
    found = told(tmp_path, initiative("i", f", successCriteria: [{{{item}}}]"))
    assert [each[0] for each in found] == (["RG012"] if "unknown" in item else [])


@pytest.mark.parametrize(
    ("item", "field", "message"),
    [
        ("when: '15'", "when", "'15' is no condition"),
        ("when: '> baseline'", "when", "'> baseline' needs a baseline, and there is none"),
        ("when: '> 15', checkOn: []", "checkOn",
         "the list of check dates is empty, so the threshold is never checked"),
        ("when: '> 15', checkOn: [2026-01-01, 2026-02-01, 2026-01-01]", "checkOn[2]",
         "2026-01-01 stands twice"),
        ("when: '> 15', checkOn: [2026-01-01], from: 2026-01-01", "from",
         "'checkOn' and 'from' exclude one another"),
        ("when: '> 15', for: -1", "for", "'for: -1' asks for no observation"),
    ],
)  # fmt: skip
def test_a_threshold_without_meaning(tmp_path: Path, item: str, field: str, message: str) -> None:
    """Check dates and conditions are held to the same measure."""
    text = initiative("i", f", killThresholds: [{{id: t, metric: ci-duration, {item}}}]")
    ((code, place, found, _),) = told(tmp_path, text)
    assert (code, place, found) == ("RG010", f"spec.killThresholds[t].{field}", message)


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        (", guardrails: [{id: g, metric: ci-duration, target: x}]", "spec.guardrails[g].target"),
        (", nfrs: [{id: n, metric: ci-duration, target: '<= 1', for: 0}]", "spec.nfrs[n].for"),
        (", rollout: [{phase: p}, {phase: q, exit: {metric: ci-duration, target: '> baseline'}}]",
         "spec.rollout[1].exit.target"),
        (", rollout: [{phase: p, exit: {metric: ci-duration, target: '> 1', aggregate: max}}]",
         "spec.rollout[0].exit.aggregate"),
    ],
)  # fmt: skip
def test_guardrails_nfrs_and_exits_are_checked_alike(tmp_path: Path, spec: str, field: str) -> None:
    """Every place with a condition is read."""
    assert [each[:2] for each in told(tmp_path, initiative("i", spec))] == [("RG010", field)]


def test_a_metrics_own_target_and_source(tmp_path: Path) -> None:
    """A standing target uses the metric's own unit and baseline; a source is one."""
    assert told(tmp_path, document("Metric", "m", METRIC + ", target: '<= 5 h', source: {}}")) == [
        ("RG010", "spec.target", "'<= 5 h' is in 'h', the metric 'm' is in 'min'",
         "convert the number to 'min'"),
        ("RG010", "spec.source", "the source is empty", "name a source, or delete 'source'"),
    ]  # fmt: skip


def test_a_unit_where_the_metric_has_none(tmp_path: Path) -> None:
    """The way out is either side."""
    metric = document("Metric", "m", "{direction: lower, cadence: weekly, target: '<= 5 %'}")
    ((_, _, message, fix),) = told(tmp_path, metric)
    assert message == "'<= 5 %' has a unit, and the metric 'm' has none"
    assert fix == "add 'unit: \"%\"' to the metric, or leave the unit out"


def test_now_says_since_when_and_is_active(tmp_path: Path) -> None:
    """A commitment that is only proposed, or has no day, contradicts itself."""
    text = initiative("i").replace("horizon: later", "horizon: now")
    assert [each[:3] for each in told(tmp_path, text)] == [
        ("RG017", "spec.status", "'i' is in now and only proposed"),
        ("RG017", "spec.committed", "'i' is in now and does not say since when"),
    ]
    sound = text.replace("now", "now, status: active, committed: 2026-01-01")
    assert told(tmp_path, sound) == []


def test_a_deadline_comes_after_the_commitment(tmp_path: Path) -> None:
    """Without 'from' a criterion counts from the commitment on."""
    item = f", committed: 2026-08-01, successCriteria: [{{{CRITERION}}}]"
    assert [each[1:3] for each in told(tmp_path / "1", initiative("i", item))] == [
        ("spec.successCriteria[c].by",
         "'by' (2026-07-31) is before the day of the commitment (2026-08-01)"),
    ]  # fmt: skip
    own = item.replace("target:", "from: 2026-07-01, target:")
    assert told(tmp_path / "2", initiative("i", own)) == []


def test_ids_stand_once_in_a_list(tmp_path: Path) -> None:
    """The second item of an id is shown with the first; other lists have their own ids."""
    _, findings = linked(
        tmp_path,
        initiative(
            "i",
            f", successCriteria: [{{{CRITERION}}}, {{{QUESTION}}}], rollout: [{{phase: c}}],"
            " milestones: [{id: c, title: x, due: 2026-01-01}]",
        ),
    )
    (finding,) = findings
    assert (finding.id, finding.field) == ("RG011", "spec.successCriteria[1].id")
    assert finding.related[0].field == "spec.successCriteria[0].id"


@pytest.mark.parametrize(
    ("method", "arms", "expected"),
    [
        ("experiment", "{control: {n: 10, successes: 11}}",
         [("spec.experiment.arms.control.successes", "11 of 10 cannot have succeeded")]),
        ("survey", "{control: {n: 10, successes: 10}}",
         [("spec.experiment", "the method 'survey' has no experiment")]),
        ("experiment", "{control: {n: 10, successes: 10}}", []),
        ("experiment", "{contrl: {n: 10, successes: 10}}",
         [("spec.experiment.arms",
           "no arm is called 'control', which the others are compared with")]),
    ],
)  # fmt: skip
def test_experiments_add_up(
    tmp_path: Path, method: str, arms: str, expected: list[tuple[str, str]]
) -> None:
    """Counts are possible, and belong to an experiment."""
    spec = f"{{method: {method}, date: 2026-01-01, experiment: {{arms: {arms}}}}}"
    assert [each[1:3] for each in told(tmp_path, document("Evidence", "e", spec))] == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("type: kill, concerns: {initiative: i}", [("RG008", "spec.learned")]),
        ("type: ship, concerns: {initiative: i}", [("RG008", "spec.learned")]),
        ("type: continue, concerns: {initiative: i}", [("RG008", "spec.until")]),
        ("type: override, concerns: {initiative: i}",
         [("RG008", "spec.until"), ("RG008", "spec.tradeoff")]),
        ("type: pause, concerns: {initiative: i}, until: 2025-12-31", [("RG010", "spec.until")]),
        ("type: commit, concerns: {initiative: i}, to: x", [("RG010", "spec.to")]),
        ("type: commit, concerns: {}", [("RG010", "spec.concerns")]),
        ("type: relax, concerns: {criterion: c}", [("RG010", "spec.concerns.criterion")]),
        ("type: relax, concerns: {resource: Initiative/i, criterion: c}", []),
        ("type: pause, concerns: {initiative: i}, until: 2026-01-01", []),
        ("type: relax, concerns: {config: spec.approvals}, to: '<= 6'", []),
        ("type: kill, concerns: {initiative: i}, learned: x, until: null", []),
    ],
)  # fmt: skip
def test_a_decision_says_what_its_type_asks_for(
    tmp_path: Path, fields: str, expected: list[tuple[str, str]]
) -> None:
    """What a type needs is there, and what it cannot use is not."""
    text = document("Decision", "d", f"{{{fields}, date: 2026-01-01, by: [x], because: y}}")
    assert [each[:2] for each in told(tmp_path, initiative("i"), text)] == expected


def test_a_freeze_begins_before_it_ends(tmp_path: Path) -> None:
    """The finding stands in roadgate.yaml."""
    good, bad = "{from: 2026-12-20, to: 2027-01-03}", "{from: 2026-02-02, to: 2026-02-01}"
    _, findings = linked(tmp_path, config=f"{{calendar: {{freeze: [{good}, {bad}]}}}}")
    assert [(each.id, each.resource, each.field) for each in findings] == [
        ("RG010", None, "spec.calendar.freeze[1]")
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("c", "c"), ("'1'", "'0'")], ids=["the same id", "numbers as ids"]
)
def test_an_item_whose_id_does_not_tell_is_found_by_its_position(
    tmp_path: Path, first: str, second: str
) -> None:
    """A finding about the second item points there, not at the first of its id."""
    items = (
        CRITERION.replace("id: c", f"id: {first}"),
        CRITERION.replace("id: c", f"id: {second}") + ", from: 2026-08-01",
    )
    found = told(tmp_path, initiative("i", f", successCriteria: [{{{items[0]}}}, {{{items[1]}}}]"))
    assert [each[1] for each in found if each[0] == "RG010"] == ["spec.successCriteria[1].from"]


def test_a_dangling_reference_of_a_repeated_id_is_found_by_its_position(tmp_path: Path) -> None:
    """The second of two thresholds of one id is where the unknown metric stands."""
    items = "{id: t, metric: ci-duration, when: '> 9'}, {id: t, metric: nowhere, when: '> 9'}"
    found = told(tmp_path, initiative("i", f", killThresholds: [{items}]"))
    assert [each[1] for each in found if each[0] == "RG012"] == ["spec.killThresholds[1].metric"]
