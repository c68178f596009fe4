"""A tree of files, some of which are read as if they had been changed already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadgate.model.tree import Entry, Tree


class OverlayTree:
    """Another tree with the content of some of its files replaced."""

    revision: str | None = None

    def __init__(self, below: Tree, changed: Mapping[str, bytes]) -> None:
        self._below = below
        self._changed = changed

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every path of the tree below, with the sizes of what is read instead."""
        for entry in self._below.entries(roots):
            content = self._changed.get(entry.path)
            yield entry if content is None else replace(entry, size=len(content))

    def read(self, path: str) -> bytes:
        """The file's bytes."""
        content = self._changed.get(path)
        return self._below.read(path) if content is None else content
