"""What ``status`` prints: one block for each initiative, grouped by horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.numbers import text as number
from roadgate.model.seal import Seal, SealState
from roadgate.model.verdict import (
    CriterionResult,
    CriterionVerdict,
    HoldResult,
    HoldVerdict,
    InitiativeResult,
    KillResult,
    KillVerdict,
    Observed,
)
from roadgate.report.exact import one_decimal
from roadgate.report.order import ordered
from roadgate.report.text.findings import severity_word, where
from roadgate.report.text.terminal import Palette, harmless, pad, plain, shorten, width, wrap
from roadgate.report.words import plural

if TYPE_CHECKING:
    from roadgate.model.report import StatusReport

COLUMNS = 100
HORIZONS = ("now", "next", "later", "exploring")
_NAME = 24
_VERDICT = 11
_BAD = frozenset({"error", "missed", "triggered", "breached"})
_GOOD = frozenset({"met", "recovered", "on-track", "clear", "held"})


def status(report: StatusReport, *, color: bool = False) -> str:
    """The whole text of ``status``."""
    palette = Palette(color)
    title = wrap(heading(report), COLUMNS, rest="  ")
    blocks = ["\n".join(palette.bold(line) for line in title)]
    for horizon in HORIZONS:
        results = of_horizon(report, horizon)
        if results:
            blocks.append(palette.bold(horizon.upper()))
            blocks.extend(
                _initiative(each, report.seals.get(each.name), palette) for each in results
            )
    if report.verdicts.metrics:
        rows = [line for each in report.verdicts.metrics for line in _hold(each, palette)]
        blocks.append("\n".join([palette.bold("STANDING TARGETS"), *rows]))
    if report.findings:
        blocks.append(_findings(report, palette))
    blocks.extend(plain(each) for each in report.notes)
    return harmless("\n\n".join(blocks) + "\n")


def of_horizon(report: StatusReport, horizon: str) -> list[InitiativeResult]:
    """The initiatives of one horizon: the highest RICE first, then by name."""
    results = [each for each in report.verdicts.initiatives if each.horizon == horizon]
    return sorted(results, key=lambda each: (each.rice is None, -(each.rice or 0), each.name))


def heading(report: StatusReport) -> str:
    """One line: the day, the revision and the verdicts counted, or that there is nothing."""
    revision = f" at {report.revision[:12]}" if report.revision else ""
    results = report.verdicts.initiatives
    if not results:
        return f"as of {report.as_of}{revision}: no initiatives"
    counted = [
        (sum(each.verdict is verdict for each in results), verdict.value)
        for verdict in CriterionVerdict
    ]
    unjudged = sum(each.verdict is None for each in results)
    triggered = sum(each.kill_verdict is KillVerdict.TRIGGERED for each in results)
    counted += [(unjudged, "without criteria"), (triggered, "with a kill threshold triggered")]
    counts = ", ".join(f"{count} {word}" for count, word in counted if count)
    return f"as of {report.as_of}{revision}: {plural(len(results), 'initiative')}: {counts}"


def _verdict(verdict: str, palette: Palette, columns: int = 0) -> str:
    text = pad(verdict, columns)
    if verdict in _BAD:
        return palette.bad(text)
    return palette.good(text) if verdict in _GOOD else palette.doubtful(text)


def _initiative(result: InitiativeResult, seal: Seal | None, palette: Palette) -> str:
    worst = str(result.verdict) if result.verdict else "no criteria"
    kill = f", kill {result.kill_verdict}" if result.kill_verdict else ""
    room = COLUMNS - width(worst) - width(kill) - 2
    title = shorten(f"{plain(result.name)}: {plain(result.title)}", room)
    lines = [f"{palette.bold(pad(title, room))}  {_verdict(worst, palette)}{kill}"]
    lines += wrap(_facts(result, seal), COLUMNS, first="  ", rest="  ")
    for criterion in result.criteria:
        lines += _criterion(criterion, palette)
    for threshold in result.kill_thresholds:
        lines += _kill(threshold, palette)
    groups = (
        ("guardrail", result.guardrails),
        ("requirement", result.nfrs),
        ("rollout exit", result.rollout),
    )
    for label, holds in groups:
        for each in holds:
            lines += _hold(each, palette, label)
    return "\n".join(lines)


def _facts(result: InitiativeResult, seal: Seal | None) -> str:
    rice = "RICE incomplete" if result.rice is None else f"RICE {one_decimal(result.rice)}"
    facts = [result.status, rice, f"owner {plain(result.owner)}" if result.owner else "no owner"]
    if result.frozen_on:
        facts.append(f"killed on {result.frozen_on}, judged as of that day")
    if result.paused_until:
        facts.append(f"paused until {result.paused_until}")
    if seal:
        facts.append(seal_text(seal))
    return " · ".join(facts)


def seal_text(seal: Seal) -> str:
    """The state of a promise in a few words."""
    since = f" {seal.date}" if seal.date else ""
    match seal.state:
        case SealState.INTACT:
            words = f"promised{since}, unchanged"
        case SealState.AMENDED:
            words = (
                f"promised{since}, amended {plural(len(seal.amendments), 'time')} with a Decision"
            )
        case SealState.UNSANCTIONED:
            words = f"promised{since}, changed without a Decision: judged by the sealed text"
        case SealState.UNKNOWN:
            words = "what was promised is unknown"
    return f"{words} ({plain(seal.reason)})" if seal.reason else words


def observed_text(observed: Observed | None) -> str:
    """``18 on 2026-01-15``, or ``no value``."""
    return f"{number(observed.value)} on {observed.date}" if observed else "no value"


def _row(id_: str, verdict: str, rest: str, palette: Palette) -> list[str]:
    """Verdict, id and the rest in columns; the rest goes on below itself where it is long."""
    left = f"  {_verdict(verdict, palette, _VERDICT)} {pad(shorten(plain(id_), _NAME), _NAME)} "
    lines = wrap(rest, COLUMNS - _VERDICT - _NAME - 4)
    below = " " * (_VERDICT + _NAME + 4)
    return [f"{left}{lines[0]}".rstrip(), *(below + line for line in lines[1:])]


def _explained(reason: str, way: str | None, palette: Palette) -> list[str]:
    margin = " " * (_VERDICT + 3)
    lines = wrap(plain(reason), COLUMNS, first=margin, rest=margin) if reason else []
    if way:
        lines += [
            palette.good(line)
            for line in wrap(plain(way), COLUMNS, first=f"{margin}→ ", rest=f"{margin}  ")
        ]
    return lines


def _criterion(result: CriterionResult, palette: Palette) -> list[str]:
    until = f"by {result.by}" + (", standing" if result.standing else "")
    if result.question is not None:
        rest = f"{until}: {plain(result.question)}"
    else:
        segment = f" [{plain(result.segment)}]" if result.segment else ""
        target = f"target {plain(result.target or '')}"
        rest = f"{observed_text(result.observed)}, {target}{segment} {until}"
    rows = _row(result.id, result.verdict, rest, palette)
    return [*rows, *_explained(result.reason, result.way_to_green, palette)]


def _kill(result: KillResult, palette: Palette) -> list[str]:
    parts = [f"{observed_text(result.observed)}, {result.action} when {plain(result.when)}"]
    if result.triggered_on:
        parts.append(f"triggered on {result.triggered_on}")
    if result.answered_by:
        parts.append(f"answered by {', '.join(map(plain, result.answered_by))}")
    if result.runway_days is not None:
        parts.append(f"{plural(result.runway_days, 'day')} of runway")
    rows = _row(result.id, result.verdict, ", ".join(parts), palette)
    return [*rows, *_explained(result.reason, None, palette)]


def _hold(result: HoldResult, palette: Palette, label: str = "") -> list[str]:
    rest = f"{observed_text(result.observed)}, {f'{label} ' if label else ''}{plain(result.target)}"
    rows = _row(result.id, result.verdict, rest, palette)
    reason = "" if result.verdict is HoldVerdict.HELD else result.reason
    return [*rows, *_explained(reason, None, palette)]


def _findings(report: StatusReport, palette: Palette) -> str:
    rows = [
        f"  {severity_word(each.severity, f'{each.severity}[{plain(each.id)}]', palette)}: "
        f"{plain(each.message)} ({where(each)})"
        for each in ordered(report.findings)
        if each.suppressed is None
    ]
    return "\n".join([palette.bold("FINDINGS"), *rows]) if rows else ""
