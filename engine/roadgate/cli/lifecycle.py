"""``roadgate lifecycle``: the steps there are, and what stands before the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.errors import ExitCode
from roadgate.pipeline import workspace
from roadgate.pipeline.lifecycle import Request, stages
from roadgate.report import stages as report

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("lifecycle")
@click.argument("name", metavar="[INITIATIVE]", required=False)
@options.directory
@options.as_of
@click.option("--to", metavar="STATE", help="The state to get to; default: the next ones.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "mermaid", "json"]),
    default="text",
    show_default=True,
    help="How to print it; mermaid draws a diagram of the states.",
)
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    *,
    name: str | None,
    directory: Path,
    as_of: date | None,
    to: str | None,
    format_: str,
    color: str,
) -> None:
    """Draw the steps that initiatives may take; for INITIATIVE, what stands before its next one.

    The gates are tried as if the step were taken, and what each still asks for is shown with its
    fix. Another resource that has a state is named as Kind/name. Exits with 0 also where gates
    are closed, 1 when a Lifecycle or one of its gates is broken, 2 when there is no such resource
    or no way to STATE.
    """
    public = options.is_public(format_)
    request = Request(options.now(), as_of=as_of, name=name, to=to, public=public)
    found = stages(workspace.find(directory), request)
    if format_ == "json":
        write(report.json(found))
    elif format_ == "mermaid":
        write(report.mermaid(found))
    else:
        write(report.text(found, color=wants_color(color)))
    ctx.exit(int(ExitCode.FINDINGS if found.findings else ExitCode.OK))
