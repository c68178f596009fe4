"""Write users' files: whole or not at all, and only if they still are what was read."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from roadgate.edit.splice import Refused

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Replace the content of a file, and keep its permissions.

    The new content is written beside it and then takes its name, so that whoever reads the file
    sees the old one or the new one, never a part.

    Raises:
        Refused: it is a link, is read-only, has changed since it was read, or cannot be written.
    """
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise Refused("it is no regular file")
        if not found.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
            raise Refused("it is read-only")
        if path.read_bytes() != before:
            raise Refused("it has changed meanwhile")
        _replace(path, after, stat.S_IMODE(found.st_mode))
    except OSError as error:
        raise Refused(f"it cannot be written: {error.strerror}") from error


def _replace(path: Path, content: bytes, mode: int) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def create_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, never over one that is.

    Raises:
        FileExistsError: something of that name is there, if only a link that leads nowhere.
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        os.link(temporary, path)  # unlike a rename, a link fails when the name is taken
    finally:
        with suppress(OSError):
            temporary.unlink()
