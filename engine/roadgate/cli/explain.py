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
@click.argument("about", metavar="[POLICY]", required=False)
@options.directory
@options.as_of
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the explanation.",
)
@options.color
def command(
    *,
    name: str,
    about: str | None,
    directory: Path,
    as_of: date | None,
    format_: str,
    color: str,
) -> None:
    """Explain ID: a policy (RG101), a finding code (RG012), or a resource (faster-ci).

    With a resource and a policy (faster-ci RG101): which of the policy's clauses hold, by which
    values, and what would make the others hold. A resource of any kind may be written as Kind/name.
    """
    request = explaining.Request(
        name=name,
        about=about,
        as_json=format_ == "json",
        now=options.now(),
        as_of=as_of,
        color=wants_color(color),
        public=options.is_public("text"),
    )
    told = explaining.explain(workspace.find(directory), request)
    write(told if format_ == "json" else harmless(told))
