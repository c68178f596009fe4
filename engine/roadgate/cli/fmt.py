"""``roadgate fmt``: the canonical form of the project's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.errors import ExitCode
from roadgate.pipeline import formatting, workspace
from roadgate.report.diff import diff
from roadgate.report.text.terminal import plain
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.pipeline.formatting import Formatted


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.directory
@click.option("--check", is_flag=True, help="Write nothing: show what would change, and exit 1.")
@options.color
@click.pass_context
def command(
    ctx: click.Context, *, paths: tuple[Path, ...], directory: Path, check: bool, color: str
) -> None:
    """Put the fields of the project's files in order, and space them evenly.

    Comments stay with what they are about, anchors and quotes stay as they are, and no value
    changes. Only files that roadgate reads are touched: those under roadmap/ and policies/, and
    roadgate.yaml; PATHS (files or folders) limit them further. Exits with 1 when a file was left
    alone because of its errors, and with --check also when a file would change.
    """
    place = workspace.find(paths[0] if paths and directory == Path() else directory)
    done = formatting.fmt(place, workspace.selected(place, paths), check=check)
    if check:
        write(diff(done.changed, color=wants_color(color)))
    write("\n".join(_told(done, check=check)))
    fails = bool(done.left_alone) or (check and bool(done.changed))
    ctx.exit(int(ExitCode.FINDINGS if fails else ExitCode.OK))


def _told(done: Formatted, *, check: bool) -> Iterator[str]:
    if not check:
        yield from (f"formatted {plain(each.path)}" for each in done.changed)
    yield from (f"left alone {plain(path)}: {plain(why)}" for path, why in done.left_alone)
    changed, alone = len(done.changed), len(done.left_alone)
    counts = [
        f"{plural(changed, 'file')} {'would change' if check else 'changed'}" if changed else "",
        f"{alone} left alone: roadgate check says how to mend what is wrong" if alone else "",
    ]
    in_order = done.files - changed - alone
    if in_order or not any(counts):
        counts.insert(0, f"{plural(in_order, 'file')} in order")
    yield "; ".join(filter(None, counts))
