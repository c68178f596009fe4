"""``roadgate apply``: open, update and close issues."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadgate.cli import options, trackers
from roadgate.cli.output import write
from roadgate.forge.apply import apply
from roadgate.model.errors import ExitCode, UsageError
from roadgate.pipeline import planning, workspace
from roadgate.report import plan_json
from roadgate.report.text import applied
from roadgate.report.text.terminal import harmless

if TYPE_CHECKING:
    from datetime import date

    from roadgate.model.issues import IssueChange
    from roadgate.model.plan import Plan


@click.command("apply")
@click.argument(
    "plan_file",
    metavar="[PLAN.JSON]",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@options.directory
@options.as_of
@trackers.tracker_options
@click.option(
    "--allow",
    type=click.IntRange(min=0),
    help="Open up to this many issues, instead of maxChanges.",
)
@click.pass_context
def command(
    ctx: click.Context,
    *,
    plan_file: Path | None,
    directory: Path,
    as_of: date | None,
    to: str,
    tracker: str,
    allow: int | None,
) -> None:
    """Open, update and close issues as PLAN.JSON says, or as a plan made now says.

    A saved plan is refused when an issue has changed since it was made. Run twice, the second time
    does nothing.
    """
    place = workspace.find(directory)
    now = options.now()
    if plan_file is not None:
        plan = _saved(plan_file)
        issues = trackers.open_tracker(place, plan.place.tracker, plan.place.repository, plan.as_of)
    else:
        repository = trackers.repository_of(place, to, tracker)
        issues = trackers.open_tracker(place, to, repository, as_of or now.date())
        request = planning.Request(
            now=now, as_of=as_of, allow=allow, repository_url=trackers.repository_url()
        )
        plan = planning.plan(place, issues, request)
    outcome = apply(plan, issues, progress=_told)
    write(harmless(applied.text(plan, outcome)))
    wrong = outcome.moved or outcome.problems or plan.problems
    ctx.exit(int(ExitCode.FINDINGS if wrong else ExitCode.OK))


def _saved(path: Path) -> Plan:
    try:
        return plan_json.load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"'{path}' cannot be read: {error}", hint="make it with roadgate plan --out plan.json"
        ) from error


def _told(change: IssueChange) -> None:
    """One line for each write, as it happens."""
    number = f" #{change.issue}" if change.issue else ""
    title, reason = applied.one_line(change.title), applied.one_line(change.reason)
    write(harmless(f"{change.action}{number}: {title} ({reason})"))
