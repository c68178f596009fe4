"""What ``check`` prints: findings like a compiler's diagnostics, then one line of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.baseline import BASELINE
from roadgate.model.finding import Finding, Related, Severity, Status
from roadgate.report.order import ordered
from roadgate.report.summary import exceptions_line, summary
from roadgate.report.text.excerpt import Lines, Source, excerpt, place, remember
from roadgate.report.text.terminal import Palette, harmless, plain, shorten
from roadgate.report.words import describe, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadgate.model.report import CheckReport

_HOW_CERTAIN = {
    Status.FAIL: "",
    Status.ERROR: " (the rule could not be evaluated)",
    Status.UNKNOWN: " (not known here)",
    Status.PREVIEW: " (preview of the proposed rules)",
}
_MAX_MESSAGE = 1_000


def check(report: CheckReport, source: Source, *, color: bool = False, quiet: bool = False) -> str:
    """The whole text of ``check``; when quiet, its errors and the counts alone.

    Findings in full come first, then those that were there before and those that are waived, in one
    line each, then what changed, the notes, and the counts.
    """
    palette = Palette(color)
    findings = report.findings
    if quiet:
        findings = tuple(each for each in findings if _weighs(each))
    shown = findings_text(findings, source, color=color)
    blocks = [shown] if shown else []
    if report.change is not None and not quiet:
        blocks.append(_change(describe(report.change), palette))
    blocks.extend(plain(note) for note in report.notes)
    written = sum(each.answer is not None and _is_told(each) for each in report.findings)
    if written:
        blocks.append(f"{written} of these can be fixed by roadgate check --fix")
    if report.exceptions and not quiet:
        blocks.append(exceptions_line(report))
    line = summary(report)
    blocks.append(palette.bad(line) if report.failing else palette.bold(line))
    return harmless("\n\n".join(blocks) + "\n")


def _is_told(finding: Finding) -> bool:
    return finding.suppressed is None and finding.new is not False


def _weighs(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.suppressed is None


def findings_text(findings: Iterable[Finding], source: Source, *, color: bool = False) -> str:
    """Findings alone, without a newline at the end; empty for none."""
    palette, lines = Palette(color), remember(source)
    everything = ordered(findings)
    waived = [each for each in everything if each.suppressed is not None]
    old = [each for each in everything if each.suppressed is None and each.new is False]
    rest = [each for each in everything if each.suppressed is None and each.new is not False]
    blocks = ["\n".join(_diagnostic(each, lines, palette)) for each in rest]
    if old:
        heading = f"{plural(len(old), 'finding')} already in base:"
        blocks.append("\n".join([palette.bold(heading), *(_short(each, palette) for each in old)]))
    if waived:
        blocks.append("\n".join(_waived(each, palette) for each in waived))
    return "\n\n".join(blocks)


def _change(sentences: Sequence[str], palette: Palette) -> str:
    if not sentences:
        return palette.bold("no changes")
    return "\n".join([palette.bold("changes:"), *(f"  {plain(each)}" for each in sentences)])


def severity_word(severity: Severity, text: str, palette: Palette) -> str:
    """``text`` in the colour of a severity."""
    match severity:
        case Severity.ERROR:
            return palette.bad(text)
        case Severity.WARNING:
            return palette.doubtful(text)
        case Severity.NOTICE:
            return palette.calm(text)


def _diagnostic(finding: Finding, lines: Lines, palette: Palette) -> list[str]:
    word = severity_word(finding.severity, f"{finding.severity}[{plain(finding.id)}]", palette)
    message = shorten(plain(finding.message), _MAX_MESSAGE) + _HOW_CERTAIN[finding.status]
    shown = [word + palette.bold(f": {message}")]
    margin = "   "
    if finding.location is not None:
        shown += excerpt(finding.location, lines, palette)
        margin = " " * (len(str(finding.location.line)) + 1)
    elif finding.resource is not None:
        at = f", {plain(finding.field)}" if finding.field else ""
        shown.append(f"{margin}{palette.faint('= in:')} {plain(str(finding.resource))}{at}")
    for related in finding.related:
        shown += _related(related, lines, palette, margin)
    equals = f"{margin}{palette.faint('=')}"
    if finding.fix:
        fix = shorten(plain(finding.fix), _MAX_MESSAGE)
        shown.append(f"{equals} {palette.good('fix:')} {fix}")
    return [*shown, f"{equals} why: roadgate explain {plain(finding.id)}"]


def _related(related: Related, lines: Lines, palette: Palette, margin: str) -> list[str]:
    message = shorten(plain(related.message), _MAX_MESSAGE)
    if related.location is not None:
        return excerpt(related.location, lines, palette, message)
    about = f" ({plain(str(related.resource))})" if related.resource else ""
    return [f"{margin}{palette.faint('= see:')} {message}{about}"]


def where(finding: Finding) -> str:
    """The place of a finding on one line; the resource where there is no place."""
    if finding.location is not None:
        return place(finding.location)
    return plain(str(finding.resource)) if finding.resource is not None else "the project"


def _short(finding: Finding, palette: Palette) -> str:
    word = severity_word(finding.severity, f"{finding.severity}[{plain(finding.id)}]", palette)
    return f"  {word}: {plain(finding.message)} ({where(finding)})"


def _waived(finding: Finding, palette: Palette) -> str:
    suppressed = finding.suppressed
    if suppressed is None:
        return ""
    message, at = plain(finding.message), where(finding)
    if suppressed.by == BASELINE:
        return f"{palette.faint(f'baseline[{plain(finding.id)}]')}: {message} ({at})"
    until = f" until {suppressed.until}" if suppressed.until else ""
    decision = f"Decision '{plain(suppressed.by)}' of type {plain(suppressed.type)}{until}"
    by = f"would fail without {decision}"
    return f"{palette.faint(f'waived[{plain(finding.id)}]')}: {message} ({at}; {by})"
