"""The doorway to the git program. Objects are read as they are: no filters, checkouts or hooks."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from roadgate.model.errors import EnvironmentProblem, InternalError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    "-c",
    "core.quotePath=off",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.precomposeUnicode=false",
    "-c",
    f"diff.orderFile={os.devnull}",
    "-c",
    "advice.graftFileDeprecated=false",
    "-c",
    "log.showSignature=false",
)
# What a hook or a caller may have set that would show another repository than the folder's.
_FOREIGN = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_COMMON_DIR",
        "GIT_PREFIX",
        "GIT_NAMESPACE",
        "GIT_SHALLOW_FILE",
        "GIT_REPLACE_REF_BASE",
        "GIT_EXTERNAL_DIFF",
        "GIT_LITERAL_PATHSPECS",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
    }
)
_REGULAR = ("100644", "100755", "100664")
_BATCH = 256
_FETCH_HINT = "fetch the whole history (actions/checkout: fetch-depth: 0) and try again"


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    return kept | {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }


def _start(folder: Path, arguments: Sequence[str], stdin: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed program; revisions never stand as options
            ["git", *_OPTIONS, *arguments],  # noqa: S607 - git is found on PATH like everywhere
            cwd=folder,
            env=_environment(),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if stdin == subprocess.DEVNULL else subprocess.DEVNULL,
        )
    except FileNotFoundError:
        if not folder.is_dir():
            raise EnvironmentProblem(f"there is no folder '{folder}'") from None
        raise EnvironmentProblem(
            "git is not installed, or not on the PATH", hint="install git 2.31 or newer"
        ) from None
    except OSError as problem:
        raise EnvironmentProblem(f"git cannot be run: {problem.strerror}") from problem


def _run(folder: Path, *arguments: str) -> tuple[int, bytes, str]:
    with _start(folder, arguments, subprocess.DEVNULL) as process:
        output, errors = process.communicate()
    return process.returncode, output, errors.decode(errors="replace").strip()


@dataclass(frozen=True, slots=True)
class RawCommit:
    """One commit of the first-parent history, and the paths that it changed."""

    commit: str
    date: date
    """The committer's day, in the time zone asked for."""
    changed: dict[str, str | None]
    """Path to the object name after the commit; None where there is no regular file any more."""


