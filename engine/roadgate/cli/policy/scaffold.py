"""``roadgate policy new``: start a policy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

import click

from roadgate.cli import options
from roadgate.cli.output import write, write_file
from roadgate.model.errors import UsageError
from roadgate.pipeline import workspace
from roadgate.pipeline.policies.scaffold import (
    Wanted,
    id_problem,
    kinds,
    name_problem,
    scaffold,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from roadgate.pipeline.policies.scaffold import Scope

T = TypeVar("T", bound=str)
_SCOPES: tuple[Scope, ...] = ("resource", "change", "portfolio")


@click.command("new")
@click.argument("id_", metavar="[ID]", required=False)
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--title", default="", help="What people call it; default: the name in words.")
@click.option("--scope", type=click.Choice(_SCOPES), help="What it judges; default: resource.")
@click.option(
    "--kind",
    metavar="KIND",
    help="What it is about, also a kind of the project's own; default: Initiative.",
)
@options.directory
def command(
    *,
    id_: str | None,
    name: str | None,
    title: str,
    scope: Scope | None,
    kind: str | None,
    directory: Path,
) -> None:
    """Start a policy: ID, such as ACME001, and NAME, such as owner-named.

    Writes a file under policies/ with a rule, a passing and a failing example; both come out as
    they say under roadgate policy test. On a terminal, what is not given is asked for.
    """
    place = workspace.find(directory)
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    if not asks and (id_ is None or name is None):
        raise UsageError(
            "an id and a name are missing",
            hint="for example: roadgate policy new ACME001 owner-named",
        )
    everything = asks and (id_ is None or name is None)
    wanted = Wanted(
        id=id_ or _asked("Id, such as ACME001", id_problem),
        name=name or _asked("Name, such as owner-named", name_problem),
        title=title or (click.prompt("Title", default="") if everything else ""),
        scope=scope or (_choice("Scope", _SCOPES) if everything else "resource"),
        kind=kind or (_choice("Kind", tuple(kinds())) if everything else "Initiative"),
    )
    new = scaffold(place, wanted)
    write_file(new.path, new.text)
    write(
        f"  wrote  {new.shown}\n\nNext:\n"
        f"  roadgate policy test {new.shown}  # its two examples come out as they say\n"
        f"  roadgate check                    # and what it finds on the roadmap as it is"
    )


def _asked(question: str, problem: Callable[[str], str]) -> str:
    """What somebody types, asked again until it can be used."""
    while True:
        answer = str(click.prompt(question))
        wrong = problem(answer)
        if not wrong:
            return answer
        click.echo(wrong)


def _choice(question: str, choices: Sequence[T]) -> T:
    found: T = click.prompt(question, type=click.Choice(choices), default=choices[0])
    return found
