"""``roadgate init``: start a roadmap repository."""

from __future__ import annotations

import re
from pathlib import Path

import click

from roadgate.cli.output import write
from roadgate.pipeline.init import Started, start
from roadgate.pipeline.pin import action_reference, own_commit


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--pin",
    metavar="SHA",
    help="Pin the workflows to this commit of roadgate; default: the one that runs.",
)
def command(folder: Path, pin: str | None) -> None:
    """Start a roadmap repository in DIR (default: here).

    Writes settings, a first initiative, a folder for measurements, GitHub workflows, editor
    settings and a CODEOWNERS hint. Files that are there already are left alone.
    """
    if pin is not None and not re.fullmatch(r"[0-9a-f]{40}", pin):
        raise click.BadParameter(
            "write the whole commit id: 40 digits 0-9 and a-f", param_hint="--pin"
        )
    commit = pin or own_commit()
    write(_told(start(folder, pin=action_reference(commit) if commit else None)))


def _told(started: Started) -> str:
    lines = [f"  wrote  {path}" for path in started.written]
    lines += [f"  kept   {path} (it was there already)" for path in started.kept]
    lines += [
        f"  left out  {path} (run again with --pin and a commit of roadgate)"
        for path in started.left_out
    ]
    where = "" if started.root == Path() else f" -C {started.root}"
    lines += [
        "",
        "Next:",
        f"  roadgate check{where}     # it passes",
        f"  roadgate status{where}    # nothing is promised yet",
        "  open roadmap/first-initiative.yaml and describe a problem of yours",
    ]
    return "\n".join(lines)
