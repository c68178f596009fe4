"""``roadgate status``: judge every promise against its measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.pipeline import status, workspace
from roadgate.report import markdown, status_json, text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("status")
@options.directory
@options.at
@options.as_of
@options.context
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print the verdicts.",
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
    format_: str,
    color: str,
) -> None:
    """Judge every promise against its measurements.

    Prints the verdict of each success criterion, guardrail and kill threshold, with the reason.
    A missed promise is no error of the roadmap: the exit code is 0 unless something could not be
    read (1), or there is nothing to judge (2).
    """
    outcome = status.status(
        workspace.find(directory),
        now=options.now(),
        as_of=as_of,
        at=at,
        public=options.is_public(format_),
        context_file=context_file,
    )
    if format_ == "json":
        write(status_json.status(outcome.report))
    elif format_ == "markdown":
        write(markdown.status(outcome.report))
    else:
        write(text.status(outcome.report, color=wants_color(color)))
    ctx.exit(int(outcome.exit_code))
