"""``roadgate policy test``: run the examples of policies."""

from __future__ import annotations

from pathlib import Path

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.errors import ExitCode
from roadgate.pipeline import workspace
from roadgate.pipeline.policies.testing import run_tests
from roadgate.pipeline.reading import source_of
from roadgate.report import policies_json
from roadgate.report.text import policies


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.directory
@click.option("--built-in", is_flag=True, help="Test the policies that ship with roadgate, too.")
@options.text_or_json
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    directory: Path,
    built_in: bool,
    format_: str,
    color: str,
) -> None:
    """Run the examples of the project's own policies, or of those in PATHS.

    Examples are the tests of a policy: each says whether the policy holds for it, and with which
    message it fails. A policy without an example that fails is not tested. Exits with 0 when each
    example is as it says, 1 when one is not or a policy is broken, 2 when there is nothing to
    test.
    """
    place = workspace.find(paths[0] if paths and directory == Path() else directory)
    chosen = workspace.selected(place, paths) if paths else ()
    report = run_tests(place, chosen or (("",) if paths else ()), shipped=built_in)
    if format_ == "json":
        write(policies_json.tested(report))
    else:
        write(policies.tested(report, source_of(place.tree(None)), color=wants_color(color)))
    ctx.exit(int(ExitCode.OK if report.passed else ExitCode.FINDINGS))
