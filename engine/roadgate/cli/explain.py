"""``roadgate explain``: a policy, a finding, or a resource, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.pipeline import explaining, workspace
from roadgate.report.text.terminal import harmless

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("explain")
@click.argument("name", metavar="ID")
@options.directory
@options.as_of
@options.color
def command(*, name: str, directory: Path, as_of: date | None, color: str) -> None:
    """Explain ID: a policy (RG101), a finding code (RG012), or a resource (faster-ci).

    A resource of any kind may be written as Kind/name.
    """
    request = explaining.Request(
        name=name,
        now=options.now(),
        as_of=as_of,
        color=wants_color(color),
        public=options.is_public("text"),
    )
    told = explaining.explain(workspace.find(directory), request)
    write(harmless(told))
