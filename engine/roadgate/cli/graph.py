"""``roadgate graph``: what hangs from what, and what hangs from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.pipeline import mapping, workspace
from roadgate.report.graph_v1 import graph_json
from roadgate.report.mermaid import mermaid
from roadgate.report.text.maps import maps

if TYPE_CHECKING:
    from pathlib import Path


@click.command("graph")
@click.argument("view", type=click.Choice(mapping.VIEWS), required=False)
@options.directory
@options.at
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "mermaid", "json"]),
    default="text",
    show_default=True,
    help="How to print it; mermaid draws one view, by default the impact map.",
)
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    *,
    view: str | None,
    directory: Path,
    at: str | None,
    format_: str,
    color: str,
) -> None:
    """Draw the roadmap: the impact map, the estate, dependencies, journeys.

    The impact map leads from each goal over actor and impact to the initiatives, and names what
    hangs from nothing. Services and dependencies show who needs whom, and circles as a path.
    Journeys show each persona's stages with their gaps.
    """
    outcome = mapping.draw(workspace.find(directory), at=at)
    views = mapping.VIEWS if view is None else (view,)
    if format_ == "json":
        write(graph_json(outcome.maps, views, outcome.revision, outcome.notes))
    elif format_ == "mermaid":
        write(mermaid(outcome.maps, view or mapping.VIEWS[0]))
    else:
        write(maps(outcome.maps, views, color=wants_color(color)))
        for note in outcome.notes:
            write(note)
    ctx.exit(int(outcome.exit_code))
