"""``roadgate context``: what GitHub knows about the pull request of this job."""

from __future__ import annotations

import os
from pathlib import Path

import click

from roadgate.cli.output import write, write_file
from roadgate.pipeline import forging


@click.command("context")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Write the context file here; check --context reads it.",
)
def command(output: Path) -> None:
    """Write what GitHub knows about a pull request: author, authors, reviews.

    Runs in GitHub Actions (GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_TOKEN), and appends base,
    head and pull-request to GITHUB_OUTPUT.
    """
    asked = forging.ask(os.environ)
    write_file(output, forging.context_text(asked.context))
    number = "" if asked.pull_request is None else str(asked.pull_request)
    lines = f"base={asked.base}\nhead={asked.head}\npull-request={number}\n"
    outputs = os.environ.get("GITHUB_OUTPUT")
    if outputs:
        write_file(Path(outputs), lines, append=True)
    write(lines)
