"""The bytes of a file, or why it is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.discover import place
from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from roadgate.load.limits import Limits
    from roadgate.model.tree import Entry, Tree

_LFS = b"version https://git-lfs.github.com/spec/"


def content(
    tree: Tree, entry: Entry, limits: Limits, found: bytes | None = None
) -> bytes | Finding:
    """What a file holds, unless it is too large or cannot be read.

    ``found`` are its bytes where somebody has read them already.
    """
    if entry.size > limits.file_bytes:
        message = f"the file is larger than the limit of {limits.file_bytes} bytes"
        return _refused("RG003", entry, message, "split it")
    try:
        read = tree.read(entry.path) if found is None else found
    except OSError:
        return _refused("RG002", entry, "the file cannot be read", "allow reading it")
    if read.startswith(_LFS):
        message = "the file is a pointer to Git LFS, which is not read"
        return _refused("RG015", entry, message, "keep the file itself in git")
    return read


def _refused(code: str, entry: Entry, message: str, fix: str) -> Finding:
    return Finding(code, Severity.ERROR, message, fix, location=place(entry.path))
