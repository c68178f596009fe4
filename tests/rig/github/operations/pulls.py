"""Pull requests, their reviews, commits and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rig.github import gitdata
from rig.github.exchange import Reply

if TYPE_CHECKING:
    from pathlib import Path

    from rig.github.call import Call
    from rig.github.records import Issue, Pull
    from rig.github.state import Repository


def get(call: Call) -> Reply:
    """Show a pull request."""
    return Reply(200, call.views.full_pull(call.repository, call.issue, call.pull))


def list_(call: Call) -> Reply:
    """List pull requests, the newest first unless asked otherwise."""
    repository = call.repository
    state = call.query.get("state", "open")
    found = [
        (issue, pull)
        for issue, pull in pulls(repository)
        if state in {issue.state, "all"}
        and call.query.get("base", pull.base_ref) == pull.base_ref
        and call.query.get("head", _head(pull)) == _head(pull)
    ]
    by_update = call.query.get("sort", "created") == "updated"
    found.sort(key=lambda one: one[0].updated_at if by_update else one[0].created_at)
    if call.query.get("direction", "desc") == "desc":
        found.reverse()
    return call.listing(found, lambda one: call.views.pull(repository, *one))


def list_reviews(call: Call) -> Reply:
    """List reviews in the order in which they were submitted."""
    repository, number = call.repository, call.issue.number
    return call.listing(call.pull.reviews, lambda one: call.views.review(repository, number, one))


def list_commits(call: Call) -> Reply:
    """List a pull request's commits, oldest first."""
    repository = call.repository
    found = commits(repository, call.pull)
    return call.listing(found, lambda one: call.views.commit(repository, one))


def list_files(call: Call) -> Reply:
    """List the files that a pull request changes, against the merge base."""
    repository, pull = call.repository, call.pull
    found: list[dict[str, Any]] = []
    if repository.git is not None:
        base = gitdata.merge_base(repository.git, pull.base_sha, pull.head_sha)
        found = gitdata.files(repository.git, base, pull.head_sha)
    return call.listing(found, lambda one: call.views.file(repository, pull.head_sha, one))


def list_for_commit(call: Call) -> Reply:
    """List the pull requests that a commit is part of."""
    repository = call.repository
    sha = call.path["commit_sha"]
    found = [
        one
        for one in pulls(repository)
        if sha in {commit["sha"] for commit in commits(repository, one[1])}
    ]
    return call.listing(found, lambda one: call.views.pull(repository, *one))


def pulls(repository: Repository) -> list[tuple[Issue, Pull]]:
    """Return a repository's pull requests by number."""
    return [(one, one.pull) for one in repository.issues.values() if one.pull is not None]


def commits(repository: Repository, pull: Pull) -> list[dict[str, Any]]:
    """Return a pull request's commits, oldest first; without a git repository, its head alone."""
    if repository.git is None:
        return [_bare_commit(pull)]
    return _range(repository.git, pull)


def _range(git: Path, pull: Pull) -> list[dict[str, Any]]:
    """Read a pull request's commits out of git."""
    return list(reversed(gitdata.commits(git, pull.head_sha, f"^{pull.base_sha}")))


def _bare_commit(pull: Pull) -> dict[str, Any]:
    """Return a commit about which nothing is known but its id."""
    return {
        "sha": pull.head_sha,
        "tree": pull.head_sha,
        "parents": [pull.base_sha],
        "name": "example-pm",
        "email": "example-pm@example.com",
        "date": "2026-01-05T09:00:00Z",
        "message": "change",
    }


def _head(pull: Pull) -> str:
    """Return a pull request's head in the form that the list's filter takes."""
    return f"{pull.head_repository.split('/')[0]}:{pull.head_ref}"
