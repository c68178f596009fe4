"""The doorway to the git program. Objects are read as they are: no filters, checkouts or hooks."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from roadgate.load.git_log import commits
from roadgate.load.git_process import FETCH_HINT, Objects, run
from roadgate.model.errors import EnvironmentProblem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.load.git_log import RawCommit

_SHA1 = 40
_COMMITS: set[tuple[Path, str]] = set()
"""Full names that were asked for in a folder's repository: they stay what they are."""


class Git:
    """What roadgate asks of one repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def around(cls, folder: Path) -> Git | None:
        """The repository that ``folder`` lies in, or None.

        Raises:
            EnvironmentProblem: git is missing, or refuses to read the repository.
        """
        code, _, errors = run(folder, "rev-parse", "--git-dir")
        if code == 0:
            return cls(folder)
        if "dubious ownership" in errors:
            raise EnvironmentProblem(
                f"git refuses to read '{folder}': it belongs to another user",
                hint=f"run git config --global --add safe.directory '{folder}'",
            )
        return None

    def _text(self, *arguments: str) -> str | None:
        code, output, _ = run(self.folder, *arguments)
        return os.fsdecode(output).removesuffix("\n") if code == 0 else None

    def toplevel(self) -> Path | None:
        """The top folder of the work tree; None in a bare repository."""
        top = self._text("rev-parse", "--show-toplevel")
        return Path(top) if top else None

    def prefix(self) -> str:
        """Where the folder lies in the work tree: ``""`` at its top, else ``"sub/folder/"``."""
        return self._text("rev-parse", "--show-prefix") or ""

    def resolve(self, revision: str) -> str:
        """The full object name of the commit that ``revision`` means.

        Raises:
            UsageError: this can be no revision.
            EnvironmentProblem: the repository does not know it.
        """
        if (self.folder, revision) in _COMMITS:
            return revision
        if not revision.strip() or "\0" in revision or "\n" in revision:
            raise UsageError("a revision is missing", hint="name a branch, a tag or a commit")
        name = self._commit(revision)
        if name is None:
            raise EnvironmentProblem(
                f"the repository has no commit '{revision}'",
                hint="check its spelling; if it exists elsewhere, fetch it first "
                "(actions/checkout: fetch-depth: 0)",
            )
        _COMMITS.add((self.folder, name))
        return name

    def has(self, revision: str) -> bool:
        """Whether the repository knows the commit."""
        return self._commit(revision) is not None

    def _commit(self, revision: str) -> str | None:
        return self._text(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest common ancestor of two commits; None when they share no history here."""
        return self._text("merge-base", "--end-of-options", self.resolve(one), self.resolve(other))

    def later(self, since: str, head: str) -> frozenset[str]:
        """The first-parent commits of ``head`` that ``since`` does not have."""
        start = self.resolve(since)
        listed = self._text("rev-list", "--first-parent", self.resolve(head), f"^{start}", "--")
        return frozenset((listed or "").split())

    def titles(self, head: str) -> dict[str, str]:
        """The first line of the message of each first-parent commit, by its object name."""
        arguments = ("log", "-z", "--first-parent", "--no-color", "--encoding=UTF-8")
        code, output, _ = run(self.folder, *arguments, "--format=%H %s", self.resolve(head), "--")
        lines = output.decode("utf-8", "replace").split("\0") if code == 0 else []
        return {name: title for name, _, title in (line.partition(" ") for line in lines)}

    def merged(self, head: str) -> dict[str, tuple[str, ...]]:
        """The further parents of each first-parent commit that has any."""
        listed = self._text("rev-list", "--first-parent", "--parents", self.resolve(head), "--")
        rows = (line.split() for line in (listed or "").splitlines())
        return {row[0]: tuple(row[2:]) for row in rows if len(row) > 2}  # noqa: PLR2004 - commit, first parent

    def is_shallow(self) -> bool:
        """Whether older commits are cut off."""
        return self._text("rev-parse", "--is-shallow-repository") == "true"

    def head(self) -> str | None:
        """The commit that is checked out; None before the first."""
        name = self._text("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if name is not None:
            _COMMITS.add((self.folder, name))
        return name

    def is_clean(self) -> bool:
        """Whether the working tree is what HEAD says, untracked files included."""
        code, output, _ = run(self.folder, "status", "--porcelain", "-z", "--untracked-files=all")
        return code == 0 and not output

    def edited(
        self, before: str, after: str | None, specs: Sequence[str], word: str = ""
    ) -> list[str]:
        """Paths from the repository's top that differ, of those that pathspecs name.

        ``after`` None takes the files on disk. With ``word``, only files in which a line with it
        came or went.

        Raises:
            EnvironmentProblem: git cannot compare the two.
        """
        arguments = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"]
        arguments += [*([f"-G{word}"] if word else []), before, *([after] if after else []), "--"]
        code, output, errors = run(self.folder, *arguments, *specs)
        if code != 0:
            raise EnvironmentProblem(f"git cannot compare {before[:12]}: {errors}", hint=FETCH_HINT)
        found = output.split(b"\0")
        if after is None:
            listed = ["ls-files", "-z", "--full-name", "--others", "--exclude-standard", "--"]
            found += run(self.folder, *listed, *specs)[1].split(b"\0")
        return sorted({os.fsdecode(path) for path in found if path})

    def parents(self, revision: str) -> tuple[str, ...]:
        """The object names of a commit's parents."""
        listed = self._text("rev-list", "--parents", "-n", "1", self.resolve(revision), "--")
        return tuple((listed or "").split()[1:])

    def ignored(self) -> list[str]:
        """Paths below the folder that git ignores; whole folders end with a slash."""
        code, output, _ = run(
            self.folder,
            "ls-files",
            "-z",
            "--others",
            "--ignored",
            "--exclude-standard",
            "--directory",
        )
        return [os.fsdecode(path) for path in output.split(b"\0") if path] if code == 0 else []

    def changed(self, before: str, after: str, prefix: str = "") -> list[str]:
        """The paths (below ``prefix``) that are not the same in two commits.

        Raises:
            EnvironmentProblem: git cannot compare them.
        """
        arguments = ["diff-tree", "-r", "-z", "--name-only", "--no-renames"]
        arguments += ["--ignore-submodules=none", "--end-of-options", before, after]
        code, output, errors = run(self.folder, *arguments, *(["--", prefix] if prefix else []))
        if code != 0:
            raise EnvironmentProblem(f"git cannot compare {before[:12]}: {errors}", hint=FETCH_HINT)
        return [os.fsdecode(path)[len(prefix) :] for path in output.split(b"\0") if path]

    def listing(
        self, revision: str, prefix: str = "", paths: Sequence[str] | None = None
    ) -> list[tuple[str, str, int, str]]:
        """Mode, object name, size and path (below ``prefix``) of every file of a commit.

        With ``paths``, of these alone, as far as they are there.

        Raises:
            EnvironmentProblem: git cannot list it.
        """
        arguments = ["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", revision]
        wanted = [prefix] if paths is None else [f"{prefix}{path}" for path in paths]
        code, output, errors = run(self.folder, *arguments, *filter(None, wanted))
        if code != 0:
            raise EnvironmentProblem(
                f"git cannot list commit {revision[:12]}: {errors}", hint=FETCH_HINT
            )
        rows = []
        for line in output.split(b"\0")[:-1]:
            head, _, path = line.partition(b"\t")
            mode, _, name, size = head.decode("ascii").split()
            # git writes BAD for an object that it cannot read: whoever asks for it is told
            length = int(size) if size.isdecimal() else 0
            rows.append((mode, name, length, os.fsdecode(path)[len(prefix) :]))
        return rows

    def blobs(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """The contents of objects, by their names.

        Raises:
            EnvironmentProblem: one is missing.
        """
        wanted = list(dict.fromkeys(names))
        if not wanted:
            return {}
        with Objects(self.folder) as objects:
            return dict(zip(wanted, objects.read(wanted), strict=True))

    def file(self, revision: str, path: str) -> bytes:
        """A file by its path from the repository's top; empty where there is none."""
        code, output, _ = run(self.folder, "cat-file", "blob", f"{revision}:{path}")
        return output if code == 0 else b""

    def first_parent(
        self,
        revision: str,
        roots: Sequence[str],
        timezone: str,
        prefix: str = "",
        globs: Iterable[str] = (),
    ) -> list[RawCommit]:
        """The commits of the first-parent history that changed anything under ``roots``.

        Or what ``globs`` match, pathspecs as git reads them. Oldest first. ``roots`` and the paths
        returned are relative to ``prefix``, which is relative to the top of the repository.

        Raises:
            EnvironmentProblem: git cannot read the history.
            UsageError: there is no such time zone.
        """
        clock = zone(timezone)
        code, output, errors = run(
            self.folder,
            "log",
            "-z",
            "--reverse",
            "--first-parent",
            "--diff-merges=first-parent",
            "--root",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=none",
            "--format=%x01%H %ct",
            self.resolve(revision),
            "--",
            *(f":(top,literal){prefix}{_below(root)}" for root in roots),
            *globs,
        )
        if code != 0:
            raise EnvironmentProblem(f"git cannot read the history: {errors}", hint=FETCH_HINT)
        return list(commits(output, len(prefix), clock))


def is_object(name: str, content: bytes) -> bool:
    """Whether a file with this content is the object of that name."""
    kind = "sha1" if len(name) == _SHA1 else "sha256"
    found = hashlib.new(kind, b"blob %d\0" % len(content), usedforsecurity=False)
    found.update(content)
    return found.hexdigest() == name


def _below(root: str) -> str:
    return "" if root == "." else root.strip("/")


def zone(name: str) -> tzinfo:
    """A time zone by its name.

    Raises:
        UsageError: there is none of that name.
    """
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UsageError(
            f"there is no time zone '{name}'", hint="write a name such as Europe/Berlin"
        ) from None
