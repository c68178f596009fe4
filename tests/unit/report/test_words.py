"""Changes and counts in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from roadgate.model.change import Change, Effect, FieldChange, JudgeChange, ResourceChange
from roadgate.model.finding import Severity, Suppression
from roadgate.report.summary import outcome
from roadgate.report.words import counts, describe, field_label, plural
from unit.report.samples import FASTER_CI, PATH, PLAN, check_report, finding

if TYPE_CHECKING:
    from roadgate.model.report import CheckReport


def sentence(*fields: FieldChange, **parts: object) -> str:
    """What is said about one changed initiative."""
    change = ResourceChange("changed", FASTER_CI, PATH, PATH, fields)
    (words,) = describe(Change("a", "b", None, (replace(change, **parts),)))  # type: ignore[arg-type] # the parts are the caller's
    return words


def moved_deadline(
    effect: Effect,
    *,
    protected: bool = True,
    decision: str | None = None,
    approval: str | None = None,
) -> FieldChange:
    """A deadline that moves."""
    return FieldChange(
        "spec.successCriteria[ci].by",
        "2026-07-31",
        "2026-08-31",
        effect,
        protected=protected,
        decision=decision,
        approval=approval,  # type: ignore[arg-type] # one of three words
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (moved_deadline(Effect.EASIER), " (easier, needs a Decision)"),
        (moved_deadline(Effect.UNORDERED), " (another promise, needs a Decision)"),
        (moved_deadline(Effect.HARDER), " (harder)"),
        (moved_deadline(Effect.FREE), ""),
        (moved_deadline(Effect.EASIER, protected=False), ""),
        (
            moved_deadline(Effect.EASIER, decision="relax-ci", approval="unknown"),
            " (easier, Decision 'relax-ci', approval not known here)",
        ),
        (
            moved_deadline(Effect.EASIER, decision="relax-ci", approval="no"),
            " (easier, Decision 'relax-ci', not approved)",
        ),
        (
            moved_deadline(Effect.EASIER, decision="relax-ci", approval="yes"),
            " (easier, Decision 'relax-ci', approved)",
        ),
        (moved_deadline(Effect.EASIER, decision="relax-ci"), " (easier, Decision 'relax-ci')"),
    ],
)
def test_the_effect_and_its_decision_are_named(change: FieldChange, expected: str) -> None:
    """A reader sees whether the change is allowed, and by what."""
    assert sentence(change) == f"faster-ci: deadline of ci 2026-07-31 → 2026-08-31{expected}"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, "{id: ci}", "criterion ci added"),
        ("{id: ci}", None, "criterion ci dropped"),
        (None, None, "criterion ci changed"),
    ],
)
def test_items_come_and_go(before: str | None, after: str | None, expected: str) -> None:
    """A whole criterion is named, not quoted."""
    change = FieldChange("spec.successCriteria[ci]", before, after, Effect.FREE, protected=False)

    assert sentence(change) == f"faster-ci: {expected}"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"action": "added"}, "faster-ci: new"),
        ({"action": "removed"}, "faster-ci: removed"),
        (
            {"action": "moved", "head_path": "roadmap/b.yaml"},
            "faster-ci: moved from roadmap/faster-ci.yaml to roadmap/b.yaml",
        ),
        ({"former_name": "ci-speedup"}, "faster-ci: renamed from ci-speedup"),
        ({}, "faster-ci: wording only"),
    ],
)
def test_resources_come_go_and_move(parts: dict[str, object], expected: str) -> None:
    """Each action has its word."""
    assert sentence(**parts) == expected


def test_long_values_are_cut() -> None:
    """A problem statement of a page is not repeated."""
    change = FieldChange("spec.problem", "x" * 200, "y\nz", Effect.FREE, protected=False)

    assert sentence(change) == f"faster-ci: problem {'x' * 79}… → y z"


def test_changes_of_the_judge_are_named() -> None:
    """Weakening is said, with its Decision."""
    judge = JudgeChange("spec.policies.presets", "weaker", "[strict]", None, "relax-presets")

    assert describe(Change("a", "b", None, (), (judge,))) == [
        "judge, spec.policies.presets: [strict] → nothing (weaker, Decision 'relax-presets')"
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("spec.horizon", "horizon"),
        ("metadata.title", "title"),
        ("spec.killThresholds[floor].when", "condition of floor"),
        ("spec.killThresholds[floor].checkOn", "check dates of floor"),
        ("spec.successCriteria[ci].baseline.value", "baseline.value of ci"),
        ("spec.dependsOn", "depends on"),
    ],
)
def test_fields_have_peoples_names(field: str, expected: str) -> None:
    """No reader has to know the path."""
    assert field_label(field) == expected


def test_plural() -> None:
    """One is one."""
    assert (plural(1, "error"), plural(0, "error"), plural(2, "policy", "policies")) == (
        "1 error",
        "0 errors",
        "2 policies",
    )


def test_plans_are_counted_by_action() -> None:
    """What is not to be done is not mentioned, unless it is everything."""
    assert (counts(PLAN), counts(replace(PLAN, changes=(), problems=(), unchanged=0))) == (
        "1 to create, 1 to update, 1 to close, 3 unchanged, 1 problem",
        "no changes, 0 unchanged",
    )


WAIVED = finding(id_="RG301", suppressed=Suppression("x", "waive", None), new=True)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (check_report(()), "no findings"),
        (check_report((finding(),)), "1 error"),
        (check_report((WAIVED,)), "1 waived"),
        (check_report((finding(new=True), WAIVED)), "1 new error, 1 waived"),
        (check_report((finding(new=True), finding(new=False))), "2 errors (1 of them new)"),
        (check_report((finding(new=False),)), "1 error (0 of them new)"),
        (check_report((finding(severity=Severity.WARNING),)), "1 warning"),
    ],
)
def test_outcomes_are_counted(report: CheckReport, expected: str) -> None:
    """Old, new and waived are told apart."""
    assert outcome(report) == expected
