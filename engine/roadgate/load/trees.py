"""Trees of files: a folder on disk, or a revision's git objects."""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from contextlib import suppress
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from roadgate.load.git import Git
from roadgate.load.git_process import Objects
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

_NEVER = frozenset({".git"})
# Left out of a look at everything where there is no git to say what is ignored.
_INSTALLED = frozenset({"node_modules", ".venv", "venv", "__pycache__"})
# More are no roadmap but a whole disk: what is asked there would not be answered for minutes.
_MAX_WITHOUT_GIT = 100_000
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_AHEAD = 128
_FEW = 256
_AHEAD_BYTES = 1 << 20


def is_below(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or lies in it; everything lies in ``""``."""
    return not folder or path == folder or path.startswith(folder + "/")


class FolderTree:
    """The files of a folder as they are now; symlinks are listed and never followed."""

    revision: str | None = None

    def __init__(self, root: Path) -> None:
        self.root = root
        self._prefix = os.fsencode(root) + b"/"

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every path at or below ``roots`` (``""`` is all), sorted, without ``.git``.

        What git ignores is left out of ``""``, not of a folder that is named.

        Raises:
            UsageError: this is no roadmap's folder but one that holds everything.
        """
        found: dict[str, Entry] = {}
        for root in roots:
            git = self._git() if root == "" else None
            skipped = frozenset(path.rstrip("/") for path in git.ignored()) if git else frozenset()
            for entry in self._below(root, skipped, found):
                found[entry.path] = entry
                if len(found) > _MAX_WITHOUT_GIT and root == "" and git is None:
                    raise UsageError(
                        f"'{self.root}' holds more than {_MAX_WITHOUT_GIT} files, and no git "
                        "repository says which of them count",
                        hint="run roadgate in the roadmap's folder, or name it with -C",
                    )
        yield from (found[path] for path in sorted(found))

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises:
            OSError: the file cannot be read; FileNotFoundError: there is none.
        """
        # names are UTF-8 in findings, whatever encoding the locale has for those of files
        handle = os.open(self._prefix + _encoded(path), _FLAGS)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(f"'{path}' is not a regular file")
            return _whole(handle, found.st_size)
        finally:
            os.close(handle)

    def apart(self) -> Self:
        """The same files for a copy of this process."""
        return self

    def learn(self, path: str, content: bytes) -> None:
        """Nothing needs to be remembered: a file is read when it is asked for."""

    def _git(self) -> Git | None:
        try:
            return Git.around(self.root)
        except EnvironmentProblem:  # without git nothing is ignored
            return None

    def _below(
        self, root: str, skipped: frozenset[str], found: Mapping[str, Entry]
    ) -> Iterator[Entry]:
        if root in ("", "."):
            yield from self._walk("", skipped, found)
            return
        parts = root.strip("/").split("/")
        if ".." in parts or root.startswith("/"):
            return
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            try:
                state = os.lstat(self.root / path)
            except OSError:
                return
            if not stat.S_ISDIR(state.st_mode):
                if depth == len(parts) or stat.S_ISLNK(state.st_mode):
                    yield self._entry(path, state)
                return
        yield from self._walk("/".join(parts), skipped, found)

    def _walk(
        self, start: str, skipped: frozenset[str], found: Mapping[str, Entry]
    ) -> Iterator[Entry]:
        """Everything below ``start`` that has not been found yet."""
        pending = [start]
        while pending:
            folder = pending.pop()
            prefix = f"{folder}/" if folder else ""
            try:
                with os.scandir(self.root / folder) as listing:
                    children = list(listing)
            except OSError:
                yield Entry(folder or ".", "special", 0)
                continue
            if folder and any(child.name == ".git" for child in children):
                yield Entry(folder, "gitlink", 0)
                continue
            for child in children:
                path = prefix + child.name
                if child.name in _NEVER or path in skipped or path in found:
                    continue
                if not child.is_dir(follow_symlinks=False):
                    with suppress(FileNotFoundError):  # a passing file, gone since it was listed
                        yield self._entry(path, child.stat(follow_symlinks=False))
                elif start or child.name not in _INSTALLED:
                    pending.append(path)

    def _entry(self, path: str, found: os.stat_result) -> Entry:
        if stat.S_ISREG(found.st_mode):
            return Entry(path, "file", found.st_size)
        if not stat.S_ISLNK(found.st_mode):
            return Entry(path, "special", 0)
        try:
            target = str((self.root / path).readlink())
        except OSError:  # it has gone meanwhile
            target = ""
        return Entry(path, "symlink", 0, target=target)


def _whole(handle: int, size: int) -> bytes:
    """All bytes of an open file, also when it has grown since its size was asked."""
    parts = [os.read(handle, size + 1)]
    if len(parts[0]) != size:
        while part := os.read(handle, 1 << 20):
            parts.append(part)
    return b"".join(parts)


def _encoded(path: str) -> bytes:
    """A path's bytes, whether it was listed by the locale's encoding or written in a finding."""
    return path.encode("utf-8", "surrogateescape")


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
