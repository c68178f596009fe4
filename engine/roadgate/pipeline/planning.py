"""``plan``: the changes that bring a tracker's issues in line with the roadmap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate import __version__
from roadgate.model.errors import UsageError
from roadgate.model.plan import Place, Plan
from roadgate.pipeline.account import account
from roadgate.pipeline.approving import approved
from roadgate.pipeline.judging import Judged, judged
from roadgate.pipeline.reading import Reading, day, read
from roadgate.plan.desired import desired
from roadgate.plan.endings import endings
from roadgate.plan.reconcile import reconcile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from roadgate.model.issues import DesiredIssue, KeptIssue, Tracker
    from roadgate.pipeline.workspace import Workspace

NOT_ESCALATED = "spec.github.escalate has no effect in this version: nobody is mentioned"


@dataclass(frozen=True, slots=True)
class Request:
    """What to plan."""

    now: datetime
    as_of: date | None = None
    at: str | None = None
    context_file: Path | None = None
    """What the forge knows about the pull request that is planned for."""
    allow: int | None = None
    """How many issues may be opened in this run, instead of ``maxChanges``."""
    repository_url: str = ""
    """Where the roadmap's files can be read, for links in issues."""


def plan(workspace: Workspace, tracker: Tracker, request: Request) -> Plan:
    """Compare the issues that should be with those that are.

    Raises:
        UsageError: there is nothing to judge, or the configuration or the context is broken.
        EnvironmentProblem: git, a folder or the tracker cannot be read: nothing is planned then.
    """
    reading = read(workspace, request.at)
    _refuse_blind(reading)
    reading, notes = approved(workspace, reading, request.context_file)
    config = reading.project.config
    as_of = day(config, request.as_of, request.now)
    found = judged(workspace, reading, as_of)
    wanted, kept = _wanted(found, as_of, request.repository_url)
    place = Place(tracker.name, tracker.repository, reading.tree.revision, __version__)
    made = reconcile(
        wanted,
        kept,
        tracker.issues(config.spec.github.labels.managed),
        config,
        as_of,
        endings=endings(found.verdicts, reading.roadmap, as_of),
        names=_renamed(reading),
        place=place,
        allow=request.allow,
    )
    made = replace(made, notes=(*made.notes, *notes), account=account(found, as_of))
    if config.spec.github.escalate is None:
        return made
    # A setting that does nothing must not look as if it did.
    return replace(made, notes=(*made.notes, NOT_ESCALATED))


def _refuse_blind(reading: Reading) -> None:
    """An empty or misread roadmap must not look as if every promise had gone.

    Raises:
        UsageError: there is nothing to judge, or the configuration is broken.
    """
    if reading.project.config_broken:
        raise UsageError(
            "roadgate.yaml is broken, so nothing is planned",
            hint="run roadgate check and mend what it says first",
        )
    if not reading.project.resources:
        raise UsageError(
            "there is nothing to judge, so nothing is planned",
            hint="use -C to name the project's folder; an empty roadmap closes no issue",
        )


def _wanted(
    found: Judged, as_of: date, repository_url: str
) -> tuple[tuple[DesiredIssue, ...], tuple[KeptIssue, ...]]:
    project = found.reading.project
    return desired(
        found.verdicts,
        found.reading.roadmap,
        found.seals,
        as_of,
        repository_url=repository_url,
        broken={each.name for each in project.broken if each.kind == "Initiative"},
        unreadable=project.unreadable,
    )


def _renamed(reading: Reading) -> Mapping[str, str]:
    """Former names of initiatives to the names they have now."""
    return {
        former.name: name
        for former, name in reading.roadmap.aliases.items()
        if former.kind == "Initiative"
    }
