"""``roadgate publish``: the one status of a pull request."""

from __future__ import annotations

import os
import re

import click

from roadgate.cli.output import write
from roadgate.pipeline import forging


@click.command("publish")
@click.option("--sha", required=True, metavar="SHA", help="The commit that was judged.")
@click.option(
    "--result",
    required=True,
    help="What check found: passed, failed, awaiting or not-checked; anything else is an error.",
)
def command(sha: str, result: str) -> None:
    """Set the commit status named roadgate: green only when everything was checked and passed.

    Needs GITHUB_TOKEN with the permission statuses: write, and GITHUB_REPOSITORY.
    """
    if not re.fullmatch(r"[0-9a-f]{40}", sha):
        raise click.BadParameter(
            "write the whole commit id: 40 digits 0-9 and a-f", param_hint="--sha"
        )
    state = forging.publish(os.environ, sha, result)
    write(f"roadgate: {state} on {sha}")
