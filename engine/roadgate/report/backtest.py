"""What ``policy backtest`` prints: a table for people, Markdown, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.report import backtest_v1 as out
from roadgate.report.json_v1 import dump, findings_output
from roadgate.report.markdown_text import code, escape, table
from roadgate.report.text.columns import columns
from roadgate.report.text.terminal import Palette, harmless, plain
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.model.backtest import Backtest, PastChange
    from roadgate.model.finding import Finding

_COMMIT = 10
_SHOWN = 3


def text(found: Backtest, *, color: bool = False) -> str:
    """Each change that did not pass, with why; then how often each policy refused."""
    palette = Palette(color)
    blocks = ["\n".join(_change(each, palette)) for each in found.changes]
    refusals = list(found.by_policy().items())
    if refusals:
        rows = [(name, str(count)) for name, count in refusals]
        blocks.append("\n".join(columns(("policy", "changes refused"), rows, palette)))
    blocks.extend(plain(each.message) for each in found.problems)
    blocks.extend(plain(note) for note in found.notes)
    refused = found.count("refused")
    blocks.append((palette.bad if refused else palette.bold)(_summary(found)))
    return harmless("\n\n".join(blocks) + "\n")


def _summary(found: Backtest) -> str:
    return (
        f"{plural(found.judged, 'change')} by {plural(len(found.policies), 'policy', 'policies')}: "
        f"{found.count('refused')} refused, {found.count('unknown')} unknown, "
        f"{found.count('passed')} passed"
    )


def _change(change: PastChange, palette: Palette) -> list[str]:
    word = palette.bad("refused") if change.outcome == "refused" else palette.doubtful("unknown")
    lines = [f"{change.date}  {change.commit[:_COMMIT]}  {word}  {plain(change.title)}"]
    lines += [f"  {plain(each.id)}: {plain(each.message)}" for each in change.findings[:_SHOWN]]
    lines += [f"  cannot be read: {_broken(each)}" for each in change.broken[:_SHOWN]]
    rest = max(len(change.findings) - _SHOWN, 0) + max(len(change.broken) - _SHOWN, 0)
    return [*lines, f"  and {rest} more"] if rest else lines


def _broken(finding: Finding) -> str:
    place = f" ({plain(finding.location.path)})" if finding.location is not None else ""
    return f"{plain(finding.message)}{place}"


def markdown(found: Backtest) -> str:
    """The same as tables, for a pull request or a page."""
    lines = ["## What today's policies would have refused", "", escape(_summary(found)), ""]
    if found.changes:
        rows = [_row(each) for each in found.changes]
        lines += [*table(("date", "commit", "change", "outcome", "why"), rows), ""]
    refusals = found.by_policy()
    if refusals:
        counted = [(code(name), str(count)) for name, count in refusals.items()]
        lines += [*table(("policy", "changes refused"), counted), ""]
    lines += [f"- {escape(each)}" for each in (*_problems(found.problems), *found.notes)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(change: PastChange) -> tuple[str, ...]:
    said = [f"{each.id}: {each.message}" for each in change.findings]
    said += [f"cannot be read: {each.message}" for each in change.broken]
    more = f" and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    why = "<br>".join(escape(each) for each in said[:_SHOWN]) + more
    commit = code(change.commit[:_COMMIT])
    return str(change.date), commit, escape(change.title), change.outcome, why


def _problems(problems: Sequence[Finding]) -> list[str]:
    return [each.message for each in problems]


def json(found: Backtest) -> str:
    """The JSON of ``roadgate policy backtest``."""
    summary = out.BacktestSummaryOutput(
        judged=found.judged,
        refused=found.count("refused"),
        unknown=found.count("unknown"),
        passed=found.count("passed"),
    )
    output = out.PolicyBacktestOutput(
        version=1,
        revision=found.revision,
        summary=summary,
        policies=list(found.policies),
        refusals=[
            out.PolicyCountOutput(id=name, refused=count)
            for name, count in found.by_policy().items()
        ],
        changes=[
            out.PastChangeOutput.model_validate(
                {
                    "commit": each.commit,
                    "date": each.date,
                    "title": each.title,
                    "outcome": each.outcome,
                    "findings": findings_output(each.findings),
                    "broken": findings_output(each.broken),
                }
            )
            for each in found.changes
        ],
        findings=findings_output(found.problems),
        notes=list(found.notes),
    )
    return dump(output)
