"""The operations that the emulator answers, by GitHub's id: the table to read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rig.github.call import Endpoint
from rig.github.operations import issues, pulls, repos

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIST_FILTERS = frozenset({"labels", "state", "creator", "since", "sort", "direction"})
_PULL_FILTERS = frozenset({"state", "head", "base", "sort", "direction"})
_COMMIT_FILTERS = frozenset({"sha", "path"})
_SINCE = frozenset({"since"})

ENDPOINTS: Mapping[str, Endpoint] = {
    "issues/list-for-repo": Endpoint(issues.list_for_repo, "issues", "read", _LIST_FILTERS),
    "issues/get": Endpoint(issues.get, "issues"),
    "issues/create": Endpoint(issues.create, "issues", "write"),
    "issues/update": Endpoint(issues.update, "issues", "write"),
    "issues/list-comments": Endpoint(issues.list_comments, "issues", "read", _SINCE),
    "issues/create-comment": Endpoint(issues.create_comment, "issues", "write"),
    "issues/update-comment": Endpoint(issues.update_comment, "issues", "write"),
    "issues/delete-comment": Endpoint(issues.delete_comment, "issues", "write"),
    "issues/list-labels-for-repo": Endpoint(issues.list_labels_for_repo, "issues"),
    "issues/get-label": Endpoint(issues.get_label, "issues"),
    "issues/create-label": Endpoint(issues.create_label, "issues", "write"),
    "issues/list-labels-on-issue": Endpoint(issues.list_labels_on_issue, "issues"),
    "issues/add-labels": Endpoint(issues.add_labels, "issues", "write"),
    "issues/set-labels": Endpoint(issues.set_labels, "issues", "write"),
    "issues/remove-label": Endpoint(issues.remove_label, "issues", "write"),
    "issues/remove-all-labels": Endpoint(issues.remove_all_labels, "issues", "write"),
    "pulls/get": Endpoint(pulls.get, "pull_requests"),
    "pulls/list": Endpoint(pulls.list_, "pull_requests", "read", _PULL_FILTERS),
    "pulls/list-reviews": Endpoint(pulls.list_reviews, "pull_requests"),
    "pulls/list-commits": Endpoint(pulls.list_commits, "pull_requests"),
    "pulls/list-files": Endpoint(pulls.list_files, "pull_requests"),
    "repos/list-pull-requests-associated-with-commit": Endpoint(
        pulls.list_for_commit, "pull_requests"
    ),
    "repos/get": Endpoint(repos.get),
    "repos/get-commit": Endpoint(repos.get_commit, "contents"),
    "repos/list-commits": Endpoint(repos.list_commits, "contents", "read", _COMMIT_FILTERS),
    "repos/compare-commits-with-basehead": Endpoint(repos.compare, "contents"),
    "repos/create-commit-status": Endpoint(repos.create_commit_status, "statuses", "write"),
    "repos/get-combined-status-for-ref": Endpoint(repos.combined_status, "statuses"),
    "repos/list-commit-statuses-for-ref": Endpoint(repos.list_statuses, "statuses"),
    "rate-limit/get": Endpoint(repos.rate_limit),
    "users/get-authenticated": Endpoint(repos.authenticated_user),
    "apps/get-authenticated": Endpoint(repos.authenticated_app),
}
