"""``roadgate schema``: the JSON Schemas of the kinds and of the outputs."""

from __future__ import annotations

from pathlib import Path

import click

from roadgate.cli.output import write, write_file
from roadgate.pipeline import schemas


@click.command("schema")
@click.argument("name", required=False)
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write all of them into this folder instead of printing one.",
)
def command(name: str | None, folder: Path | None) -> None:
    """Print the JSON Schema NAME (a kind such as Initiative), or list the names.

    Schemas are 2020-12; editors use them for completion and hints.
    """
    files = schemas.generate()
    if folder is not None:
        for path, text in files.items():
            write_file(folder / path, text)
        write(f"wrote {len(files)} schemas to {folder}")
        return
    if name is None:
        write("\n".join(path.removesuffix(".schema.json") for path in sorted(files)))
        return
    found = files.get(f"{name.lower()}.schema.json")
    if found is None:
        raise click.BadParameter(
            f"there is no schema {name!r}; run `roadgate schema` for the names", param_hint="NAME"
        )
    write(found)
