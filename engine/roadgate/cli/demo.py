"""``roadgate demo``: replay a six-month roadmap story."""

from __future__ import annotations

import shutil
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import click

from roadgate.cli import options
from roadgate.cli.output import wants_color, write
from roadgate.model.bundled import bundled
from roadgate.pipeline import demo

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = 100
WIDTH = 110
LINES = 20
"""How much of one command's output is shown."""
REASONS = 10
"""How far ``status`` indents what it says below a verdict, at least."""
FINE = ("  clear ", "  held ", "  not-due ")
"""How its lines on thresholds and guardrails begin that need nobody's attention."""


@click.command("demo")
@click.option(
    "--keep",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Leave the repository and the issues in DIR, which must be empty or not there yet.",
)
@click.option(
    "--example",
    "examples",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Replay a copy of the examples folder, such as one that you have changed.",
)
@click.option("--pause", is_flag=True, help="Wait for a key after each step.")
@options.color
def command(*, keep: Path | None, examples: Path | None, pause: bool, color: str) -> None:
    """Replay a six-month roadmap story.

    Builds a git repository from the example of a platform team's roadmap, commit by commit, and
    shows what roadgate says at each step: what it refuses, what it passes, when a promise is at
    risk, and which issues it opens, updates and closes. Needs git; no network and no account.
    """
    source = examples or bundled("examples")
    if keep is not None:
        _play(source, demo.prepare(keep), color=wants_color(color), pause=pause)
        write(_next(keep))
        return
    with tempfile.TemporaryDirectory(prefix="roadgate-demo-") as folder:
        _play(source, Path(folder), color=wants_color(color), pause=pause)
    write(_next(None))


def _play(examples: Path, place: Path, *, color: bool, pause: bool) -> None:
    replay = demo.Demo(examples / demo.EXAMPLE, examples / demo.HISTORY, place, color=color)
    first = True
    for event in replay.play():
        if isinstance(event, demo.Scene):
            if pause and not first and sys.stdin.isatty():
                click.pause()
            first = False
        write(_shown(event, color=color))


def _shown(event: demo.Event, *, color: bool) -> str:
    """One event as text."""
    match event:
        case demo.Scene():
            when = f"{event.date.day} {event.date:%B %Y}"
            head = _styled(f"{when} · {event.title}", color=color, bold=True)
            return "\n".join(["", head, *textwrap.wrap(event.say, COLUMNS)])
        case demo.Absent():
            return _styled(f"  ({event.path} is not in the example)", color=color, fg="yellow")
        case demo.Said():
            typed = _styled(f"  $ {event.command}", color=color, fg="cyan")
            lines = _brief(_chosen(event.output, event.only))
            return "\n".join([typed, *(f"    {line}".rstrip() for line in lines)])
        case demo.Judged(merged=True):
            return _styled(f"  → passed: '{event.branch}' is merged", color=color, fg="green")
        case demo.Judged():
            told = f"  → refused: '{event.branch}' stays open, main is as it was"
            return _styled(told, color=color, fg="red")
    assert_never(event)


def _chosen(output: str, only: Iterable[str]) -> list[str]:
    """The lines of an output without blank ones; of a status, the verdicts on some initiatives."""
    paragraphs = output.strip("\n").split("\n\n")
    starts = tuple(f"{name}:" for name in only)
    if not starts:
        return [line for each in paragraphs for line in each.splitlines()]
    chosen = [each for each in paragraphs[1:] if click.unstyle(each).startswith(starts)]
    lines = [line for each in chosen for line in each.splitlines() if not _left_out(line)]
    return [*paragraphs[0].splitlines(), *lines]


def _left_out(line: str) -> bool:
    """Whether a line of ``status`` is a reason, or a threshold or guardrail that is all right."""
    text = click.unstyle(line)
    if text.startswith(" " * REASONS):
        return not text.lstrip().startswith("→")
    return text.startswith(FINE)


def _brief(lines: list[str]) -> list[str]:
    """The beginning and the last line of a long output; long lines on two lines at most."""
    if len(lines) > LINES:
        left_out = len(lines) - LINES + 1
        lines = [*lines[: LINES - 2], f"… {left_out} more lines", lines[-1]]
    return [part for line in lines for part in _folded(line)]


def _folded(line: str) -> list[str]:
    text = click.unstyle(line)
    if len(text) <= WIDTH:
        return [line]
    indent = " " * (len(text) - len(text.lstrip()) + 2)
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, max_lines=2, placeholder=" …")


def _styled(text: str, *, color: bool, fg: str | None = None, bold: bool = False) -> str:
    return click.style(text, fg=fg, bold=bold or None) if color else text


def _next(kept: Path | None) -> str:
    """Three commands to go on with."""
    roadgate = _program()
    if kept is None:
        commands = [
            (f"{roadgate} demo --keep story", "again, and keep the repository and its issues"),
            (f"{roadgate} explain RG501", "why the goalpost stayed where it was"),
            (f"{roadgate} init my-roadmap", "start your own"),
        ]
    else:
        there = kept / demo.REPOSITORY
        commands = [
            (f"{roadgate} status -C {there} --as-of 2026-04-01", "judge any other day"),
            (f"ls {kept / demo.ISSUES}", "one Markdown file for each issue"),
            (f"{roadgate} init my-roadmap", "start your own"),
        ]
    columns = max(len(typed) for typed, _ in commands)
    rows = [f"  {typed:{columns}}  # {why}" for typed, why in commands]
    return "\n".join(["", "Try next:", *rows])


def _program() -> str:
    """How roadgate is called here: by its name where it is found by that, else as it was called."""
    if shutil.which("roadgate"):
        return "roadgate"
    called = Path(sys.argv[0])
    return "python -m roadgate" if called.name == "__main__.py" else str(called)
