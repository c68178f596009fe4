"""The baseline in a run: which one counts, what a change does to it, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.evaluate.known import outlived, set_aside
from roadgate.load import baseline
from roadgate.model.baseline import BASELINE_PATH, Baseline, baseline_of
from roadgate.model.change import JudgeChange
from roadgate.model.errors import UsageError
from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.load.baseline import Known
    from roadgate.model.tree import Tree
    from roadgate.pipeline.outcome import Request


@dataclass(frozen=True, slots=True)
class Written:
    """A baseline to write, and what to say about it."""

    baseline: Baseline
    note: str


def apply(
    findings: Iterable[Finding], tree: Tree, request: Request
) -> tuple[list[Finding], Written | None]:
    """Set aside what the tree's baseline holds; first renew it, if that is asked for."""
    found = list(findings)
    known = baseline.read(tree)
    if request.write_baseline is None:
        return _applied(found, known, request), None
    if known.findings:
        raise UsageError(known.findings[0].message, hint=known.findings[0].fix)
    today = baseline_of(found)
    grows = request.write_baseline == "grow" or not known.is_there
    kept = today if grows else known.baseline.within(today)
    gone, added = known.baseline.beyond(kept).total, kept.beyond(known.baseline).total
    note = f"'{BASELINE_PATH}' holds {_errors(kept.total)} now: {added} added, {gone} taken out"
    left = today.beyond(kept).total
    if left:
        note += f"; {_errors(left)} not held: repair what is new, or add --grow to hold it too"
    return set_aside(found, kept), Written(kept, note)


def _applied(found: list[Finding], known: Known, request: Request) -> list[Finding]:
    if request.all_findings:
        return [*found, *known.findings]
    marked = set_aside(found, known.baseline)
    return [*marked, *known.findings, *outlived(found, known.baseline)]


def grown(before: Known, after: Known) -> tuple[JudgeChange, ...]:
    """What a change adds to a baseline that is there: it may only shrink."""
    if not before.is_there:
        return ()
    more = after.baseline.beyond(before.baseline).total
    less = before.baseline.beyond(after.baseline).total
    if not more and not less:
        return ()
    then, now = _errors(before.baseline.total), _errors(after.baseline.total)
    if more:
        return (JudgeChange(BASELINE_PATH, "weaker", then, f"{now}, {more} of them added"),)
    return (JudgeChange(BASELINE_PATH, "neutral", then, now),)


def adopted(before: Known, after: Known) -> list[Finding]:
    """A notice that a change brings the first baseline, and the problems of one that is broken."""
    if before.is_there or not after.baseline.counts:
        return [replace(each, new=each not in before.findings) for each in after.findings]
    return [
        Finding(
            "RG067",
            Severity.NOTICE,
            f"the change brings a baseline of {_errors(after.baseline.total)}, which counts after "
            "the merge",
            "look through it: these errors fail no run from then on",
            status=Status.PREVIEW,
            new=True,
            location=Span(BASELINE_PATH, 1, 1, 1, 1),
        )
    ]


def _errors(count: int) -> str:
    return f"{count} error{'' if count == 1 else 's'}"
