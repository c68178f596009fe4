"""The last line of a check: what was looked at, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.baseline import BASELINE
from roadgate.model.finding import Severity
from roadgate.report.words import plural

if TYPE_CHECKING:
    from roadgate.model.report import CheckReport

TIMES = "\N{MULTIPLICATION SIGN}"


def summary(report: CheckReport) -> str:
    """How many policies met how many resources in how many files, and the outcome."""
    scope = (
        f"{plural(report.policies, 'policy', 'policies')} {TIMES} "
        f"{plural(report.resources, 'resource')} "
        f"evaluated ({plural(report.evaluations, 'evaluation')}), {plural(report.files, 'file')}"
    )
    return f"{scope}: {outcome(report)}"


def outcome(report: CheckReport) -> str:
    """``2 errors (1 of them new), 3 warnings, 1 waived``, or ``no findings``."""
    known = sum(
        each.suppressed is not None and each.suppressed.by == BASELINE for each in report.findings
    )
    counts = [
        _errors(report),
        plural(report.warnings, "warning") if report.warnings else "",
        plural(report.notices, "notice") if report.notices else "",
        f"{report.suppressed - known} waived" if report.suppressed > known else "",
        f"{known} in the baseline" if known else "",
    ]
    return ", ".join(filter(None, counts)) or "no findings"


def _errors(report: CheckReport) -> str:
    if not report.errors:
        return ""
    errors = [
        each
        for each in report.findings
        if each.severity is Severity.ERROR and each.suppressed is None
    ]
    counted = plural(len(errors), "error")
    if all(each.new is None for each in errors):
        return counted
    new = sum(each.new is True for each in errors)
    if new == len(errors):
        return f"{new} new error{'' if new == 1 else 's'}"
    return f"{counted} ({new} of them new)"