class Objects:
    """One long-lived ``git cat-file --batch``: object names in, bytes out."""

    def __init__(self, folder: Path) -> None:
        self._process = _start(folder, ("cat-file", "--batch"), subprocess.PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None and not stream.closed:
                stream.close()
        self._process.wait()

    def read(self, names: Sequence[str]) -> Iterator[bytes]:
        """The contents of objects, in the order of ``names``.

        Raises:
            EnvironmentProblem: an object is missing, or git stopped.
        """
        for start in range(0, len(names), _BATCH):
            chunk = names[start : start + _BATCH]
            # 256 names are smaller than a pipe's buffer, so neither side waits for the other
            self._ask(chunk)
            for name in chunk:
                yield self._answer(name)

    def _ask(self, names: Iterable[str]) -> None:
        try:
            stdin = _piped(self._process.stdin)
            stdin.write("".join(f"{name}\n" for name in names).encode("ascii"))
            stdin.flush()
        except OSError as problem:
            raise EnvironmentProblem("git stopped while its objects were read") from problem

    def _answer(self, name: str) -> bytes:
        stdout = _piped(self._process.stdout)
        header = stdout.readline().split()
        if len(header) != len(("name", "type", "size")):
            raise EnvironmentProblem(
                f"git object {name[:12]} is missing from the repository", hint=_FETCH_HINT
            )
        size = int(header[2])
        content = stdout.read(size + 1)
        if len(content) != size + 1:
            raise EnvironmentProblem("git stopped while its objects were read")
        return content[:-1]


def _piped(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise InternalError("a git process was started without pipes")
    return stream


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
        code, _, errors = _run(folder, "rev-parse", "--git-dir")
        if code == 0:
            return cls(folder)
        if "dubious ownership" in errors:
            raise EnvironmentProblem(
                f"git refuses to read '{folder}': it belongs to another user",
                hint=f"run git config --global --add safe.directory '{folder}'",
            )
        return None

    def _text(self, *arguments: str) -> str | None:
        code, output, _ = _run(self.folder, *arguments)
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
        if not revision.strip() or "\0" in revision or "\n" in revision:
            raise UsageError("a revision is missing", hint="name a branch, a tag or a commit")
        name = self._text(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        if name is None:
            raise EnvironmentProblem(
                f"the repository has no commit '{revision}'",
                hint="check its spelling; if it exists elsewhere, fetch it first "
                "(actions/checkout: fetch-depth: 0)",
            )
        return name

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest common ancestor of two commits; None when they share no history here."""
        return self._text("merge-base", "--end-of-options", self.resolve(one), self.resolve(other))

    def is_shallow(self) -> bool:
        """Whether older commits are cut off."""
        return self._text("rev-parse", "--is-shallow-repository") == "true"

    def head(self) -> str | None:
        """The commit that is checked out; None before the first."""
        return self._text("rev-parse", "--verify", "--quiet", "HEAD^{commit}")

    def ignored(self) -> list[str]:
        """Paths below the folder that git ignores; whole folders end with a slash."""
        code, output, _ = _run(
            self.folder,
            "ls-files",
            "-z",
            "--others",
            "--ignored",
            "--exclude-standard",
            "--directory",
        )
        return [os.fsdecode(path) for path in output.split(b"\0") if path] if code == 0 else []

    def listing(self, revision: str, prefix: str = "") -> list[tuple[str, str, int, str]]:
        """Mode, object name, size and path (below ``prefix``) of every file of a commit.

        Raises:
            EnvironmentProblem: git cannot list it.
        """
        arguments = ["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", revision]
        code, output, errors = _run(self.folder, *arguments, *([prefix] if prefix else []))
        if code != 0:
            raise EnvironmentProblem(
                f"git cannot list commit {revision[:12]}: {errors}", hint=_FETCH_HINT
            )
        rows = []
        for line in output.split(b"\0")[:-1]:
            head, _, path = line.partition(b"\t")
            mode, _, name, size = head.decode("ascii").split()
            rows.append(
                (mode, name, 0 if size == "-" else int(size), os.fsdecode(path)[len(prefix) :])
            )
        return rows

    def blobs(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """The contents of objects, by their names.

        Raises:
            EnvironmentProblem: one is missing.
        """
        wanted = list(dict.fromkeys(names))
        with Objects(self.folder) as objects:
            return dict(zip(wanted, objects.read(wanted), strict=True))

    def first_parent(
        self, revision: str, roots: Sequence[str], timezone: str, prefix: str = ""
    ) -> list[RawCommit]:
        """The commits of the first-parent history that changed anything under ``roots``.

        Oldest first. ``roots`` and the paths returned are relative to ``prefix``, which is relative
        to the top of the repository.

        Raises:
            EnvironmentProblem: git cannot read the history.
            UsageError: there is no such time zone.
        """
        clock = zone(timezone)
        code, output, errors = _run(
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
        )
        if code != 0:
            raise EnvironmentProblem(f"git cannot read the history: {errors}", hint=_FETCH_HINT)
        return list(_commits(output, len(prefix), clock))


def _below(root: str) -> str:
    return "" if root == "." else root.strip("/")


def zone(name: str) -> tzinfo:
    """A time zone by its name.

    Raises:
        UsageError: there is none of that name.
    """
    """The time zone of that name.

    Raises:
        UsageError: there is none.
    """
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UsageError(
            f"there is no time zone '{name}'", hint="write a name such as Europe/Berlin"
        ) from None


def _commits(output: bytes, skip: int, clock: tzinfo) -> Iterator[RawCommit]:
    """Read ``git log --raw -z``: a header that begins with byte 1, then changes and paths."""
    tokens = iter(output.split(b"\0"))
    commit: RawCommit | None = None
    for raw in tokens:
        token = raw.strip(b"\n")
        if token.startswith(b"\x01"):
            if commit is not None:
                yield commit
            name, seconds = token[1:].decode("ascii").split()
            day = datetime.fromtimestamp(int(seconds), clock).date()
            commit = RawCommit(name, day, {})
        elif token.startswith(b":") and commit is not None:
            _, mode, _, blob, _ = token[1:].decode("ascii").split()
            path = os.fsdecode(next(tokens))[skip:]
            commit.changed[path] = blob if mode in _REGULAR else None
    if commit is not None:
        yield commit
