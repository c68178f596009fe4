"""Markdown for the job summary, the comment on a pull request, and ``status --format markdown``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.baseline import BASELINE
from roadgate.report.account import exceptions_line, told_disabled, told_exceptions
from roadgate.report.exact import one_decimal
from roadgate.report.markdown_text import capped, code, escape, table
from roadgate.report.order import ordered
from roadgate.report.summary import outcome, summary
from roadgate.report.text.diagnostic import where
from roadgate.report.text.rows import observed_text
from roadgate.report.text.terminal import harmless
from roadgate.report.text.verdicts import HORIZONS, heading, of_horizon, seal_text, status_text
from roadgate.report.words import counts, describe, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.exceptions import Account
    from roadgate.model.finding import Finding
    from roadgate.model.plan import Plan
    from roadgate.model.report import CheckReport, StatusReport
    from roadgate.model.verdict import (
        CriterionResult,
        HoldResult,
        InitiativeResult,
        KillResult,
        Verdicts,
    )

_MAX_ROWS = 200
MAX_BYTES = 1_000_000
"""A little below what GitHub takes for a job summary (1 MiB)."""


def check(report: CheckReport, *, limit: int = MAX_BYTES) -> str:
    """What ``check`` found, as Markdown."""
    verdict = "failed" if report.failing else "passed"
    lines = [f"## roadgate: {verdict}, {outcome(report)}", ""]
    if report.change is not None:
        lines += _list("What changes", describe(report.change), "Nothing changes.")
    for note in report.notes:
        lines += [harmless(escape(note)), ""]
    findings = ordered(report.findings)
    shown = [each for each in findings if each.suppressed is None and each.new is not False]
    old = [each for each in findings if each.suppressed is None and each.new is False]
    lines += _findings("Findings", shown)
    lines += _waived([each for each in findings if each.suppressed is not None])
    if report.account.exceptions:
        lines += [f"{escape(exceptions_line(report.account))}.", ""]
    lines += _findings("Already in base", old)
    lines.append(f"{escape(summary(report))}, as of {report.as_of}.")
    return capped(lines, limit)


def status(report: StatusReport, *, limit: int = MAX_BYTES) -> str:
    """Every verdict, as Markdown."""
    lines = ["## Roadmap", "", f"{escape(heading(report))}.", ""]
    for horizon in HORIZONS:
        results = of_horizon(report, horizon)
        if results:
            lines += [f"### {horizon}", "", *_overview(results), ""]
            for each in results:
                lines += _initiative(each, report)
    lines += _plans(report.verdicts)
    if report.verdicts.metrics:
        rows = [_hold(each, "standing target") for each in report.verdicts.metrics]
        lines += ["### Standing targets", "", *table(_HEADER, rows), ""]
    lines += _account(report.account)
    lines += _findings(
        "Findings", [each for each in ordered(report.findings) if not each.suppressed]
    )
    for note in report.notes:
        lines += [harmless(escape(note)), ""]
    return capped(lines, limit)


def plan(plan: Plan, *, limit: int = MAX_BYTES) -> str:
    """What ``apply`` would do, as Markdown; without the bodies."""
    lines = [f"## Issues: {counts(plan)}", ""]
    if plan.changes:
        rows = [
            (
                each.action,
                f"no. {each.issue}" if each.issue else "new",
                escape(each.title),
                escape(each.reason),
            )
            for each in plan.changes
        ]
        lines += [*table(("action", "issue", "title", "why"), rows), ""]
    if plan.problems:
        problems = [
            (code(each.key), escape(each.message), escape(each.fix)) for each in plan.problems
        ]
        lines += ["### Problems", "", *table(("key", "what", "how to fix it"), problems), ""]
    lines += _account(plan.account)
    lines += [f"- {escape(each)}" for each in plan.notes]
    return capped(lines, limit)


def _list(title: str, items: Iterable[str], nothing: str) -> list[str]:
    lines = [f"- {escape(each)}" for each in items]
    return [f"### {title}", "", *(lines or [nothing]), ""]


def _findings(title: str, findings: list[Finding]) -> list[str]:
    if not findings:
        return []
    rows = [
        (
            f"{each.severity} {code(each.id)}",
            code(where(each)),
            escape(each.message) + (" (preview)" if each.status == "preview" else ""),
            escape(each.fix) + _replacement(each),
        )
        for each in _gravest(findings)
    ]
    header = ("finding", "where", "what", "how to fix it")
    left = len(findings) - len(rows)
    more = [f"… and {left} more: `roadgate check` shows them", ""] if left else []
    return [f"### {title}: {len(findings)}", "", *table(header, rows), "", *more]


def _gravest(findings: list[Finding]) -> list[Finding]:
    """As many as somebody reads on one page, in their order unless some are left out."""
    if len(findings) <= _MAX_ROWS:
        return findings
    return sorted(findings, key=lambda each: each.severity.rank)[:_MAX_ROWS]


def _replacement(finding: Finding) -> str:
    return f" (replace with {code(finding.answer.text)})" if finding.answer else ""


def _waived(findings: list[Finding]) -> list[str]:
    rows = []
    for each in findings:
        if each.suppressed is None:
            continue
        until = str(each.suppressed.until) if each.suppressed.until else "no end"
        by = f"{escape(each.suppressed.by)} ({escape(each.suppressed.type)})"
        if each.suppressed.by == BASELINE:
            by = "the baseline"
        rows.append((code(each.id), code(where(each)), escape(each.message), by, until))
    if not rows:
        return []
    header = ("finding", "where", "what", "waived by", "until")
    return [f"### Waived: {len(rows)}", "", *table(header, rows), ""]


def _account(account: Account) -> list[str]:
    """What Decisions and bindings let off; empty where there is nothing."""
    lines = []
    if account.exceptions:
        rows = [tuple(map(escape, each)) for each in told_exceptions(account)]
        header = ("standing", "Decision", "without it")
        title = f"### Exceptions by Decision: {len(rows)}"
        lines += [title, "", *table(header, rows), ""]
    if account.disabled:
        told = [f"- {escape(told_disabled(each))}" for each in account.disabled]
        lines += ["### Disabled policies", "", *told, ""]
    return lines


def _overview(results: list[InitiativeResult]) -> list[str]:
    rows = [
        (
            f"{escape(each.title)} ({code(each.name)})",
            status_text(each),
            "" if each.rice is None else one_decimal(each.rice),
            f"**{each.verdict or 'no criteria'}**",
            str(each.kill_verdict or "no threshold"),
            escape(each.owner or ""),
        )
        for each in results
    ]
    return table(("initiative", "status", "RICE", "criteria", "kill", "owner"), rows)


_HEADER = ("verdict", "what", "observed", "asked", "why")


def _initiative(result: InitiativeResult, report: StatusReport) -> list[str]:
    rows = [
        *(_criterion(each) for each in result.criteria),
        *(_kill(each) for each in result.kill_thresholds),
        *(_hold(each, "guardrail") for each in result.guardrails),
        *(_hold(each, "requirement") for each in result.nfrs),
        *(_hold(each, "rollout exit") for each in result.rollout),
    ]
    lines = [f"#### {escape(result.title)}", ""]
    seal = report.seals.get(result.name)
    facts = [
        f"killed on {result.frozen_on}, judged as of that day" if result.frozen_on else "",
        f"paused until {result.paused_until}" if result.paused_until else "",
        escape(seal_text(seal)) if seal else "",
    ]
    if any(facts):
        lines += [f"{'; '.join(filter(None, facts))}.", ""]
    return [*lines, *table(_HEADER, rows), ""] if rows else [*lines, "Nothing is promised yet.", ""]


def _plans(verdicts: Verdicts) -> list[str]:
    """What launches, services, visions and journeys promise."""
    lines = ["### Launches", ""] if verdicts.launches else []
    for launch in verdicts.launches:
        lines += [
            f"#### {escape(launch.title)}",
            "",
            (
                f"Of {code(launch.initiative)}, on {launch.date}: "
                f"**{launch.verdict or 'no criteria'}**."
            ),
            "",
        ]
        if launch.criteria:
            lines += [*table(_HEADER, [_criterion(each) for each in launch.criteria]), ""]
    for title, label, results in (
        ("Services", "requirement", verdicts.services),
        ("Visions", "good enough", verdicts.visions),
        ("Journeys", "budget", verdicts.journeys),
    ):
        rows = [
            _hold(hold, f"{code(each.name)} {label}") for each in results for hold in each.holds
        ]
        if rows:
            lines += [f"### {title}", "", *table(_HEADER, rows), ""]
    return lines


def _criterion(result: CriterionResult) -> tuple[str, ...]:
    asked = f"{code(result.target or '')} by {result.by}"
    if result.question is not None:
        asked = f"{escape(result.question)} by {result.by}"
    why = escape(result.reason)
    if result.way_to_green:
        why = f"{why} → {escape(result.way_to_green)}"
    observed = "" if result.question is not None else observed_text(result.observed)
    return (f"**{result.verdict}**", f"criterion {code(result.id)}", observed, asked, why)


def _kill(result: KillResult) -> tuple[str, ...]:
    facts = [escape(result.reason)]
    if result.triggered_on:
        facts.append(f"triggered on {result.triggered_on}")
    if result.answered_by:
        facts.append(f"answered by {', '.join(map(escape, result.answered_by))}")
    if result.runway_days is not None:
        facts.append(f"{plural(result.runway_days, 'day')} of runway")
    return (
        f"**{result.verdict}**",
        f"kill threshold {code(result.id)}",
        observed_text(result.observed),
        f"{result.action} when {code(result.when)}",
        "; ".join(filter(None, facts)),
    )


def _hold(result: HoldResult, label: str) -> tuple[str, ...]:
    return (
        f"**{result.verdict}**",
        f"{label} {code(result.id)}",
        "" if result.question is not None else observed_text(result.observed),
        code(result.target) if result.question is None else escape(result.question),
        escape(result.reason),
    )
