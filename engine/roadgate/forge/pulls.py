"""What GitHub knows about a pull request, and the status that tells it the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from roadgate.forge import shapes
from roadgate.model.change import Context, Review
from roadgate.model.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadgate.forge.github import Api

StatusState = Literal["pending", "success", "failure", "error"]
ReviewState = Literal["approved", "changes-requested", "commented", "dismissed"]
MAX_DESCRIPTION = 140
_MOST_COMMITS = 250
_STATES: dict[str, ReviewState] = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "changes-requested",
    "COMMENTED": "commented",
    "DISMISSED": "dismissed",
}


class Pulls:
    """The pull requests and commit statuses of one repository."""

    def __init__(self, repository: str, api: Api) -> None:
        """Use those of ``repository``, written ``owner/name``."""
        self._path = f"/repos/{repository}"
        self._api = api

    def set_status(
        self,
        sha: str,
        state: StatusState,
        description: str,
        *,
        target_url: str = "",
        context: str = "roadgate",
    ) -> None:
        """Say on a commit how it was judged; the newest status of a context counts.

        Raises:
            EnvironmentProblem: it cannot be written.
        """
        line = " ".join(description.split())
        short = line if len(line) <= MAX_DESCRIPTION else f"{line[: MAX_DESCRIPTION - 1]}…"
        body = {"state": state, "description": short, "context": context}
        if target_url:
            body["target_url"] = target_url
        self._api.send("POST", f"{self._path}/statuses/{sha}", body)

    def context(self, number: int, pusher: str = "") -> Context:
        """What approvals are judged by. Teams are left out: to read them takes other rights.

        Args:
            number: of the pull request.
            pusher: who pushed the head, where the event says so.

        Raises:
            EnvironmentProblem: it cannot be read, or changed while it was.
        """
        pull = shapes.mapping(self._api.get(f"{self._path}/pulls/{number}"))
        head = shapes.text(pull.get("head"), "sha")
        author = shapes.login(pull.get("user"))
        commits = list(self._api.pages(f"{self._path}/pulls/{number}/commits"))
        reviews = self._api.pages(f"{self._path}/pulls/{number}/reviews")
        _check_complete(number, head, commits)
        return Context(
            pull_request=number,
            base=shapes.text(pull.get("base"), "sha"),
            head=head,
            author=author,
            authors=_authors(author, pusher, commits),
            reviews=tuple(_reviews(reviews)),
        )

    def tip_of_base(self, number: int) -> str:
        """The newest commit of the branch that a pull request wants to go to.

        The pull request's own ``base.sha`` is the branch as it was when the head was last pushed.

        Raises:
            EnvironmentProblem: it cannot be read.
        """
        pull = shapes.mapping(self._api.get(f"{self._path}/pulls/{number}"))
        branch = quote(shapes.text(pull.get("base"), "ref"), safe="")
        return shapes.text(self._api.get(f"{self._path}/commits/{branch}"), "sha")

    def with_head(self, sha: str) -> tuple[int, ...]:
        """The open pull requests whose head is ``sha``, those from forks included.

        Raises:
            EnvironmentProblem: they cannot be read.
        """
        listed = self._api.pages(
            f"{self._path}/pulls", state="open", sort="created", direction="asc"
        )
        return tuple(
            sorted(
                shapes.number(each, "number")
                for each in listed
                if shapes.text(each.get("head"), "sha") == sha
            )
        )


def _check_complete(number: int, head: str, commits: list[Mapping[str, Any]]) -> None:
    """Approvals cannot be judged unless everybody with a hand in the change is known."""
    if len(commits) >= _MOST_COMMITS:
        raise EnvironmentProblem(
            f"pull request #{number} has {_MOST_COMMITS} commits or more, and GitHub lists no more",
            hint="squash its commits, so that its authors can be told from its approvers",
        )
    if head not in {shapes.text(each, "sha") for each in commits}:
        raise EnvironmentProblem(
            f"pull request #{number} was pushed to while it was read", hint="run again"
        )


def _authors(author: str, pusher: str, commits: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """Everybody with a hand in the change; none of them can approve it."""
    found = [author, *([pusher] if pusher else [])]
    for commit in commits:
        for role in ("author", "committer"):
            account = commit.get(role)
            if isinstance(account, dict) and account.get("login"):
                found.append(shapes.login(account))
    unique = {each.casefold(): each for each in reversed(found)}
    return tuple(sorted((name for name in unique.values() if name != "web-flow"), key=str.casefold))


def _reviews(listed: Iterator[Mapping[str, Any]]) -> Iterator[Review]:
    """Submitted reviews, oldest first; a pending one is nobody's word yet."""
    for each in listed:
        submitted = shapes.day(each, "submitted_at")
        state = _STATES.get(shapes.text(each, "state").upper())
        if state is None or submitted is None:
            continue
        yield Review(
            by=shapes.login(each.get("user")),
            state=state,
            commit=shapes.optional_text(each, "commit_id"),
            date=submitted,
        )
