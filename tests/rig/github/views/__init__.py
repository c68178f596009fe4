"""How what the emulator holds looks as GitHub's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rig.github.views.accounts import Json, stamp
from rig.github.views.issues import IssueViews

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rig.github.records import Status
    from rig.github.state import Repository

__all__ = ["Json", "Views"]


class Views(IssueViews):
    """Renders everything; statuses, commits and files here."""

    def status(self, repository: Repository, status: Status) -> Json:
        """Render a status."""
        return {
            "url": f"{self.repository_root(repository)}/statuses/{status.sha}",
            "avatar_url": self.user(status.creator)["avatar_url"],
            "id": status.id,
            "node_id": f"S_{status.id}",
            "state": status.state,
            "description": status.description,
            "target_url": status.target_url,
            "context": status.context,
            "created_at": stamp(status.created_at),
            "updated_at": stamp(status.created_at),
            "creator": self.user(status.creator),
        }

    def commit(self, repository: Repository, commit: Mapping[str, Any]) -> Json:
        """Render a commit that ``gitdata`` has read."""
        root = self.repository_root(repository)
        page = f"{self.url}/{repository.full_name}"
        person = {"name": commit["name"], "email": commit["email"], "date": commit["date"]}
        login = commit["name"] if "@" not in commit["name"] and " " not in commit["name"] else None
        user = self.user(login) if login else None
        return {
            "sha": commit["sha"],
            "node_id": f"C_{commit['sha']}",
            "url": f"{root}/commits/{commit['sha']}",
            "html_url": f"{page}/commit/{commit['sha']}",
            "comments_url": f"{root}/commits/{commit['sha']}/comments",
            "author": user,
            "committer": user,
            "parents": [
                {"sha": one, "url": f"{root}/commits/{one}", "html_url": f"{page}/commit/{one}"}
                for one in commit["parents"]
            ],
            "commit": {
                "url": f"{root}/git/commits/{commit['sha']}",
                "author": person,
                "committer": person,
                "message": commit["message"],
                "comment_count": 0,
                "tree": {"sha": commit["tree"], "url": f"{root}/git/trees/{commit['tree']}"},
            },
        }

    def file(self, repository: Repository, sha: str, file: Mapping[str, Any]) -> Json:
        """Render a changed file that ``gitdata`` has read (``diff-entry``)."""
        root = self.repository_root(repository)
        page = f"{self.url}/{repository.full_name}"
        name = quote(file["filename"])
        return {
            **file,
            "changes": file["additions"] + file["deletions"],
            "blob_url": f"{page}/blob/{sha}/{name}",
            "raw_url": f"{page}/raw/{sha}/{name}",
            "contents_url": f"{root}/contents/{name}?ref={sha}",
        }
