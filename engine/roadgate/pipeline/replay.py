"""A git repository that is written commit by commit, each with its own date."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from roadgate.model.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path

MAIN: Final = "main"
_NAME: Final = "Platform team"
_EMAIL: Final = "platform@example.com"
_FOREIGN: Final = ("GIT_", "GITHUB_")


def clean_environment() -> dict[str, str]:
    """The process's environment without what git, GitHub Actions or the user's git settings add.

    A replay must make the same commits, and hear the same answers, on every machine.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN)}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass(frozen=True, slots=True)
class Replay:
    """One repository under construction."""

    folder: Path

    @classmethod
    def start(cls, folder: Path) -> Replay:
        """Create the folder and an empty repository in it.

        Raises:
            EnvironmentProblem: there is no git, or the folder cannot be made.
        """
        if shutil.which("git") is None:
            raise EnvironmentProblem("there is no git program", hint="install git")
        folder.mkdir(parents=True, exist_ok=True)
        replay = cls(folder)
        replay._git("init", "--quiet", f"--initial-branch={MAIN}")
        return replay

    def write(self, path: str, content: bytes) -> None:
        """Put one file into the work tree."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def commit(self, message: str, day: date) -> bool:
        """Commit the whole work tree as of a day; False when nothing has changed."""
        self._git("add", "--all")
        if not self._git("status", "--porcelain"):
            return False
        self._git("commit", "--quiet", "-m", message, day=day)
        return True

    def branch(self, name: str) -> None:
        """Start a branch at the main branch, and switch to it."""
        self._git("switch", "--quiet", "-C", name, MAIN)

    def back_to_main(self) -> None:
        """Switch to the main branch."""
        self._git("switch", "--quiet", MAIN)

    def merge(self, name: str, message: str, day: date) -> None:
        """Merge a branch into the main branch with a merge commit, as GitHub does."""
        self.back_to_main()
        self._git("merge", "--quiet", "--no-ff", "-m", message, name, day=day)

    def commit_of(self, revision: str) -> str:
        """The full name of a revision's commit."""
        return self._git("rev-parse", "--verify", f"{revision}^{{commit}}").strip()

    def _git(self, *arguments: str, day: date | None = None) -> str:
        environment = clean_environment()
        for role in ("AUTHOR", "COMMITTER"):
            environment[f"GIT_{role}_NAME"] = _NAME
            environment[f"GIT_{role}_EMAIL"] = _EMAIL
            if day is not None:
                environment[f"GIT_{role}_DATE"] = f"{day.isoformat()}T09:00:00+00:00"
        done = subprocess.run(  # noqa: S603 - fixed program, arguments from the replay data
            ("git", "-C", str(self.folder), *arguments),  # noqa: S607 - git is found on PATH
            capture_output=True,
            check=False,
            env=environment,
            encoding="utf-8",
        )
        if done.returncode:
            raise EnvironmentProblem(
                f"git {arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}",
                hint="check that git is 2.28 or newer and that the folder can be written",
            )
        return done.stdout


def rows_until(content: bytes, day: date) -> bytes:
    """A measurement file without the rows that are dated after ``day``; empty if none is left.

    A row whose date cannot be read stays, so that roadgate can say so.
    """
    header, *rows = content.splitlines(keepends=True) or [b""]
    kept = [row for row in rows if not _is_after(row, day)]
    return b"".join((header, *kept)) if kept else b""


def _is_after(row: bytes, day: date) -> bool:
    try:
        return date.fromisoformat(row.split(b",", 1)[0].decode()) > day
    except ValueError:
        return False
