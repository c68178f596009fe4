"""``roadgate check``: validate the roadmap and enforce its policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, width, write, write_file
from roadgate.model.baseline import BASELINE_PATH
from roadgate.model.errors import ExitCode
from roadgate.pipeline import check, fixing, workspace
from roadgate.pipeline.outcome import Request
from roadgate.report import github, json_v1, markdown, sarif, text
from roadgate.report.baseline_file import baseline_text
from roadgate.report.diff import diff

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadgate.pipeline.outcome import Outcome
    from roadgate.report.diff import Changed


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.directory
@options.at
@click.option(
    "--base",
    metavar="REV",
    help="Judge what changed since this revision, by the policies and settings that it has.",
)
@options.context
@options.as_of
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif", "markdown"]),
    default="text",
    show_default=True,
    help="How to print findings; github writes workflow annotations, sarif is for code scanning.",
)
@click.option(
    "--fix", "fix_", is_flag=True, help="Write what has exactly one right answer, then check again."
)
@click.option("--dry-run", is_flag=True, help="With --fix: print the changes, and write nothing.")
@click.option(
    "--all", "all_", is_flag=True, help="Old errors and those of the baseline fail as well."
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write today's errors to roadgate.baseline.json, or take out of it what is repaired.",
)
@click.option(
    "--grow", is_flag=True, help="With --write-baseline: add today's errors to one that exists."
)
@click.option(
    "--json-file", type=click.Path(path_type=Path), help="Write the JSON here in addition."
)
@click.option(
    "--sarif-file",
    type=click.Path(path_type=Path),
    help="Write SARIF 2.1.0 here in addition, for GitHub's code scanning.",
)
@click.option(
    "--summary-file",
    type=click.Path(path_type=Path),
    help="Append a Markdown summary here in addition, such as $GITHUB_STEP_SUMMARY.",
)
@options.quiet
@options.verbose
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    directory: Path,
    at: str | None,
    base: str | None,
    context_file: Path | None,
    as_of: date | None,
    format_: str,
    fix_: bool,
    dry_run: bool,
    all_: bool,
    write_baseline: bool,
    grow: bool,
    json_file: Path | None,
    sarif_file: Path | None,
    summary_file: Path | None,
    quiet: bool,
    verbose: bool,
    color: str,
) -> None:
    """Validate the roadmap and enforce its policies.

    Reads the project around the current folder, and prints every problem with its place and its
    fix. PATHS (files or folders, as seen from the current one) choose the project that they lie
    in, and limit what is shown. Exits with 0 when there is no problem of level error, 1 when
    there is, 2 when there is nothing to check or the command line or configuration is wrong, 3
    when git or the file system stands in the way.
    """
    place = workspace.find(paths[0] if paths and directory == Path() else directory)
    request = Request(
        now=options.now(),
        as_of=as_of,
        at=at,
        base=base,
        context_file=context_file,
        paths=workspace.selected(place, paths),
        all_findings=all_,
        write_baseline=_baseline(write=write_baseline, grow=grow, whole=not (paths or at or fix_)),
        public=options.is_public(format_) or bool(summary_file or sarif_file),
    )
    outcome, would_change = _outcome(place, request, fix=fix_, dry_run=dry_run)
    report = outcome.report
    if outcome.written is not None:
        write_file(place.root / BASELINE_PATH, baseline_text(outcome.written.baseline))
    if would_change is not None and format_ == "text":
        write(diff(would_change, color=wants_color(color)))
        write("\n".join(report.notes))
    elif format_ == "text":
        view = text.View(wants_color(color), width(), verbose=verbose or all_)
        write(text.check(report, source=outcome.source, view=view, quiet=quiet))
    elif format_ == "json":
        write(json_v1.check(report))
    elif format_ == "github":
        write(github.check(report, prefix=place.prefix, in_summary=summary_file is not None))
    elif format_ == "sarif":
        write(sarif.check(report, prefix=place.prefix))
    else:
        write(markdown.check(report))
    if json_file:
        write_file(json_file, json_v1.check(report))
    if sarif_file:
        write_file(sarif_file, sarif.check(report, prefix=place.prefix))
    if summary_file:
        write_file(summary_file, markdown.check(report), append=True)
    ctx.exit(int(outcome.exit_code or ExitCode.OK))


def _baseline(*, write: bool, grow: bool, whole: bool) -> Literal["shrink", "grow"] | None:
    """What the options ask to do with the baseline."""
    if not write:
        if grow:
            raise click.UsageError("--grow belongs to --write-baseline")
        return None
    if not whole:
        raise click.UsageError("--write-baseline goes with neither PATHS nor --at nor --fix")
    return "grow" if grow else "shrink"


def _outcome(
    place: workspace.Workspace, request: Request, *, fix: bool, dry_run: bool
) -> tuple[Outcome, Sequence[Changed] | None]:
    """What check found; with ``--fix``, what is left, and what a dry run would change."""
    if not fix:
        if dry_run:
            raise click.UsageError("--dry-run belongs to --fix")
        return check.check(place, request), None
    fixed = fixing.fix(place, request, dry_run=dry_run)
    return fixed.outcome, fixed.changed if dry_run else None
