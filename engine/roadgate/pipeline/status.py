"""``status``: judge every promise of one project, as of one day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.errors import ExitCode, UsageError
from roadgate.model.finding import Severity
from roadgate.model.report import StatusReport
from roadgate.pipeline.account import account
from roadgate.pipeline.approving import approved
from roadgate.pipeline.judging import judged
from roadgate.pipeline.reading import Reading, day, read
from roadgate.pipeline.redaction import internal_metrics, redacted_status
from roadgate.report.order import ordered

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from roadgate.pipeline.workspace import Workspace

NOTHING = UsageError(
    "there is nothing to judge: no resource was found under 'roadmap'",
    hint="run roadgate init, or use -C to choose another folder",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ``status`` found, and how the run ends."""

    report: StatusReport
    exit_code: ExitCode


def status(  # noqa: PLR0913 - what the answer depends on is passed in
    workspace: Workspace,
    *,
    now: datetime,
    as_of: date | None,
    at: str | None,
    public: bool = False,
    context_file: Path | None = None,
) -> Outcome:
    """Judge every promise; for a public reader without values of internal metrics.

    Raises:
        UsageError: there is nothing to judge, or the context file is wrong.
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    reading = read(workspace, at)
    if not reading.project.resources and not reading.findings:
        raise NOTHING
    reading, notes = approved(workspace, reading, context_file)
    today = day(reading.project.config, as_of, now)
    found = judged(workspace, reading, today)
    errors = [each for each in reading.findings if each.severity is Severity.ERROR]
    report = StatusReport(
        verdicts=found.verdicts,
        seals=found.seals,
        findings=ordered(reading.located(errors)),
        revision=reading.tree.revision,
        notes=(*notes, *_governed(reading)),
        account=account(found, today),
    )
    if public:
        report = redacted_status(report, internal_metrics(reading.roadmap))
    if reading.project.config_broken:
        return Outcome(report, ExitCode.USAGE)
    if errors:
        return Outcome(report, ExitCode.FINDINGS)
    return Outcome(report, ExitCode.OK if reading.project.resources else ExitCode.USAGE)


def _governed(reading: Reading) -> tuple[str, ...]:
    """How many resources of the organisation's own kinds there are; none is counted unseen."""
    kinds = reading.project.governed
    if not kinds:
        return ()
    counted = Counter(each.ref.kind for each in reading.project.resources)
    broken = Counter(each.kind for each in reading.project.broken)
    told = [
        f"{counted[kind]} {kind}" + (f" ({broken[kind]} more are broken)" if broken[kind] else "")
        for kind in sorted(kinds)
    ]
    return (f"governed by KindDefinitions: {', '.join(told)}",)
