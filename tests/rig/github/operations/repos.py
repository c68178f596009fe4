"""Repositories, commits, comparisons and commit statuses; limits and identities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rig.github import gitdata
from rig.github.exchange import RefusedError, Reply

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from rig.github.call import Call

RATE_LIMIT = 5000
_COMPARISON_COMMITS = 250


def get(call: Call) -> Reply:
    """Show a repository."""
    return Reply(200, call.views.repository(call.repository))


def get_commit(call: Call) -> Reply:
    """Show a commit with the files that it changes."""
    repository = call.repository
    git = _git(call)
    sha = gitdata.resolve(git, call.path["ref"])
    commit = gitdata.commits(git, sha, limit=1)[0]
    body = call.views.commit(repository, commit)
    if commit["parents"]:
        changed = gitdata.files(git, commit["parents"][0], sha)
        body["files"] = [call.views.file(repository, sha, one) for one in changed]
    return Reply(200, body)


def list_commits(call: Call) -> Reply:
    """List commits, newest first."""
    repository = call.repository
    git = _git(call)
    start = gitdata.resolve(git, call.query.get("sha", repository.default_branch))
    paths = ["--", call.query["path"]] if "path" in call.query else []
    found = gitdata.commits(git, start, *paths)
    return call.listing(found, lambda one: call.views.commit(repository, one))


def compare(call: Call) -> Reply:
    """Compare two commits, from their merge base on."""
    repository = call.repository
    git = _git(call)
    base_name, dots, head_name = call.path["basehead"].partition("...")
    if not dots:
        raise RefusedError(404, "Not Found")
    base = gitdata.resolve(git, base_name)
    head = gitdata.resolve(git, head_name)
    common = gitdata.merge_base(git, base, head)
    ahead = list(reversed(gitdata.commits(git, head, f"^{base}")))
    behind = len(gitdata.commits(git, base, f"^{head}"))
    page = f"{call.views.url}/{repository.full_name}/compare/{base}...{head}"
    shown, headers = call.page(ahead[-_COMPARISON_COMMITS:])
    show = call.views.commit
    body = {
        "url": call.location,
        "html_url": page,
        "permalink_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "base_commit": show(repository, gitdata.commits(git, base, limit=1)[0]),
        "merge_base_commit": show(repository, gitdata.commits(git, common, limit=1)[0]),
        "status": _status_word(len(ahead), behind),
        "ahead_by": len(ahead),
        "behind_by": behind,
        "total_commits": len(ahead),
        "commits": [show(repository, one) for one in shown],
        "files": [
            call.views.file(repository, head, one) for one in gitdata.files(git, common, head)
        ],
    }
    return Reply(200, body, headers)


def create_commit_status(call: Call) -> Reply:
    """Set a status on a commit, which must exist."""
    repository = call.repository
    if repository.git is not None and not _known(repository.git, call.path["sha"]):
        raise RefusedError(422, f"No commit found for SHA: {call.path['sha']}")
    status = repository.add_status(
        call.path["sha"],
        call.body["state"],
        call.body.get("context", "default"),
        description=call.body.get("description"),
        target_url=call.body.get("target_url") or None,
        creator=call.login,
    )
    return Reply(201, call.views.status(repository, status))


def combined_status(call: Call) -> Reply:
    """Show the newest status of each context, and the worst of them."""
    repository = call.repository
    sha = _sha(call)
    newest = repository.latest_statuses(sha)
    states = {one.state for one in newest}
    shown, headers = call.page(newest)
    root = call.views.repository_root(repository)
    body = {
        "state": _worst(states),
        "sha": sha,
        "total_count": len(newest),
        "statuses": [call.views.status(repository, one) for one in shown],
        "repository": call.views.minimal_repository(repository),
        "commit_url": f"{root}/commits/{sha}",
        "url": f"{root}/commits/{sha}/status",
    }
    return Reply(200, body, headers)


def list_statuses(call: Call) -> Reply:
    """List a commit's statuses, newest first."""
    repository = call.repository
    sha = _sha(call)
    found = [one for one in reversed(repository.statuses) if one.sha == sha]
    return call.listing(found, lambda one: call.views.status(repository, one))


def rate_limit(_call: Call) -> Reply:
    """Show how many requests are left: always all of them."""
    rate = {"limit": RATE_LIMIT, "used": 0, "remaining": RATE_LIMIT, "reset": 2_000_000_000}
    return Reply(200, {"resources": {"core": rate, "search": rate}, "rate": rate})


def authenticated_user(call: Call) -> Reply:
    """Show who asks; an installation is no user."""
    if call.token.permissions is not None:
        raise RefusedError(403, "Resource not accessible by integration")
    return Reply(200, call.views.profile(call.login))


def authenticated_app(_call: Call) -> Reply:
    """Refuse: only the key of an app may ask, and the emulator hands out none."""
    raise RefusedError(401, "A JSON web token could not be decoded")


def _sha(call: Call) -> str:
    """Return the commit that the path names."""
    ref = call.path["ref"]
    git = call.repository.git
    return ref if git is None else gitdata.resolve(git, ref)


def _known(git: Path, sha: str) -> bool:
    """Say whether the commit exists."""
    try:
        gitdata.resolve(git, sha)
    except RefusedError:
        return False
    return True


def _git(call: Call) -> Path:
    """Return the git repository, which these operations cannot do without."""
    if call.repository.git is None:
        raise RefusedError(409, "Git Repository is empty.")
    return call.repository.git


def _worst(states: Collection[str]) -> str:
    """Combine the states of several contexts as GitHub does."""
    if "error" in states or "failure" in states:
        return "failure"
    return "success" if states and "pending" not in states else "pending"


def _status_word(ahead: int, behind: int) -> str:
    """Say how two commits stand to one another."""
    if ahead and behind:
        return "diverged"
    if ahead:
        return "ahead"
    return "behind" if behind else "identical"
