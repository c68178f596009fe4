"""What ``status`` prints: one block for each initiative, grouped by horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.seal import Seal, SealState
from roadgate.model.verdict import CriterionVerdict, KillVerdict
from roadgate.report.exact import one_decimal
from roadgate.report.order import ordered
from roadgate.report.text import rows
from roadgate.report.text.account import account
from roadgate.report.text.diagnostic import severity_word, where
from roadgate.report.text.rows import COLUMNS
from roadgate.report.text.terminal import Palette, harmless, pad, plain, shorten, width, wrap
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.report import StatusReport
    from roadgate.model.verdict import HoldsResult, InitiativeResult, LaunchResult, Verdicts

HORIZONS = ("now", "next", "later", "exploring")


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
    blocks += _plans(report.verdicts, palette)
    if report.verdicts.metrics:
        lines = [line for each in report.verdicts.metrics for line in rows.hold(each, palette)]
        blocks.append("\n".join([palette.bold("STANDING TARGETS"), *lines]))
    blocks += account(report.account, palette)
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
    verdicts = report.verdicts
    if not results and (verdicts.launches or verdicts.services or verdicts.visions):
        return f"as of {report.as_of}{revision}"
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


def _initiative(result: InitiativeResult, seal: Seal | None, palette: Palette) -> str:
    worst = str(result.verdict) if result.verdict else "no criteria"
    kill = f", kill {result.kill_verdict}" if result.kill_verdict else ""
    room = COLUMNS - width(worst) - width(kill) - 2
    title = shorten(f"{plain(result.name)}: {plain(result.title)}", room)
    lines = [f"{palette.bold(pad(title, room))}  {rows.verdict_word(worst, palette)}{kill}"]
    lines += wrap(_facts(result, seal), COLUMNS, first="  ", rest="  ")
    for criterion in result.criteria:
        lines += rows.criterion(criterion, palette)
    for threshold in result.kill_thresholds:
        lines += rows.kill(threshold, palette)
    groups = (
        ("guardrail", result.guardrails),
        ("requirement", result.nfrs),
        ("rollout exit", result.rollout),
    )
    for label, holds in groups:
        for each in holds:
            lines += rows.hold(each, palette, label)
    return "\n".join(lines)


def _plans(verdicts: Verdicts, palette: Palette) -> Iterator[str]:
    """What launches, services, visions and journeys promise, a block for each kind."""
    if verdicts.launches:
        yield palette.bold("LAUNCHES")
        for launch in verdicts.launches:
            facts = f"of {plain(launch.initiative)}, on {launch.date}"
            lines = _headed(launch, str(launch.verdict or "no criteria"), facts, palette)
            for each in launch.criteria:
                lines += rows.criterion(each, palette)
            yield "\n".join(lines)
    for title, label, results in (
        ("SERVICES", "requirement", verdicts.services),
        ("VISIONS", "good enough", verdicts.visions),
        ("JOURNEYS", "budget", verdicts.journeys),
    ):
        promising = [each for each in results if each.holds]
        if promising:
            yield palette.bold(title)
        for result in promising:
            lines = _headed(result, "", "", palette)
            for hold in result.holds:
                lines += rows.hold(hold, palette, label)
            yield "\n".join(lines)


def _headed(
    result: LaunchResult | HoldsResult, verdict: str, facts: str, palette: Palette
) -> list[str]:
    """Name and title with the verdict at the right, and the facts below."""
    room = COLUMNS - width(verdict) - 2
    title = shorten(f"{plain(result.name)}: {plain(result.title)}", room)
    owner = f"owner {plain(result.owner)}" if result.owner else "no owner"
    head = palette.bold(pad(title, room))
    lines = [f"{head}  {rows.verdict_word(verdict, palette)}" if verdict else palette.bold(title)]
    return [*lines, *wrap(" · ".join(filter(None, (facts, owner))), COLUMNS, first="  ", rest="  ")]


def _facts(result: InitiativeResult, seal: Seal | None) -> str:
    rice = "RICE incomplete" if result.rice is None else f"RICE {one_decimal(result.rice)}"
    facts = [
        status_text(result),
        rice,
        f"owner {plain(result.owner)}" if result.owner else "no owner",
    ]
    if result.frozen_on:
        facts.append(f"killed on {result.frozen_on}, judged as of that day")
    if result.paused_until:
        facts.append(f"paused until {result.paused_until}")
    if seal:
        facts.append(seal_text(seal))
    return " · ".join(facts)


def status_text(result: InitiativeResult) -> str:
    """The status as it is written, and what it is worth where no pause is in force."""
    if result.status == "paused" and result.paused_until is None and result.frozen_on is None:
        return "paused by no Decision in force: counts as active"
    return result.status


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


def _findings(report: StatusReport, palette: Palette) -> str:
    lines = [
        f"  {severity_word(each.severity, f'{each.severity}[{plain(each.id)}]', palette)}: "
        f"{plain(each.message)} ({where(each)})"
        for each in ordered(report.findings)
        if each.suppressed is None
    ]
    return "\n".join([palette.bold("FINDINGS"), *lines]) if lines else ""
