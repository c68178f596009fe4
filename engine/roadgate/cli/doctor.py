"""``roadgate doctor``: what roadgate sees, and what it did not look at."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, width, write
from roadgate.pipeline import doctor
from roadgate.report import doctor as report
from roadgate.report.text import View

if TYPE_CHECKING:
    from pathlib import Path


@click.command("doctor")
@options.directory
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what is seen.",
)
@options.color
@click.pass_context
def command(ctx: click.Context, *, directory: Path, format_: str, color: str) -> None:
    """Show what roadgate sees: itself, git, the project, and what was not checked and why.

    Of secrets only the names of their environment variables are shown, and whether they are set.
    Exits with 0 when nothing is wrong, 1 when something is, 2 when the configuration is broken or
    there is no resource, 3 when git or the file system stands in the way.
    """
    outcome = doctor.examine(directory, os.environ)
    if format_ == "json":
        write(report.json(outcome.checkup))
    else:
        write(report.text(outcome.checkup, View(wants_color(color), width())))
    ctx.exit(int(outcome.exit_code))
