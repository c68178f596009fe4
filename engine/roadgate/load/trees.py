"""The tree of files that a folder on disk is."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from roadgate.load.git import Git
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_NEVER = frozenset({".git"})
# Left out of a look at everything where there is no git to say what is ignored.
_INSTALLED = frozenset({"node_modules", ".venv", "venv", "__pycache__"})
# More are no roadmap but a whole disk: what is asked there would not be answered for minutes.
_MAX_WITHOUT_GIT = 100_000
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


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
