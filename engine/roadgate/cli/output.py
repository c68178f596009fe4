"""Printing: machine output on stdout and unchanged, colour only where it is wanted."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from roadgate.model.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path


def wants_color(choice: str) -> bool:
    """Whether text on stdout should be coloured.

    NO_COLOR says no and FORCE_COLOR yes, in this order; otherwise a terminal decides.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return os.environ.get("TERM") != "dumb" and _is_terminal()


def width() -> int | None:
    """How many columns the reader's terminal has; None where a program reads: nothing is wrapped.

    At a terminal COLUMNS has the last word.
    """
    return shutil.get_terminal_size().columns if _is_terminal() else None


def _is_terminal() -> bool:
    return bool(sys.stdout) and sys.stdout.isatty()


def write(text: str) -> None:
    """Print text to stdout as UTF-8, whatever the locale, with one newline at its end.

    Raises:
        BrokenPipeError: whoever read it has gone.
        EnvironmentProblem: it cannot be printed, because stdout is closed or its disk is full.
    """
    if not text:
        return
    if not sys.stdout:  # closed before we began; its type does not know that this can be
        raise EnvironmentProblem(
            "nothing can be printed: the standard output is closed",
            hint="send it to a file, or to /dev/null",
        )
    stream = sys.stdout.buffer
    try:
        stream.write((text if text.endswith("\n") else f"{text}\n").encode("utf-8", "replace"))
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard()
        raise EnvironmentProblem(
            f"nothing can be printed: {error.strerror}", hint="send the output elsewhere"
        ) from error


def discard() -> None:
    """Let the rest of the output go nowhere, so that nothing fails when Python flushes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: Path, text: str, *, append: bool = False) -> None:
    """Write a file whole or not at all; or append to it, as GitHub's summary file wants.

    Raises:
        EnvironmentProblem: the file cannot be written.
    """
    try:
        if append or (path.exists() and not path.is_file()):  # a device is written to, and stays
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
