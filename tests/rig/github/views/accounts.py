"""Accounts and repositories as GitHub's JSON, and the helpers that all views share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from datetime import datetime

    from rig.github.state import Repository, World

Json = dict[str, Any]
_USER_LINKS = {
    "followers_url": "followers",
    "following_url": "following{/other_user}",
    "gists_url": "gists{/gist_id}",
    "starred_url": "starred{/owner}{/repo}",
    "subscriptions_url": "subscriptions",
    "organizations_url": "orgs",
    "repos_url": "repos",
    "events_url": "events{/privacy}",
    "received_events_url": "received_events",
}
_REPOSITORY_LINKS = {
    "archive_url": "{archive_format}{/ref}",
    "assignees_url": "assignees{/user}",
    "blobs_url": "git/blobs{/sha}",
    "branches_url": "branches{/branch}",
    "collaborators_url": "collaborators{/collaborator}",
    "comments_url": "comments{/number}",
    "commits_url": "commits{/sha}",
    "compare_url": "compare/{base}...{head}",
    "contents_url": "contents/{+path}",
    "contributors_url": "contributors",
    "deployments_url": "deployments",
    "downloads_url": "downloads",
    "events_url": "events",
    "forks_url": "forks",
    "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}",
    "hooks_url": "hooks",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
    "issues_url": "issues{/number}",
    "keys_url": "keys{/key_id}",
    "labels_url": "labels{/name}",
    "languages_url": "languages",
    "merges_url": "merges",
    "milestones_url": "milestones{/number}",
    "notifications_url": "notifications{?since,all,participating}",
    "pulls_url": "pulls{/number}",
    "releases_url": "releases{/id}",
    "stargazers_url": "stargazers",
    "statuses_url": "statuses/{sha}",
    "subscribers_url": "subscribers",
    "subscription_url": "subscription",
    "tags_url": "tags",
    "teams_url": "teams",
    "trees_url": "git/trees{/sha}",
}


@dataclass(frozen=True, slots=True)
class AccountViews:
    """Renders accounts and repositories for one address.

    Clients refuse links that lead to another host.
    """

    world: World
    url: str
    """The address of the API, without a slash at its end."""

    def user(self, login: str) -> Json:
        """Render an account (``simple-user``)."""
        home = f"{self.url}/users/{quote(login)}"
        return {
            "login": login,
            "id": account_id(login),
            "node_id": f"U_{account_id(login)}",
            "avatar_url": f"{self.url}/avatars/{account_id(login)}",
            "gravatar_id": "",
            "url": home,
            "html_url": _profile_page(self.url, login),
            "type": self.world.account_type(login),
            "site_admin": False,
            **{key: f"{home}/{tail}" for key, tail in _USER_LINKS.items()},
        }

    def profile(self, login: str) -> Json:
        """Render an account with its public details (``public-user``)."""
        texts = ("name", "company", "blog", "location", "email", "hireable", "bio")
        counts = ("public_repos", "public_gists", "followers", "following")
        return {
            **self.user(login),
            **dict.fromkeys(texts),
            **dict.fromkeys(counts, 0),
            "created_at": stamp(self.world.clock.now),
            "updated_at": stamp(self.world.clock.now),
        }

    def repository_root(self, repository: Repository) -> str:
        """Return the address of a repository in the API."""
        return f"{self.url}/repos/{repository.full_name}"

    def minimal_repository(self, repository: Repository) -> Json:
        """Render a repository where another thing belongs to it (``minimal-repository``)."""
        root = self.repository_root(repository)
        return {
            "id": repository.id,
            "node_id": f"R_{repository.id}",
            "name": repository.name,
            "full_name": repository.full_name,
            "owner": self.user(repository.owner),
            "private": repository.private,
            "html_url": f"{self.url}/{repository.full_name}",
            "description": None,
            "fork": False,
            "url": root,
            **{key: f"{root}/{tail}" for key, tail in _REPOSITORY_LINKS.items()},
        }

    def repository(self, repository: Repository) -> Json:
        """Render a repository in full (``full-repository``, and ``repository`` in pulls)."""
        zeros = ("forks", "forks_count", "size", "stargazers_count", "watchers", "watchers_count")
        home = f"{self.url}/{repository.full_name}"
        opened = sum(issue.state == "open" for issue in repository.issues.values())
        return {
            **self.minimal_repository(repository),
            **dict.fromkeys((*zeros, "network_count", "subscribers_count"), 0),
            **dict.fromkeys(("homepage", "language", "mirror_url", "license")),
            **dict.fromkeys(("has_projects", "has_wiki", "has_pages", "has_discussions"), False),
            "has_downloads": False,
            "has_issues": repository.has_issues,
            "clone_url": f"{home}.git",
            "git_url": f"git:{home.partition(':')[2]}.git",
            "ssh_url": f"git@example.com:{repository.full_name}.git",
            "svn_url": home,
            "default_branch": repository.default_branch,
            "archived": repository.archived,
            "disabled": False,
            "visibility": "private" if repository.private else "public",
            "open_issues": opened,
            "open_issues_count": opened,
            "pushed_at": stamp(self.world.clock.now),
            "created_at": stamp(self.world.clock.now),
            "updated_at": stamp(self.world.clock.now),
        }


def stamp(moment: datetime) -> str:
    """Write a moment as GitHub does."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _profile_page(url: str, login: str) -> str:
    """Return the page of an account; a bot's is its app's."""
    app = login.removesuffix("[bot]")
    return f"{url}/{login}" if app == login else f"{url}/apps/{app}"


def account_id(login: str) -> int:
    """Return an id that is the same for the same login in every run."""
    return int.from_bytes(hashlib.sha256(login.encode()).digest()[:4])
