"""Many files are read and parsed by a copy of this process, ahead of it.

Bytes come back, and the data of plain texts; whatever else there is to say about a file is found
here. Where there is no copy, or it dies, this process reads the files itself, as it does few.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from roadgate.cores import ahead
from roadgate.load.git_tree import GitTree
from roadgate.load.quick import quick
from roadgate.load.text import decode
from roadgate.load.trees import FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from roadgate.load.limits import Limits
    from roadgate.model.document import Data
    from roadgate.model.tree import Entry, Tree

_WORTHWHILE = 1_000
"""Fewer files are read sooner than a copy of the process is made."""
_PIECE = 64
_ROOM = 4
"""Bytes and data are about twice as long as a text."""
_MOST_ROOM = 1 << 28
"""What needs more memory than that is read here."""

Plain: TypeAlias = "dict[str, Data]"
Found: TypeAlias = "tuple[bytes, Plain | None]"
"""A file's bytes, and the data of its only document if its text is plain."""
Take: TypeAlias = "Callable[[str], Found | None]"
"""What has been found in a file, by its path; each may be asked for once, in their order."""


@contextmanager
def reading_ahead(tree: Tree, entries: Sequence[Entry], limits: Limits) -> Iterator[Take]:
    """Let a copy of this process read ``entries``, if there are many."""
    if len(entries) < _WORTHWHILE or not isinstance(tree, FolderTree | GitTree):
        yield lambda _: None
        return
    chosen = [each for each in entries if each.size <= limits.file_bytes]
    room = min(_ROOM * sum(each.size for each in chosen) + (1 << 20), _MOST_ROOM)
    with ahead(partial(_pieces, tree, chosen, limits), room) as pieces:
        yield _Waiting(tree, chosen, pieces).take


class _Waiting:
    """What the copy hands over, in the order of the files."""

    def __init__(
        self,
        tree: FolderTree | GitTree,
        entries: Sequence[Entry],
        pieces: Iterator[list[Found | None]],
    ) -> None:
        self._tree = tree
        self._awaited = {each.path for each in entries}
        found = (each for piece in pieces for each in piece)
        self._found = ((entry.path, each) for entry, each in zip(entries, found, strict=False))

    def take(self, path: str) -> Found | None:
        if path not in self._awaited:
            return None
        for other, found in self._found:
            self._awaited.discard(other)
            if found is not None:
                self._tree.learn(other, found[0])
            if other == path:
                return found
        self._awaited.clear()
        return None


def _pieces(
    tree: FolderTree | GitTree, entries: Sequence[Entry], limits: Limits
) -> Iterator[list[Found | None]]:
    own = tree.apart()
    for start in range(0, len(entries), _PIECE):
        yield [_found(own, each.path, limits) for each in entries[start : start + _PIECE]]


def _found(tree: Tree, path: str, limits: Limits) -> Found | None:
    try:
        content = tree.read(path)
    except OSError:
        return None
    text, findings = decode(content, path)
    return content, quick(text, limits) if text is not None and not findings else None
