"""Commits, files and comparisons come from a real git repository."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from rig.github.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from rig.github import Emulator

ROOT = "/repos/example/roadmap"


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository whose branch ``change`` renames, removes, adds and changes a file."""
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "user.name", "example-pm")
    git(tmp_path, "config", "user.email", "example-pm@example.com")
    for name in ("changed", "renamed", "removed"):
        (tmp_path / name).write_text(f"{name}\n" * 5)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    git(tmp_path, "checkout", "-q", "-b", "change")
    (tmp_path / "changed").write_text("changed\n" * 6)
    (tmp_path / "added").write_text("added\n")
    git(tmp_path, "mv", "renamed", "new name")
    git(tmp_path, "rm", "-q", "removed")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "second")
    return tmp_path


@pytest.fixture
def client(github: Emulator, folder: Path) -> Client:
    """A client of a repository with one pull request."""
    github.world.token("t0ken", "example-pm")
    repository = github.repository("example/roadmap")
    repository.git = folder
    head, base = git(folder, "rev-parse", "change"), git(folder, "rev-parse", "main")
    repository.add_pull("second", head_sha=head, base_sha=base)
    return Client(github.url)


def test_files_of_a_pull_request(client: Client) -> None:
    """Each file says what happened to it and how many lines."""
    files = client.get(f"{ROOT}/pulls/1/files").body

    told = {one["filename"]: (one["status"], one["additions"], one["deletions"]) for one in files}
    assert told == {
        "added": ("added", 1, 0),
        "changed": ("modified", 1, 0),
        "new name": ("renamed", 0, 0),
        "removed": ("removed", 0, 5),
    }
    assert [one["previous_filename"] for one in files if one["status"] == "renamed"] == ["renamed"]


def test_commits_of_a_pull_request(client: Client, folder: Path) -> None:
    """Only what the base does not have."""
    commits = client.get(f"{ROOT}/pulls/1/commits").body

    assert [one["commit"]["message"] for one in commits] == ["second"]
    assert commits[0]["parents"][0]["sha"] == git(folder, "rev-parse", "main")
    assert commits[0]["author"]["login"] == "example-pm"


def test_comparison(client: Client) -> None:
    """How far two branches are apart, from where they parted."""
    found = client.get(f"{ROOT}/compare/main...change").body

    assert (found["status"], found["ahead_by"], found["behind_by"]) == ("ahead", 1, 0)
    assert len(found["files"]) == 4
    assert client.get(f"{ROOT}/compare/change...main").body["status"] == "behind"


def test_unknown_commits_are_refused(client: Client) -> None:
    """What is not in the repository is not found, and takes no status."""
    assert client.get(f"{ROOT}/commits/{'0' * 40}").status == 404
    assert client.post(f"{ROOT}/statuses/{'0' * 40}", {"state": "success"}).status == 422


def test_commit_by_branch(client: Client, folder: Path) -> None:
    """A branch's name leads to its commit."""
    found = client.get(f"{ROOT}/commits/change").body

    assert found["sha"] == git(folder, "rev-parse", "change")
    assert len(found["files"]) == 4
