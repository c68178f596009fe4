"""Groups of commands whose modules are imported when they are called, so that help is quick."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import click

from roadgate.model.errors import InternalError, UsageError
from roadgate.model.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.shell_completion import CompletionItem


class Verb(NamedTuple):
    """One command of a group."""

    module: str
    """Below ``roadgate.cli``."""
    help: str
    group: str = "Commands"
    """The heading under which help shows it."""


class Verbs(click.Group):
    """A group whose commands live in modules that are imported when they are called."""

    verbs: ClassVar[Mapping[str, Verb]] = {}
    """Every command, in the order in which help shows them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        del ctx
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        del ctx
        if cmd_name not in self.verbs:
            return None
        module = importlib.import_module(f"roadgate.cli.{self.verbs[cmd_name].module}")
        command = module.command
        if not isinstance(command, click.Command):
            raise InternalError(f"'{cmd_name}' is not a command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which was probably meant."""
        if args and args[0] not in self.verbs and not args[0].startswith("-"):
            near = closest(args[0], self.verbs)
            guess = f"did you mean '{near}'? " if near is not None else ""
            typed = f"{ctx.command_path} {args[0]}".partition(" ")[2]
            raise UsageError(
                f"there is no command '{typed}'",
                hint=f"{guess}run {ctx.command_path} -h for all of them",
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name, without importing any."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - a shell asks, once

        found = [
            CompletionItem(name, help=verb.help)
            for name, verb in self.verbs.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by heading, without importing them."""
        del ctx
        for group in dict.fromkeys(verb.group for verb in self.verbs.values()):
            with formatter.section(group):
                formatter.write_dl(
                    [(name, verb.help) for name, verb in self.verbs.items() if verb.group == group]
                )
