"""Issues, their comments and their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rig.github.call import Call, moment
from rig.github.exchange import RefusedError, Reply, invalid

if TYPE_CHECKING:
    from rig.github.records import Comment, Issue


def list_for_repo(call: Call) -> Reply:
    """List issues; GitHub's list has the pull requests among them."""
    repository = call.repository
    _need_issues(call)
    wanted = {one.casefold() for one in call.query.get("labels", "").split(",") if one}
    state = call.query.get("state", "open")
    creator = call.query.get("creator", "").casefold()
    since = moment(call.query["since"]) if "since" in call.query else None
    found = [
        one
        for one in repository.issues.values()
        if state in {one.state, "all"}
        and wanted <= {label.casefold() for label in one.labels}
        and (not creator or one.author.casefold() == creator)
        and (since is None or one.updated_at >= since)
    ]
    ordered = _ordered(found, call.query.get("sort", "created"))
    if call.query.get("direction", "desc") == "desc":
        ordered.reverse()
    return call.listing(ordered, lambda one: call.views.issue(repository, one))


def _ordered(issues: list[Issue], sort: str) -> list[Issue]:
    """Sort issues, the lesser first."""
    if sort == "updated":
        return sorted(issues, key=lambda one: (one.updated_at, one.number))
    if sort == "comments":
        return sorted(issues, key=lambda one: (len(one.comments), one.number))
    return sorted(issues, key=lambda one: (one.created_at, one.number))


def get(call: Call) -> Reply:
    """Show an issue."""
    return Reply(200, call.views.issue(call.repository, call.issue))


def create(call: Call) -> Reply:
    """Open an issue; labels that do not exist are created, as GitHub does."""
    repository = call.repository
    _need_issues(call)
    issue = repository.add_issue(
        str(call.body["title"]),
        call.body.get("body"),
        labels=_label_names(call.body.get("labels", [])),
        author=call.login,
    )
    issue.assignees = list(call.body.get("assignees", []))
    return Reply(201, call.views.issue(repository, issue))


def update(call: Call) -> Reply:
    """Change an issue: only what the body names."""
    repository, issue = call.repository, call.issue
    if call.body.get("title") is not None:
        issue.title = str(call.body["title"])
    if "body" in call.body:
        issue.body = call.body["body"]
    if call.body.get("labels") is not None:
        issue.labels = repository.label_names(_label_names(call.body["labels"]))
    if "assignees" in call.body:
        issue.assignees = list(call.body["assignees"])
    issue.updated_at = call.world.clock.tick()
    wanted = call.body.get("state", issue.state)
    reason = call.body.get("state_reason")
    if wanted == "closed" and (issue.state == "open" or reason):
        repository.close_issue(issue, reason or "completed", call.login)
    if wanted == "open" and issue.state == "closed":
        repository.reopen_issue(issue)
    return Reply(200, call.views.issue(repository, issue))


def list_comments(call: Call) -> Reply:
    """List an issue's comments, oldest first."""
    repository, issue = call.repository, call.issue
    since = moment(call.query["since"]) if "since" in call.query else None
    found = [one for one in issue.comments if since is None or one.updated_at >= since]
    return call.listing(found, lambda one: call.views.comment(repository, issue, one))


def create_comment(call: Call) -> Reply:
    """Comment on an issue; an installation may not do so on a locked one."""
    repository, issue = call.repository, call.issue
    if issue.locked and call.token.permissions is not None:
        raise RefusedError(403, "Unable to create comment because issue is locked.")
    comment = repository.add_comment(issue.number, call.body["body"], call.login)
    return Reply(201, call.views.comment(repository, issue, comment))


def update_comment(call: Call) -> Reply:
    """Change a comment."""
    issue, comment = _comment(call)
    comment.body = call.body["body"]
    comment.updated_at = issue.updated_at = call.world.clock.tick()
    return Reply(200, call.views.comment(call.repository, issue, comment))


def delete_comment(call: Call) -> Reply:
    """Delete a comment."""
    issue, comment = _comment(call)
    issue.comments.remove(comment)
    issue.updated_at = call.world.clock.tick()
    return Reply(204)


def list_labels_for_repo(call: Call) -> Reply:
    """List a repository's labels."""
    repository = call.repository
    return call.listing(
        list(repository.labels.values()), lambda one: call.views.label(repository, one)
    )


def get_label(call: Call) -> Reply:
    """Show a label; its name compares without case."""
    repository = call.repository
    label = repository.labels.get(call.path["name"].casefold())
    if label is None:
        raise RefusedError(404, "Not Found")
    return Reply(200, call.views.label(repository, label))


def create_label(call: Call) -> Reply:
    """Create a label, unless there is one of that name."""
    repository = call.repository
    name = call.body["name"]
    if name.casefold() in repository.labels:
        raise invalid("Label", "name", "already_exists")
    call.world.clock.tick()
    color = call.body.get("color", "ededed").lower()
    label = repository.add_label(name, color, call.body.get("description"))
    return Reply(201, call.views.label(repository, label))


def list_labels_on_issue(call: Call) -> Reply:
    """List an issue's labels."""
    return call.listing(call.views.labels(call.repository, call.issue), lambda one: one)


def add_labels(call: Call) -> Reply:
    """Add labels to an issue."""
    names = [*call.issue.labels, *_label_names(call.body.get("labels", []))]
    return _set_labels(call, names)


def set_labels(call: Call) -> Reply:
    """Replace an issue's labels."""
    return _set_labels(call, _label_names(call.body.get("labels", [])))


def remove_label(call: Call) -> Reply:
    """Take a label off an issue, which must have it."""
    gone = call.path["name"].casefold()
    kept = [one for one in call.issue.labels if one.casefold() != gone]
    if len(kept) == len(call.issue.labels):
        raise RefusedError(404, "Label does not exist")
    return _set_labels(call, kept)


def remove_all_labels(call: Call) -> Reply:
    """Take every label off an issue."""
    _set_labels(call, [])
    return Reply(204)


def _set_labels(call: Call, names: list[str]) -> Reply:
    """Give an issue exactly these labels."""
    call.issue.labels = call.repository.label_names(names)
    call.issue.updated_at = call.world.clock.tick()
    return Reply(200, call.views.labels(call.repository, call.issue))


def _label_names(labels: list[str | dict[str, str]]) -> list[str]:
    """Return the names out of either form that labels may be sent in."""
    return [one if isinstance(one, str) else one["name"] for one in labels]


def _comment(call: Call) -> tuple[Issue, Comment]:
    """Find the comment that the path names."""
    for issue in call.repository.issues.values():
        for comment in issue.comments:
            if str(comment.id) == call.path["comment_id"]:
                return issue, comment
    raise RefusedError(404, "Not Found")


def _need_issues(call: Call) -> None:
    """Refuse where issues are switched off."""
    if not call.repository.has_issues:
        raise RefusedError(410, "Issues has been disabled in this repository.")
