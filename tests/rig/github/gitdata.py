"""Commits, files and comparisons, read from a real git repository."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from rig.github.exchange import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

_FIELDS = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%B"
_STATUS = {"A": "added", "M": "modified", "D": "removed", "R": "renamed", "T": "changed"}


def resolve(repository: Path, revision: str) -> str:
    """Return the id of the commit that a revision names.

    Raises:
        RefusedError: there is none, which GitHub answers with 404 or 422.
    """
    found = _git(
        repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if not found:
        raise RefusedError(404, "Not Found")
    return found.strip()


def commits(repository: Path, *revisions: str, limit: int | None = None) -> list[dict[str, Any]]:
    """Return the commits of a range, newest first."""
    count = [] if limit is None else [f"--max-count={limit}"]
    text = _git(repository, "log", "-z", f"--format={_FIELDS}%x01", *count, *revisions)
    return [_commit(one.lstrip("\0")) for one in text.split("\x01") if one.strip("\0\n")]


def merge_base(repository: Path, base: str, head: str) -> str:
    """Return the commit at which two histories part.

    Raises:
        RefusedError: they have nothing in common.
    """
    found = _git(repository, "merge-base", base, head).strip()
    if not found:
        raise RefusedError(404, "No common ancestor")
    return found


def files(repository: Path, base: str, head: str) -> list[dict[str, Any]]:
    """Return the files in which two commits differ, renames followed."""
    names = _git(repository, "diff", "--name-status", "-z", "-M", base, head).split("\0")
    out = []
    while len(names) > 1:
        letter = names.pop(0)[0]
        previous = names.pop(0) if letter == "R" else None
        file = _file(repository, (base, head), _STATUS[letter], names.pop(0), previous)
        out.append(file)
    return out


def _file(
    repository: Path, sides: tuple[str, str], status: str, name: str, previous: str | None
) -> dict[str, Any]:
    """Return what GitHub says about one changed file."""
    paths = [name] if previous is None else [previous, name]
    numbers = _git(repository, "diff", "--numstat", "-M", *sides, "--", *paths).split("\t")
    side = sides[0] if status == "removed" else sides[1]
    out: dict[str, Any] = {
        "sha": _git(repository, "rev-parse", f"{side}:{name}").strip(),
        "filename": name,
        "status": status,
        "additions": int(numbers[0]) if numbers[0].isdecimal() else 0,
        "deletions": int(numbers[1]) if numbers[1].isdecimal() else 0,
    }
    return out if previous is None else {**out, "previous_filename": previous}


def _commit(text: str) -> dict[str, Any]:
    """Read one commit in the format asked for."""
    sha, tree, parents, name, email, moment, message = text.split("\0", 6)
    return {
        "sha": sha,
        "tree": tree,
        "parents": parents.split(),
        "name": name,
        "email": email,
        "date": moment,
        "message": message.strip(),
    }


def _git(repository: Path, *arguments: str) -> str:
    """Run git; a failure is an empty answer."""
    done = subprocess.run(
        ["git", "-C", str(repository), *arguments], capture_output=True, check=False, text=True
    )
    return done.stdout if done.returncode == 0 else ""
