"""``roadgate plan``: show what apply would do to issues."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadgate.cli import options, trackers
from roadgate.cli.output import wants_color, write, write_file
from roadgate.model.errors import ExitCode
from roadgate.pipeline import planning, workspace
from roadgate.report import markdown, plan_json, text

if TYPE_CHECKING:
    from datetime import date


@click.command("plan")
@options.directory
@options.at
@options.as_of
@options.context
@trackers.tracker_options
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Save the plan here.")
@click.option(
    "--allow",
    type=click.IntRange(min=0),
    help="Open up to this many issues, instead of maxChanges.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print the plan.",
)
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    *,
    directory: Path,
    at: str | None,
    as_of: date | None,
    context_file: Path | None,
    to: str,
    tracker: str,
    out: Path | None,
    allow: int | None,
    format_: str,
    color: str,
) -> None:
    """Show what apply would do to issues; nothing is written but the plan itself.

    Exits with 0 when the plan can be applied, 1 when something in it needs a person first.
    """
    place = workspace.find(directory)
    repository = trackers.repository_of(place, to, tracker)
    now = options.now()
    plan = planning.plan(
        place,
        trackers.open_tracker(place, to, repository, as_of or now.date()),
        planning.Request(
            now=now,
            as_of=as_of,
            at=at,
            allow=allow,
            context_file=context_file,
            repository_url=trackers.repository_url(),
        ),
    )
    if out is not None:
        write_file(out, plan_json.dump(plan))
    if format_ == "json":
        write(plan_json.dump(plan))
    elif format_ == "markdown":
        write(markdown.plan(plan))
    else:
        write(text.plan(plan, color=wants_color(color)))
    ctx.exit(int(ExitCode.FINDINGS if plan.problems else ExitCode.OK))
