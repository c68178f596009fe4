"""Whole outputs, as people and programs see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from roadgate.model.report import CheckReport, StatusReport
from roadgate.model.verdict import Verdicts
from roadgate.report import github, json_v1, markdown, sarif, status_json, text
from unit.report import samples
from unit.report.snapshot import expected

if TYPE_CHECKING:
    from collections.abc import Callable

CASES: dict[str, Callable[[], str]] = {
    "check.txt": lambda: text.check(samples.check_report(), samples.source),
    "check_color.txt": lambda: text.check(
        samples.check_report(), samples.source, view=text.View(color=True)
    ),
    "check_change.txt": lambda: text.check(_changed(), samples.source),
    "check_clean.txt": lambda: text.check(samples.check_report(()), samples.source),
    "check.github.txt": lambda: github.check(samples.check_report(), prefix="teams/platform"),
    "check.md": lambda: markdown.check(samples.check_report()),
    "check_change.md": lambda: markdown.check(_changed()),
    "check.sarif": lambda: sarif.check(samples.check_report(), prefix="teams/platform"),
    "check.json": lambda: json_v1.check(samples.check_report()),
    "check_change.json": lambda: json_v1.check(_changed()),
    "status.txt": lambda: text.status(samples.STATUS),
    "status_empty.txt": lambda: text.status(StatusReport(Verdicts(date(2026, 7, 31), ()))),
    "status.md": lambda: markdown.status(samples.STATUS),
    "status.json": lambda: status_json.status(samples.STATUS),
    "plan.txt": lambda: text.plan(samples.PLAN),
    "plan_empty.txt": lambda: text.plan(replace(samples.PLAN, changes=(), problems=(), notes=())),
    "plan.md": lambda: markdown.plan(samples.PLAN),
}


def _changed() -> CheckReport:
    new, old, *_ = (replace(each, new=index == 0) for index, each in enumerate(samples.FINDINGS))
    return samples.check_report((new, old), samples.CHANGE)


@pytest.mark.parametrize("name", CASES)
def test_output_is_what_it_was(name: str) -> None:
    """Nobody changes what is printed without seeing it."""
    actual = CASES[name]()

    assert expected(name, actual) == actual
