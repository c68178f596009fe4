"""The text that was promised, in the place of the text as it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from roadgate.history.seal import as_sealed, seals, with_reasons
from roadgate.load.project import load_project
from roadgate.roadmap.link import link
from unit.roadmap.changes import (
    CI,
    COMMITTED,
    DURATION,
    FLAKES,
    MemoryTree,
    edited,
    files,
    path_of,
    record,
    renamed,
    without,
)

if TYPE_CHECKING:
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Seal

PROMISED = edited(
    CI,
    duration__for=3,
    duration__window="28d",
    duration__aggregate="p90",
    duration__baseline={"value": Decimal("17.5"), "date": "2026-01-15"},
    felt__answers=[{"role": "pm", "answer": "met", "date": "2026-06-01"}],
)
BASE = (PROMISED, DURATION, FLAKES)


def roadmap(*documents: dict[str, Any]) -> Roadmap:
    """The roadmap of these documents."""
    return link(load_project(MemoryTree(files(documents))))[0]


def after(
    *documents: dict[str, Any], gone: tuple[str, ...] = ()
) -> tuple[Roadmap, dict[str, Seal]]:
    """The roadmap and the seals after a commit that nobody decided on."""
    kept = {path_of(each): each for each in (*BASE, *documents) if path_of(each) not in gone}
    commits = (record("c1", COMMITTED, *BASE), record("c2", COMMITTED, *documents, gone=gone))
    return roadmap(*kept.values()), seals(commits, None, complete=True)


def test_a_promise_that_is_intact_is_judged_as_it_stands() -> None:
    """There is nothing to put in its place."""
    assert as_sealed(*after(edited(PROMISED, problem="Other words"))) == ({}, {})


def test_what_changed_without_a_decision_is_judged_as_it_was() -> None:
    """The whole criterion comes back as today's models read it, and the rest stays."""
    easier = edited(
        PROMISED,
        problem="Other words",
        committed="2026-03-02",
        duration__target="<= 9",
        duration__baseline={"value": 30},
        duration__for=None,
    )

    initiatives, metrics = as_sealed(*after(easier))

    promised = roadmap(*BASE).initiatives["faster-ci"].body.spec
    spec = initiatives["faster-ci"].spec
    assert spec.success_criteria == promised.success_criteria
    assert spec.success_criteria[0].baseline is not None
    assert spec.success_criteria[0].baseline.value == Decimal("17.5")
    assert spec.kill_thresholds == promised.kill_thresholds
    assert spec.guardrails == promised.guardrails
    assert spec.committed == promised.committed
    assert spec.problem == "Other words"
    assert set(metrics["faster-ci"]) == {"ci-duration", "flake-rate"}


def test_a_dropped_item_is_back() -> None:
    """It was promised."""
    initiatives, _ = as_sealed(*after(without(PROMISED, "no-movement")))

    assert [each.id for each in initiatives["faster-ci"].spec.kill_thresholds] == ["no-movement"]


def test_an_answer_counts_that_was_given_since() -> None:
    """The question is promised, its answers are not."""
    answers = [{"role": "pm", "answer": "not-met", "date": "2026-07-01"}]
    text = edited(without(PROMISED, "no-movement"), felt__answers=answers)

    initiatives, _ = as_sealed(*after(text))

    felt = initiatives["faster-ci"].spec.success_criteria[1]
    assert [each.answer for each in felt.answers] == ["not-met"]


def test_a_metrics_definition_comes_back_with_the_promise() -> None:
    """Its title and its visibility stay today's."""
    metric = edited(DURATION, unit="s", visibility="internal", grace="9d")

    _, metrics = as_sealed(*after(metric))

    found = metrics["faster-ci"]["ci-duration"].spec
    assert (found.unit, found.grace, found.visibility) == ("min", None, "internal")


def test_a_metric_that_is_gone_comes_back() -> None:
    """As far as the promise holds it."""
    _, metrics = as_sealed(*after(gone=(path_of(DURATION),)))

    assert metrics["faster-ci"]["ci-duration"].spec.unit == "min"


def test_a_renamed_initiative_is_judged_under_its_new_name() -> None:
    """The promise goes with it."""
    new = renamed(edited(PROMISED, duration__target="<= 9"), "quick", "faster-ci")

    initiatives, _ = as_sealed(*after(new, gone=(path_of(CI),)))

    assert initiatives["quick"].spec.success_criteria[0].target == "<= 5"


def test_a_promise_that_cannot_be_read_today_is_said() -> None:
    """It is judged as it stands, and the seal's reason says why."""
    found, sealed = after(without(PROMISED, "no-movement"))
    judged = sealed["faster-ci"].judged
    assert judged is not None
    old = replace(judged, criteria={"duration": {"metric": "ci-duration", "by": "in summer"}})
    broken = {"faster-ci": replace(sealed["faster-ci"], judged=old)}

    assert as_sealed(found, broken) == ({}, {})
    assert "cannot be read today" in with_reasons(found, broken)["faster-ci"].reason
    assert with_reasons(found, sealed) == sealed
