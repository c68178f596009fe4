"""Commits of whole trees, written by git itself, many at once."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cases.pull_requests import Link

if TYPE_CHECKING:
    from pathlib import Path

    from cases.pull_requests import Files

COMMIT = "ab" * 20


class Repository:
    """Commits of whole trees, written by git itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stream: list[bytes] = []
        self._commits = 0
        subprocess.run(["git", "init", "-q", str(root)], check=True)

    def commit(self, files: Files, day: str, parent: str | None = None) -> str:
        """A commit of these files and nothing else; the name of its branch."""
        self._commits += 1
        name = f"c{self._commits}"
        seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        lines = [f"commit refs/heads/{name}", f"committer A <a@example.com> {seconds} +0000"]
        lines += ["data 0", *([f"from refs/heads/{parent}"] if parent else []), "deleteall"]
        self._stream.append("\n".join([*lines, ""]).encode())
        for path, content in files.items():
            self._stream.append(_entry(path, content))
        return name

    def write(self) -> None:
        """Store every commit at once."""
        subprocess.run(
            ["git", "-C", str(self.root), "fast-import", "--quiet"],
            input=b"".join(self._stream),
            check=True,
        )

    def shas(self) -> dict[str, str]:
        """The commit of each branch."""
        command = ["git", "-C", str(self.root), "for-each-ref"]
        command += ["--format=%(refname:short) %(objectname)", "refs/heads"]
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return dict(line.split() for line in listed.splitlines())  # type: ignore[misc] # two words


def _entry(path: str, content: bytes | Link) -> bytes:
    """One path of a commit, as git fast-import reads it."""
    if isinstance(content, Link) and content.mode == "160000":
        return f'M 160000 {COMMIT} "{path}"\n'.encode()
    mode, data = (
        ("100644", content)
        if isinstance(content, bytes)
        else (content.mode, content.target.encode())
    )
    return f'M {mode} inline "{path}"\ndata {len(data)}\n'.encode() + data + b"\n"
