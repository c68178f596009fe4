"""What the emulated GitHub holds: accounts, repositories, issues, pull requests, statuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from rig.github.records import Comment, Issue, Label, Pull, Review, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rig.github.records import IssueState, ReviewState, StatusState

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
AccountType = Literal["User", "Bot", "Organization"]
Level = Literal["read", "write"]


@dataclass(slots=True)
class Token:
    """Who a token speaks for, and what it may do.

    ``permissions`` of None may do everything, as a person with admin rights may; a dict names the
    permissions of an installation, like those of a job in a workflow.
    """

    login: str
    permissions: dict[str, Level] | None = None


@dataclass(slots=True)
class Clock:
    """The emulator's time: it moves one second with each write, and otherwise by hand."""

    now: datetime = START

    def tick(self) -> datetime:
        """Move on by a second and return the new time."""
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(slots=True)
class Ids:
    """Hands out ids that are unique over all kinds."""

    last: int = 1000

    def next(self) -> int:
        """Return an unused id."""
        self.last += 1
        return self.last


@dataclass(slots=True)
class Repository:
    """One repository and what is in it; the ``add_`` methods build up a situation for a test."""

    id: int
    full_name: str
    clock: Clock
    ids: Ids
    private: bool = False
    archived: bool = False
    has_issues: bool = True
    default_branch: str = "main"
    git: Path | None = None
    """A real git repository that answers for commits, files and comparisons."""
    labels: dict[str, Label] = field(default_factory=dict)
    """By the name in lower case: GitHub compares label names without case."""
    issues: dict[int, Issue] = field(default_factory=dict)
    """By number, pull requests included."""
    statuses: list[Status] = field(default_factory=list)
    """Oldest first."""

    @property
    def owner(self) -> str:
        """The account that the repository belongs to."""
        return self.full_name.partition("/")[0]

    @property
    def name(self) -> str:
        """The name without its owner."""
        return self.full_name.partition("/")[2]

    def add_label(self, name: str, color: str = "ededed", description: str | None = None) -> Label:
        """Create a label; an existing one of that name is returned as it is."""
        label = Label(self.ids.next(), name, color, description)
        return self.labels.setdefault(name.casefold(), label)

    def label_names(self, names: Iterable[str]) -> list[str]:
        """Return the labels' own spelling without repetition; unknown ones are created."""
        return list(dict.fromkeys(self.add_label(name).name for name in names))

    def add_issue(  # noqa: PLR0913 -- one argument a field
        self,
        title: str,
        body: str | None = None,
        *,
        labels: Iterable[str] = (),
        author: str = "example-pm",
        state: IssueState = "open",
        locked: bool = False,
    ) -> Issue:
        """Create an issue under the next number."""
        now = self.clock.tick()
        number = max(self.issues, default=0) + 1
        issue = Issue(self.ids.next(), number, title, author, now, now, body, locked=locked)
        issue.labels = self.label_names(labels)
        self.issues[number] = issue
        if state == "closed":
            self.close_issue(issue, "completed", author)
        return issue

    def close_issue(self, issue: Issue, reason: str, by: str) -> None:
        """Close an issue."""
        issue.state, issue.state_reason = "closed", reason
        issue.closed_at, issue.closed_by = self.clock.now, by
        issue.updated_at = self.clock.now

    def reopen_issue(self, issue: Issue) -> None:
        """Open an issue again."""
        issue.state, issue.state_reason = "open", "reopened"
        issue.closed_at = issue.closed_by = None
        issue.updated_at = self.clock.now

    def add_comment(self, number: int, body: str, author: str = "example-pm") -> Comment:
        """Add a comment to an issue or pull request."""
        now = self.clock.tick()
        comment = Comment(self.ids.next(), author, body, now, now)
        self.issues[number].comments.append(comment)
        self.issues[number].updated_at = now
        return comment

    def add_pull(  # noqa: PLR0913 -- one argument a field
        self,
        title: str,
        *,
        head_sha: str,
        base_sha: str,
        head_ref: str = "change",
        base_ref: str = "main",
        head_repository: str | None = None,
        author: str = "example-pm",
        body: str | None = None,
        draft: bool = False,
    ) -> Issue:
        """Create a pull request under the next number."""
        issue = self.add_issue(title, body, author=author)
        source = head_repository or self.full_name
        issue.pull = Pull(head_ref, head_sha, source, base_ref, base_sha, draft)
        return issue

    def add_review(
        self, number: int, by: str, state: ReviewState = "APPROVED", *, commit: str | None = None
    ) -> Review:
        """Add a review; without ``commit``, of the present head.

        Raises:
            ValueError: the number is an issue's.
        """
        pull = self.issues[number].pull
        if pull is None:
            raise ValueError(f"{number} is no pull request")
        sha = commit or pull.head_sha
        review = Review(self.ids.next(), by, state, sha, "", self.clock.tick())
        pull.reviews.append(review)
        return review

    def add_status(  # noqa: PLR0913 -- one argument a field
        self,
        sha: str,
        state: StatusState,
        context: str = "default",
        *,
        description: str | None = None,
        target_url: str | None = None,
        creator: str = "example-pm",
    ) -> Status:
        """Add a commit status."""
        status = Status(
            self.ids.next(),
            sha,
            state,
            context,
            description,
            target_url,
            creator,
            self.clock.tick(),
        )
        self.statuses.append(status)
        return status

    def latest_statuses(self, sha: str) -> list[Status]:
        """Return the newest status of each context on a commit; contexts compare without case."""
        newest = {one.context.casefold(): one for one in self.statuses if one.sha == sha}
        return list(newest.values())


@dataclass(slots=True)
class World:
    """Everything that the emulator holds."""

    clock: Clock = field(default_factory=Clock)
    ids: Ids = field(default_factory=Ids)
    accounts: dict[str, AccountType] = field(default_factory=dict)
    """Only those that are no plain users: an organisation, say. ``…[bot]`` is a bot."""
    repositories: dict[str, Repository] = field(default_factory=dict)
    """By full name in lower case."""
    tokens: dict[str, Token] = field(default_factory=dict)

    def repository(self, full_name: str, *, git: Path | None = None) -> Repository:
        """Return the repository of that name; a new one if there is none."""
        known = self.repositories.get(full_name.casefold())
        if known is None:
            known = Repository(self.ids.next(), full_name, self.clock, self.ids)
            self.repositories[full_name.casefold()] = known
        known.git = git or known.git
        return known

    def token(
        self,
        value: str,
        login: str = "github-actions[bot]",
        permissions: dict[str, Level] | None = None,
    ) -> None:
        """Let a token in."""
        self.tokens[value] = Token(login, permissions)

    def account_type(self, login: str) -> AccountType:
        """Return what sort of account a login is."""
        return self.accounts.get(login, "Bot" if login.endswith("[bot]") else "User")
