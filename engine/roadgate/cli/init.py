"""``roadgate init``: start a roadmap repository."""

from __future__ import annotations

import re
import shlex
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
    """What was done, what is left to do by hand, and what to type next."""
    lines = [f"  wrote  {path}" for path in started.written]
    lines += [f"  merged {path} (what it had is as it was)" for path in started.merged]
    lines += [f"  kept   {path} (it was there already)" for path in started.kept]
    lines += [
        f"  left out  {path} (run again with --pin and a commit of roadgate)"
        for path in started.left_out
    ]
    by_hand = _by_hand(started)
    if by_hand:
        lines += ["", "By hand:", *by_hand]
    return "\n".join([*lines, "", "Next:", *_next(started)])


def _by_hand(started: Started) -> list[str]:
    """What init does not do itself, or what somebody should know about this place."""
    lines = [f"  add to {path}: {text}" for path, text in started.left_to_do]
    lines += [
        f"  know that {name}/ holds files of others: yours go to {folder}/"
        for name, folder in started.moved.items()
    ]
    if started.repository is not None:
        where = started.root.resolve().relative_to(started.repository).as_posix()
        lines += [
            f"  move .github to {started.repository}, where GitHub looks for it,",
            f"    and give each roadgate step in it 'working-directory: {where}'",
        ]
    if started.around is not None:
        lines += [
            f"  know that this folder was a part of the project at {started.around}:",
            "    it is a project of its own now, and that one no longer reads it",
        ]
    return lines


def _next(started: Started) -> list[str]:
    where = "" if started.root == Path() else f" -C {shlex.quote(str(started.root))}"
    example = shlex.quote(str(started.root / started.example))
    if started.example in started.written:
        steps = [
            (f"roadgate check{where}", "it passes"),
            (f"roadgate status{where}", "nothing is promised yet"),
            (f"open {example} and describe a problem of yours", ""),
        ]
    else:
        steps = [
            (f"roadgate check{where}", "what your roadmap lacks"),
            (f"roadgate status{where}", "what it promises, and how that stands"),
        ]
    columns = max(len(typed) for typed, why in steps if why)
    return [f"  {typed:{columns}}    # {why}" if why else f"  {typed}" for typed, why in steps]
