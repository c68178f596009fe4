"""What ``check`` prints: findings like a compiler's diagnostics, then one line of counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadgate.model.baseline import BASELINE
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds.connections import BY_NAME
from roadgate.report.account import exceptions_line
from roadgate.report.folding import Group, fold
from roadgate.report.order import ordered
from roadgate.report.summary import summary
from roadgate.report.text.account import account
from roadgate.report.text.diagnostic import diagnostic, labels, severity_word, where
from roadgate.report.text.excerpt import Source, remember, without
from roadgate.report.text.terminal import Palette, harmless, plain, wrap
from roadgate.report.text.view import View
from roadgate.report.words import describe, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadgate.model.report import CheckReport
    from roadgate.model.source import Span

_IN_FULL = 50
"""How many findings are shown in full; a reader repairs these first."""
_OF_ONE_ID = 10
_LISTED = 20
"""How many findings that fail nothing are listed, one a line."""


def check(
    report: CheckReport, source: Source, *, view: View | None = None, quiet: bool = False
) -> str:
    """The whole text of ``check``; when quiet, its errors and the counts alone.

    Findings in full come first, then those that were there before and those that are waived, in one
    line each, then what changed, the notes, and the counts.
    """
    view = view or View()
    palette = view.palette
    findings = report.findings
    if quiet:
        findings = tuple(each for each in findings if _weighs(each))
    shown = findings_text(findings, source, view=view)
    blocks = [shown] if shown else []
    if report.change is not None and not quiet:
        blocks.append(_change(describe(report.change), view))
    blocks.extend(_fitted(plain(note), view) for note in report.notes)
    written = sum(each.answer is not None and _is_told(each) for each in report.findings)
    if written:
        blocks.append(f"{written} of these can be fixed by roadgate check --fix")
    if report.account.exceptions and not quiet:
        whole = account(report.account, palette) if view.verbose else []
        blocks += whole or [exceptions_line(report.account)]
    line = _fitted(summary(report), view)
    blocks.append(palette.bad(line) if report.failing else palette.bold(line))
    return harmless("\n\n".join(blocks) + "\n")


def _fitted(sentence: str, view: View) -> str:
    return sentence if view.wrap is None else "\n".join(wrap(sentence, view.wrap, rest="  "))


def _is_told(finding: Finding) -> bool:
    return finding.suppressed is None and finding.new is not False


def _weighs(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.suppressed is None


def findings_text(findings: Iterable[Finding], source: Source, *, view: View | None = None) -> str:
    """Findings alone, without a newline at the end; empty for none."""
    view = view or View()
    palette, everything = view.palette, ordered(findings)
    lines = without(remember(source), _secrets(everything))
    waived = [each for each in everything if each.suppressed is not None]
    old = [each for each in everything if each.suppressed is None and each.new is False]
    rest = [each for each in everything if each.suppressed is None and each.new is not False]
    groups = [Group(each) for each in rest] if view.verbose else fold(rest)
    shown, left = _foremost(groups, view)
    blocks = [diagnostic(each, lines, view) for each in shown]
    if left:
        counted = f"and {plural(len(left), 'more finding')}: {labels(left)}"
        blocks.append(f"{palette.bold(counted)}\n   = all: roadgate check --verbose")
    if old:
        heading = f"{plural(len(old), 'finding')} already in base:"
        blocks.append(_listed([heading, *(_short(each, palette) for each in old)], view))
    if waived:
        blocks.append(_listed(["", *(_waived(each, palette) for each in waived)], view))
    return "\n\n".join(blocks)


def _secrets(findings: Iterable[Finding]) -> list[Span]:
    """Where a secret stands in a file."""
    places = [each.location for each in findings if BY_NAME in f"{each.message} {each.fix}"]
    return [each for each in places if each is not None]


def _foremost(groups: Sequence[Group], view: View) -> tuple[list[Group], list[Finding]]:
    """What is shown in full, some of each id; and what is only counted."""
    if view.verbose or len(groups) <= _IN_FULL:
        return list(groups), []
    seen: Counter[str] = Counter()
    shown: list[Group] = []
    left: list[Finding] = []
    for group in sorted(groups, key=lambda each: each.cause.severity.rank):
        seen[group.cause.id] += 1
        if seen[group.cause.id] <= _OF_ONE_ID and len(shown) < _IN_FULL:
            shown.append(group)
        else:
            left += [group.cause, *group.also, *group.then]
    return shown, left


def _listed(lines: list[str], view: View, most: int = _LISTED) -> str:
    """A heading, if there is one, and lines; cut after a few, with how many more there are."""
    heading, *rows = lines
    cut = rows if view.verbose else rows[:most]
    more = [f"  and {len(rows) - len(cut)} more"] if len(rows) > len(cut) else []
    return "\n".join([*([view.palette.bold(heading)] if heading else []), *cut, *more])


def _change(sentences: Sequence[str], view: View) -> str:
    if not sentences:
        return view.palette.bold("no changes")
    rows = [f"  {plain(each)}" for each in sentences]
    return _listed(["changes:", *rows], view, _IN_FULL)


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
