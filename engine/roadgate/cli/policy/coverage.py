"""``roadgate policy coverage``: which rules nothing has put to the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.errors import ExitCode
from roadgate.pipeline import workspace
from roadgate.pipeline.policies.coverage import coverage
from roadgate.pipeline.reading import source_of
from roadgate.report import coverage as report

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("coverage")
@options.directory
@options.as_of
@options.text_or_json
@options.color
@click.pass_context
def command(
    ctx: click.Context, *, directory: Path, as_of: date | None, format_: str, color: str
) -> None:
    """Show which policies matched nothing here, and which clauses no example shows failing.

    Policies that are switched off are listed with the reason. Exits with 1 when one of the
    project's own policies has a clause that no example shows failing, or a policy or binding is
    broken; a policy that matched nothing, or that ships with roadgate, fails nothing.
    """
    place = workspace.find(directory)
    found = coverage(place, now=options.now(), as_of=as_of)
    if format_ == "json":
        write(report.json(found))
    else:
        write(report.text(found, source_of(place.tree(None)), color=wants_color(color)))
    ctx.exit(int(ExitCode.FINDINGS if found.gaps or found.findings else ExitCode.OK))
