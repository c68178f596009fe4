"""A tree of files at one moment: a folder on disk, or a revision's git objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One path of a tree, before it is read."""

    path: str
    """Relative to the project's root, with forward slashes."""
    kind: Literal["file", "symlink", "gitlink", "special"]
    size: int
    """In bytes; 0 where there is nothing to read."""
    blob: str | None = None
    """Git's object name, where the tree comes from git."""
    target: str = ""
    """What a symbolic link says; it is never followed."""


class Tree(Protocol):
    """Where bytes come from; everything after it is pure."""

    @property
    def revision(self) -> str | None:
        """The commit's full object name, or None for files on disk."""

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every path at or below ``roots`` (``""`` is all), sorted, without ``.git``."""

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises:
            OSError: the file cannot be read; FileNotFoundError: there is none.
        """
