"""``roadgate policy backtest``: what today's policies would have refused."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.errors import ExitCode
from roadgate.pipeline import workspace
from roadgate.pipeline.context import read_context
from roadgate.pipeline.policies.backtest import Request, backtest
from roadgate.pipeline.policies.draft import read_policies
from roadgate.report import backtest as report

_STEP = 25


@click.command("backtest")
@options.directory
@click.option(
    "--since", metavar="REV|DATE", help="Judge what was merged after this revision, or since a day."
)
@click.option(
    "--policy",
    "policy_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge by the policies in this file instead of those that apply today.",
)
@click.option(
    "--context",
    "context_files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What GitHub knew about one merged change (JSON); may be given several times.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    *,
    directory: Path,
    since: str | None,
    policy_file: Path | None,
    context_files: tuple[Path, ...],
    format_: str,
    color: str,
) -> None:
    """Say which merged changes today's policies would have refused, and when.

    Each commit of the first-parent history is judged as a pull request on its own day, by the
    policies, settings, Teams and Lifecycles of today. Decisions that its base had count as they
    stand; one that it brought itself rests on an approval that only the forge knows, and the
    change is unknown then, unless --context says more. Exits with 0 whatever it finds, 1 when a
    policy is broken and judged nothing, 2 when there is nothing to judge.
    """
    place = workspace.find(directory)
    alone = read_policies(place, policy_file) if policy_file is not None else ()
    request = Request(since, alone, tuple(read_context(each) for each in context_files))
    found = backtest(place, request, _progress if sys.stderr.isatty() else _silent)
    if format_ == "json":
        write(report.json(found))
    elif format_ == "markdown":
        write(report.markdown(found))
    else:
        write(report.text(found, color=wants_color(color)))
    broken = any(each.fails for each in found.problems)
    ctx.exit(int(ExitCode.FINDINGS if broken else ExitCode.OK))


def _progress(done: int, total: int) -> None:
    if done % _STEP == 0 or done == total:
        end = "\r\x1b[K" if done == total else ""
        click.echo(f"\r{done} of {total} commits{end}", nl=False, err=True)


def _silent(done: int, total: int) -> None:
    del done, total
