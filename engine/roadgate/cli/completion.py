"""``roadgate completion``: let a shell complete commands, options and values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from roadgate.cli.output import write

_VARIABLE = "_ROADGATE_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what SHELL needs to complete roadgate's commands.

    Load it where the shell starts: in bash with 'eval "$(roadgate completion bash)"' in ~/.bashrc,
    in zsh the same in ~/.zshrc, in fish with 'roadgate completion fish | source' in
    ~/.config/fish/config.fish.
    """
    kind = get_completion_class(shell)
    if kind is not None:
        write(kind(ctx.find_root().command, {}, "roadgate", _VARIABLE).source())
