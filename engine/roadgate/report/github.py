"""Workflow commands that GitHub Actions turns into annotations, and logs that it cannot misread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity, Status
from roadgate.report.order import ordered
from roadgate.report.summary import summary
from roadgate.report.text.diagnostic import where
from roadgate.report.text.terminal import harmless, plain, shorten
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.report import CheckReport
    from roadgate.model.source import Span

PER_LEVEL = 10
"""GitHub shows no more than ten annotations of a level from one step."""
_MAX_MESSAGE = 4_000
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def check(report: CheckReport, *, prefix: str = "", in_summary: bool = True) -> str:
    """Annotations, gravest first, then what they leave out, the notes and the counts.

    ``prefix`` is the folder of the project in the repository; annotations need paths from there.
    ``in_summary`` says whether all findings stand in the job summary.
    """
    lines = workflow_commands(report.findings, prefix=prefix, in_summary=in_summary)
    closing = [*report.notes, summary(report)]
    return "".join(f"{line}\n" for line in [*lines, *(harmless(plain(each)) for each in closing)])


def workflow_commands(
    findings: Iterable[Finding], *, prefix: str = "", in_summary: bool = True
) -> list[str]:
    """One workflow command for each finding, ten of a level at most, then a line for the rest.

    Suppressed findings and those that were there before are left out.
    """
    shown = [
        each for each in ordered(findings) if each.suppressed is None and each.new is not False
    ]
    lines, left = [], []
    for severity in Severity:
        of_level = [each for each in shown if _level(each) is severity]
        lines += [_annotation(each, severity, prefix) for each in of_level[:PER_LEVEL]]
        if len(of_level) > PER_LEVEL:
            left.append(plural(len(of_level) - PER_LEVEL, f"more {severity}"))
    if left:
        where_to = "see the job summary" if in_summary else "run roadgate check for all of them"
        lines.append(f"and {', '.join(left)} without an annotation: {where_to}")
    return lines


def _level(finding: Finding) -> Severity:
    return Severity.NOTICE if finding.status is Status.PREVIEW else finding.severity


def _annotation(finding: Finding, level: Severity, prefix: str) -> str:
    properties = [*_place(finding.location, prefix), ("title", plain(finding.id))]
    written = ",".join(f"{name}={_property(value)}" for name, value in properties)
    message = plain(finding.message)
    if finding.location is None or finding.location.revision == "base":
        message = f"{where(finding)}: {message}"
    fix = f"\nfix: {plain(finding.fix)}" if finding.fix else ""
    if finding.answer is not None:
        fix += f"\nreplace with: {plain(finding.answer.text)}"
    why = f"\nwhy: roadgate explain {plain(finding.id)}"
    body = shorten(message, _MAX_MESSAGE) + shorten(fix, _MAX_MESSAGE) + why
    return f"::{_COMMANDS[level]} {written}::{_data(body)}"


def _place(span: Span | None, prefix: str) -> list[tuple[str, str]]:
    if span is None or span.revision == "base":
        return [("line", "1")]  # an annotation that names no line would be dropped by some readers
    folder = prefix.strip("/")
    path = f"{folder}/{span.path}" if folder else span.path
    place = [("file", plain(path)), ("line", str(span.line)), ("endLine", str(span.end_line))]
    if span.line == span.end_line:
        place += [("col", str(span.column)), ("endColumn", str(span.end_column))]
    return place


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
