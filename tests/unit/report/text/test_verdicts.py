"""Verdicts as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from roadgate.model.report import StatusReport
from roadgate.model.seal import Seal, SealState
from roadgate.model.verdict import Verdicts
from roadgate.report import text
from roadgate.report.text.terminal import width
from roadgate.report.text.verdicts import seal_text, status_text
from unit.report import samples


def test_horizons_come_in_order_and_rice_orders_within() -> None:
    """The page begins with what is committed, the highest score first."""
    initiatives = (
        replace(samples.FASTER, name="a", horizon="later", rice=None),
        replace(samples.FASTER, name="b", horizon="now", rice=Fraction(8)),
        replace(samples.FASTER, name="c", horizon="now", rice=Fraction(240)),
        replace(samples.FASTER, name="d", horizon="exploring", rice=None),
        replace(samples.FASTER, name="e", horizon="next", rice=None),
    )

    printed = text.status(StatusReport(Verdicts(samples.DAY, initiatives)))

    heads = [line for line in printed.splitlines() if ": Faster CI pipelines" in line]
    assert [line[0] for line in heads] == ["c", "b", "e", "a", "d"]


def test_lines_stay_within_a_hundred_columns() -> None:
    """Long and wide titles, reasons and questions are wrapped or cut."""
    long = replace(
        samples.CI,
        reason="word " * 100,
        way_to_green="日本語 " * 60,
        question="why " * 60,
        id="i" * 60,
    )
    initiative = replace(samples.FASTER, title="速" * 200, criteria=(long,))

    printed = text.status(StatusReport(Verdicts(samples.DAY, (initiative,))))

    assert max(map(width, printed.splitlines())) <= 100


@pytest.mark.parametrize(
    ("seal", "expected"),
    [
        (Seal(SealState.INTACT, date=samples.DAY), "promised 2026-07-31, unchanged"),
        (
            Seal(SealState.UNSANCTIONED, date=samples.DAY, reason="target moved"),
            (
                "promised 2026-07-31, changed without a Decision: judged by the sealed text"
                " (target moved)"
            ),
        ),
        (
            Seal(SealState.UNKNOWN, reason="a shallow clone"),
            "what was promised is unknown (a shallow clone)",
        ),
    ],
)
def test_seals_are_told_in_words(seal: Seal, expected: str) -> None:
    """A reader learns whether the promise still stands."""
    assert seal_text(seal) == expected


def test_findings_of_the_run_are_listed() -> None:
    """What was broken while judging is not passed over."""
    report = replace(samples.STATUS, findings=(samples.finding(id_="RG021"),), notes=("a note",))

    printed = text.status(report)

    assert "  error[RG021]: 'faster-ci' moves to now" in printed
    assert printed.endswith("\n\na note\n")


def test_no_wrapped_line_is_a_command_to_actions() -> None:
    """A question that is wrapped before a workflow command stays a question."""
    evil = replace(samples.FELT, question=f"{'why ' * 11}::error::x {'why ' * 9}##[error]y")
    initiative = replace(samples.FASTER, criteria=(evil,))

    printed = text.status(StatusReport(Verdicts(samples.DAY, (initiative,))))

    lines = [line.strip() for line in printed.splitlines()]
    assert not [line for line in lines if line.startswith("::") or "##[" in line]
    assert [line for line in lines if line.startswith(": :error::x")]


@pytest.mark.parametrize(
    ("until", "frozen", "expected"),
    [
        (date(2026, 8, 31), None, "paused"),
        (None, date(2026, 6, 1), "paused"),
        (None, None, "paused by no Decision in force: counts as active"),
    ],
)
def test_a_pause_that_has_ended_counts_as_active(
    until: date | None, frozen: date | None, expected: str
) -> None:
    """What is written as paused is active once no Decision pauses it, and says so."""
    paused = replace(samples.FASTER, status="paused", paused_until=until, frozen_on=frozen)
    assert status_text(paused) == expected
