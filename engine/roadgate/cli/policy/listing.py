"""``roadgate policy list``: every policy, and how it is bound here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.errors import ExitCode
from roadgate.pipeline import workspace
from roadgate.pipeline.policies.catalogue import catalogue
from roadgate.pipeline.reading import source_of
from roadgate.report import policies_json
from roadgate.report.text import policies

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("list")
@options.directory
@options.as_of
@options.text_or_json
@options.color
@click.pass_context
def command(
    ctx: click.Context, *, directory: Path, as_of: date | None, format_: str, color: str
) -> None:
    """Show every policy: what it is about, how it is bound here, what it matches and finds.

    A change policy has no counts, since it needs a change to judge. Exits with 0, or with 1 when
    a policy, a binding or a file is broken: what is counted may be short then.
    """
    place = workspace.find(directory)
    found = catalogue(place, now=options.now(), as_of=as_of)
    if format_ == "json":
        write(policies_json.listing(found))
    else:
        tree = place.tree(None)
        write(policies.listing(found, source_of(tree), color=wants_color(color)))
    ctx.exit(int(ExitCode.FINDINGS if found.findings else ExitCode.OK))
