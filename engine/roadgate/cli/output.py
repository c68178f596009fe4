"""Printing: machine output on stdout and unchanged, colour only where it is wanted."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from roadgate.model.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path


def wants_color(choice: str) -> bool:
    """Whether text on stdout should be coloured."""
    if choice != "auto":
        return choice == "always"
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def write(text: str) -> None:
    """Print text to stdout as UTF-8, whatever the locale, with one newline at its end."""
    if not text:
        return
    stream = sys.stdout.buffer
    stream.write((text if text.endswith("\n") else f"{text}\n").encode("utf-8", "replace"))
    stream.flush()


def write_file(path: Path, text: str, *, append: bool = False) -> None:
    """Write a file whole or not at all; or append to it, as GitHub's summary file wants.

    Raises:
        EnvironmentProblem: the file cannot be written.
    """
    try:
        if append:
            with path.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot write '{path}': {error.strerror}", hint="check the path and its permissions"
        ) from error
