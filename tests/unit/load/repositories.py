"""Real folders and git repositories for the tests of this stage."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Example"), ("EMAIL", "example@example.com"))
}


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


def git(root: Path, *arguments: str, date: str = "2026-01-01T12:00:00+00:00") -> str:
    """Run git in a folder, on a day."""
    environment = {
        **os.environ,
        **_IDENTITY,
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_DATE": date,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=environment, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def repository(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A new repository, with one commit if there are files."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", "--initial-branch=main", ".")
    if files:
        commit(root, files)
    return root


def commit(root: Path, files: Mapping[str, str | bytes], date: str = "2026-01-01T12:00:00Z") -> str:
    """Write files and commit everything; returns the commit's name."""
    write(root, files)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=change", date=date)
    return git(root, "rev-parse", "HEAD")


def document(kind: str, name: str, spec: str = "{}", **metadata: str) -> str:
    """One document; ``spec`` and metadata are YAML flow text."""
    more = "".join(f", {key}: {value}" for key, value in metadata.items())
    head = f"apiVersion: roadgate/v1\nkind: {kind}\n"
    return f"{head}metadata: {{name: {name}, title: A title{more}}}\nspec: {spec}\n"


INITIATIVE = document("Initiative", "faster-ci", "{problem: Developers wait., horizon: later}")
