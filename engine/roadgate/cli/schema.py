"""``roadgate schema``: the JSON Schemas of the kinds and of the outputs."""

from __future__ import annotations

from pathlib import Path

import click

from roadgate.cli import options
from roadgate.cli.output import write, write_file
from roadgate.model.errors import UsageError
from roadgate.model.suggest import advice
from roadgate.pipeline import schemas, workspace


def _names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The names that begin with what is typed."""
    del ctx, parameter
    names = (path.removesuffix(".schema.json") for path in schemas.generate())
    return sorted(each for each in names if each.startswith(incomplete.lower()))


@click.command("schema")
@click.argument("name", required=False, shell_complete=_names)
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write all of them into this folder instead of printing one.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write NAME into this file."
)
@options.directory
def command(name: str | None, folder: Path | None, out: Path | None, directory: Path) -> None:
    """Print the JSON Schema NAME (a kind such as Initiative), or list the names.

    Kinds that a KindDefinition of the project declares have theirs too. Schemas are 2020-12;
    editors use them for completion and hints.
    """
    files = schemas.generate()
    if folder is not None:
        for path, text in files.items():
            write_file(folder / path, text)
        write(f"wrote {len(files)} schemas to {folder}")
        return
    names = {path.removesuffix(".schema.json"): path for path in sorted(files)}
    if name is None:
        if out is not None:
            raise UsageError("--out writes one schema", hint="name it, or use --write for all")
        own = schemas.of_custom_kinds(workspace.find(directory))
        write("\n".join([*names, *own]))
        return
    text = files[names[name.lower()]] if name.lower() in names else _custom(name, directory, names)
    if out is None:
        write(text)
    else:
        write_file(out, text)


def _custom(name: str, directory: Path, names: dict[str, str]) -> str:
    """The schema of a kind that the project defines itself."""
    own = schemas.of_custom_kinds(workspace.find(directory))
    found = next((text for kind, text in own.items() if kind.lower() == name.lower()), None)
    if found is None:
        known = [*names, *own]
        raise UsageError(f"there is no schema '{name}'", hint=advice(name, known, otherwise=""))
    return found
