"""A tree of files, some of which are read as if they had been changed or written already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.load.trees import is_below
from roadgate.model.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadgate.model.tree import Tree


class OverlayTree:
    """Another tree with the content of some of its files replaced, or with some files less."""

    revision: str | None = None

    def __init__(self, below: Tree, changed: Mapping[str, bytes | None]) -> None:
        self._below = below
        self._changed = changed

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every path of the tree below and every new one, with the sizes of what is read."""
        found = {entry.path: entry for entry in self._below.entries(roots)}
        for path, content in self._changed.items():
            if content is None:
                found.pop(path, None)
            elif path in found:
                found[path] = replace(found[path], size=len(content))
            elif any(is_below(path, "" if root == "." else root.strip("/")) for root in roots):
                found[path] = Entry(path, "file", len(content))
        yield from (found[path] for path in sorted(found))

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises:
            FileNotFoundError: it is one of those that are not there.
        """
        if path not in self._changed:
            return self._below.read(path)
        content = self._changed[path]
        if content is None:
            raise FileNotFoundError(path)
        return content
