"""The tree of files that a commit holds, read from git's objects."""

from __future__ import annotations

from bisect import bisect_left
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from roadgate.load.git import Git
from roadgate.load.git_process import Objects
from roadgate.model.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

_AHEAD = 128
_AHEAD_BYTES = 1 << 20
_FEW = 256


class GitTree:
    """The files of one commit, read from git's objects: no checkout, no filters."""

    revision: str | None

    def __init__(
        self,
        repository: Path,
        revision: str,
        prefix: str = "",
        known: dict[str, bytes] | None = None,
        near: GitTree | None = None,
    ) -> None:
        """The files at a revision, below ``prefix``.

        ``known`` are objects that git need not be asked for; what is read is added to them.
        ``near`` is another commit of the repository, from which few files differ.
        """
        self._known = known if known is not None else {}
        self._git = Git(repository)
        self.revision = self._git.resolve(revision)
        self._prefix = prefix if not prefix or prefix.endswith("/") else prefix + "/"
        self._near = near
        self._listing: dict[str, Entry] | None = None
        self._paths: Sequence[str] = ()
        self._objects: Objects | None = None
        self._ahead: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """End the git process behind this tree; reading again starts a new one."""
        objects = getattr(self, "_objects", None)
        if objects is not None:
            objects.close()
            self._objects = None

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every path at or below ``roots`` (``""`` is all), sorted."""
        files = self._files()
        wanted = ["" if root == "." else root.strip("/") for root in roots]
        if "" in wanted:
            return iter(files.values())
        chosen = {path for root in wanted for path in self._below(root)}
        return iter([files[path] for path in sorted(chosen)])

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises:
            FileNotFoundError: the commit has no such file.
        """
        entry = self._files().get(path)
        if entry is None or entry.blob is None or entry.kind != "file":
            raise FileNotFoundError(path)
        if entry.blob not in self._known:
            if path not in self._ahead:
                self._fetch(path, entry.blob)
            self._known[entry.blob] = self._ahead.pop(path)
        return self._known[entry.blob]

    def apart(self) -> Self:
        """The same commit for a copy of this process, with a git process of its own."""
        twin = copy(self)
        twin._objects = None  # noqa: SLF001 - of this class
        return twin

    def learn(self, path: str, content: bytes) -> None:
        """Remember what a copy of this process has read."""
        entry = self._files().get(path)
        if entry is not None and entry.blob is not None:
            self._known[entry.blob] = content

    def _below(self, root: str) -> Sequence[str]:
        """The paths at or below a root: in their order, those below it stand together."""
        first, end = (bisect_left(self._paths, f"{root}{mark}") for mark in ("/", "0"))
        below = self._paths[first:end]  # 0 is the character that follows the slash
        return (root, *below) if root in self._files() else below

    def _files(self) -> Mapping[str, Entry]:
        if self._listing is None:
            self._listing = self._listed()
            self._paths = [*self._listing]
            links = [each for each in self._listing.values() if each.kind == "symlink"]
            texts = self._contents([each.blob or "" for each in links])
            for link, text in zip(links, texts, strict=True):
                target = text.decode("utf-8", "surrogateescape")
                self._listing[link.path] = replace(link, target=target)
        return self._listing

    def _listed(self) -> dict[str, Entry]:
        """Every path, sorted; where few differ from those of another commit, git lists these."""
        own, other = self.revision or "", self._near
        changed = (
            None if other is None else self._git.changed(other.revision or "", own, self._prefix)
        )
        if other is None or changed is None or len(changed) > _FEW:
            rows = self._git.listing(own, self._prefix)
            return _by_path(_git_entry(*row) for row in rows)
        rows = self._git.listing(own, self._prefix, changed) if changed else []
        gone = frozenset(changed)
        same = [each for each in other._files().values() if each.path not in gone]  # noqa: SLF001
        return _by_path([*same, *(_git_entry(*row) for row in rows)])

    def _contents(self, names: list[str]) -> Iterator[bytes]:
        if names and self._objects is None:
            self._objects = Objects(self._git.folder)
        return self._objects.read(names) if self._objects else iter(())

    def _fetch(self, path: str, blob: str) -> None:
        """Read a file and those that follow it: one round trip serves many."""
        together = {path: blob}
        size = 0
        start = bisect_left(self._paths, path)
        for other in self._paths[start : start + _AHEAD]:
            entry = self._files()[other]
            if size > _AHEAD_BYTES:
                break
            if entry.kind == "file" and entry.size <= _AHEAD_BYTES and self._is_new(entry):
                together[other] = entry.blob or ""
                size += entry.size
        contents = self._contents(list(together.values()))
        self._ahead.update(zip(together, contents, strict=True))

    def _is_new(self, entry: Entry) -> bool:
        return entry.blob not in self._known and entry.path not in self._ahead


def _by_path(entries: Iterable[Entry]) -> dict[str, Entry]:
    found = {each.path: each for each in entries}
    return {path: found[path] for path in sorted(found)}


def _git_entry(mode: str, name: str, size: int, path: str) -> Entry:
    if mode == "120000":
        return Entry(path, "symlink", 0, name)
    if mode == "160000":
        return Entry(path, "gitlink", 0, name)
    return Entry(path, "file", size, name)
