"""``roadgate policy diff``: what a change of policies would do to the roadmap as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.errors import ExitCode
from roadgate.pipeline import workspace
from roadgate.pipeline.policies.diff import diff
from roadgate.report import policy_diff as report

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("diff")
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", required=False)
@options.directory
@options.as_of
@options.text_or_json
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    *,
    base: str,
    head: str | None,
    directory: Path,
    as_of: date | None,
    format_: str,
    color: str,
) -> None:
    """Say what the policies and settings of HEAD would do that those of BASE do not.

    BASE and HEAD are git revisions; without HEAD the policies on disk are taken. The roadmap is
    the one on disk for both. Exits with 0 whatever it finds, and with 1 when a policy of HEAD is
    broken and judged nothing.
    """
    found = diff(workspace.find(directory), base, head, now=options.now(), as_of=as_of)
    if format_ == "json":
        write(report.json(found))
    else:
        write(report.text(found, color=wants_color(color)))
    ctx.exit(int(ExitCode.FINDINGS if found.problems else ExitCode.OK))
