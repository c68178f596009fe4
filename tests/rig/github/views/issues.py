"""Issues and pull requests as GitHub's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from rig.github.state import Repository
from rig.github.views.accounts import AccountViews, Json, account_id, stamp

if TYPE_CHECKING:
    from rig.github.records import Comment, Issue, Label, Pull, Review


class IssueViews(AccountViews):
    """Renders issues, pull requests and what hangs on them."""

    def label(self, repository: Repository, label: Label) -> Json:
        """Render a label."""
        return {
            "id": label.id,
            "node_id": f"LA_{label.id}",
            "url": f"{self.repository_root(repository)}/labels/{quote(label.name)}",
            "name": label.name,
            "description": label.description,
            "color": label.color,
            "default": False,
        }

    def labels(self, repository: Repository, issue: Issue) -> list[Json]:
        """Render an issue's labels."""
        return [self.label(repository, repository.labels[one.casefold()]) for one in issue.labels]

    def issue(self, repository: Repository, issue: Issue) -> Json:
        """Render an issue; a pull request carries ``pull_request``, as GitHub's list has it."""
        root = self.repository_root(repository)
        url = f"{root}/issues/{issue.number}"
        page = "issues" if issue.pull is None else "pull"
        out = {
            "id": issue.id,
            "node_id": f"I_{issue.id}",
            "url": url,
            "repository_url": root,
            "labels_url": f"{url}/labels{{/name}}",
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "html_url": f"{self.url}/{repository.full_name}/{page}/{issue.number}",
            "number": issue.number,
            "state": issue.state,
            "state_reason": issue.state_reason,
            "title": issue.title,
            "body": issue.body,
            "user": self.user(issue.author),
            "labels": self.labels(repository, issue),
            "assignee": self.user(issue.assignees[0]) if issue.assignees else None,
            "assignees": [self.user(one) for one in issue.assignees],
            "milestone": None,
            "locked": issue.locked,
            "active_lock_reason": None,
            "comments": len(issue.comments),
            "closed_at": stamp(issue.closed_at) if issue.closed_at else None,
            "closed_by": self.user(issue.closed_by) if issue.closed_by else None,
            "created_at": stamp(issue.created_at),
            "updated_at": stamp(issue.updated_at),
            "author_association": "MEMBER",
        }
        if issue.pull is not None:
            out["pull_request"] = self._pull_links(repository, issue.number)
        return out

    def _pull_links(self, repository: Repository, number: int) -> Json:
        """Render the addresses of a pull request."""
        page = f"{self.url}/{repository.full_name}/pull/{number}"
        return {
            "url": f"{self.repository_root(repository)}/pulls/{number}",
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
        }

    def comment(self, repository: Repository, issue: Issue, comment: Comment) -> Json:
        """Render a comment."""
        issue_url = f"{self.repository_root(repository)}/issues/{issue.number}"
        page = f"{self.url}/{repository.full_name}/issues/{issue.number}"
        return {
            "id": comment.id,
            "node_id": f"IC_{comment.id}",
            "url": f"{self.repository_root(repository)}/issues/comments/{comment.id}",
            "html_url": f"{page}#issuecomment-{comment.id}",
            "issue_url": issue_url,
            "body": comment.body,
            "user": self.user(comment.author),
            "created_at": stamp(comment.created_at),
            "updated_at": stamp(comment.updated_at),
            "author_association": "MEMBER",
        }

    def pull(self, repository: Repository, issue: Issue, pull: Pull) -> Json:
        """Render a pull request as lists have it (``pull-request-simple``)."""
        links = self._pull_links(repository, issue.number)
        root = self.repository_root(repository)
        statuses = f"{root}/statuses/{pull.head_sha}"
        more = {
            "issue": f"{root}/issues/{issue.number}",
            "comments": f"{root}/issues/{issue.number}/comments",
            "commits": f"{links['url']}/commits",
            "review_comments": f"{links['url']}/comments",
            "review_comment": f"{root}/pulls/comments{{/number}}",
            "statuses": statuses,
        }
        kept = ("number", "title", "body", "user", "labels", "assignee", "assignees", "milestone")
        state = ("state", "locked", "created_at", "updated_at", "closed_at", "author_association")
        shown = self.issue(repository, issue)
        return {
            **links,
            **{f"{key}_url": address for key, address in more.items()},
            **{key: shown[key] for key in (*kept, *state)},
            "id": issue.id,
            "node_id": f"PR_{issue.id}",
            "draft": pull.draft,
            "merged_at": stamp(pull.merged_at) if pull.merged_at else None,
            "merge_commit_sha": None,
            "auto_merge": None,
            "requested_reviewers": [],
            "requested_teams": [],
            "head": self._side(pull.head_repository, pull.head_ref, pull.head_sha),
            "base": self._side(repository.full_name, pull.base_ref, pull.base_sha),
            "_links": {
                **{key: {"href": address} for key, address in more.items()},
                "self": {"href": links["url"]},
                "html": {"href": links["html_url"]},
            },
        }

    def full_pull(self, repository: Repository, issue: Issue, pull: Pull) -> Json:
        """Render a pull request in full (``pull-request``)."""
        counts = ("additions", "deletions", "changed_files", "review_comments")
        return {
            **self.pull(repository, issue, pull),
            **dict.fromkeys(counts, 0),
            "commits": 1,
            "comments": len(issue.comments),
            "merged": pull.merged_at is not None,
            "merged_by": None,
            "mergeable": True,
            "mergeable_state": "clean",
            "rebaseable": True,
            "maintainer_can_modify": False,
        }

    def _side(self, full_name: str, ref: str, sha: str) -> Json:
        """Render one side of a pull request."""
        owner = full_name.partition("/")[0]
        known = self.world.repositories.get(full_name.casefold())
        repository = known or Repository(
            account_id(full_name), full_name, self.world.clock, self.world.ids
        )
        return {
            "label": f"{owner}:{ref}",
            "ref": ref,
            "sha": sha,
            "user": self.user(owner),
            "repo": self.repository(repository),
        }

    def review(self, repository: Repository, number: int, review: Review) -> Json:
        """Render a review."""
        links = self._pull_links(repository, number)
        page = f"{links['html_url']}#pullrequestreview-{review.id}"
        return {
            "id": review.id,
            "node_id": f"PRR_{review.id}",
            "user": self.user(review.author),
            "body": review.body,
            "state": review.state,
            "commit_id": review.commit,
            "submitted_at": stamp(review.submitted_at),
            "html_url": page,
            "pull_request_url": links["url"],
            "author_association": "MEMBER",
            "_links": {"html": {"href": page}, "pull_request": {"href": links["url"]}},
        }
