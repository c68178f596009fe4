"""Running git: which program, with which settings, and reading its objects."""

from __future__ import annotations

import os
import subprocess
from typing import IO, TYPE_CHECKING, Self

from roadgate.model.errors import EnvironmentProblem, InternalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
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
_BATCH = 256
FETCH_HINT = "fetch the whole history (actions/checkout: fetch-depth: 0) and try again"


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


def run(folder: Path, *arguments: str) -> tuple[int, bytes, str]:
    """Run git to its end; returns its exit status, its output, and what it complains about.

    Raises:
        EnvironmentProblem: git cannot be run.
    """
    with _start(folder, arguments, subprocess.DEVNULL) as process:
        output, errors = process.communicate()
    return process.returncode, output, errors.decode(errors="replace").strip()


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
                f"git object {name[:12]} is missing from the repository", hint=FETCH_HINT
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
