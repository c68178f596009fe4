"""The records that a repository is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

IssueState = Literal["open", "closed"]
ReviewState = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]
StatusState = Literal["error", "failure", "pending", "success"]


@dataclass(slots=True)
class Label:
    """A label of one repository."""

    id: int
    name: str
    color: str
    description: str | None = None


@dataclass(slots=True)
class Comment:
    """A comment on an issue or pull request."""

    id: int
    author: str
    body: str
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True)
class Review:
    """A review of a pull request."""

    id: int
    author: str
    state: ReviewState
    commit: str
    body: str
    submitted_at: datetime


@dataclass(slots=True)
class Pull:
    """What makes an issue a pull request."""

    head_ref: str
    head_sha: str
    head_repository: str
    base_ref: str
    base_sha: str
    draft: bool = False
    merged_at: datetime | None = None
    reviews: list[Review] = field(default_factory=list)


@dataclass(slots=True)
class Issue:
    """An issue; with ``pull`` set, a pull request, which shares the numbers of issues."""

    id: int
    number: int
    title: str
    author: str
    created_at: datetime
    updated_at: datetime
    body: str | None = None
    state: IssueState = "open"
    state_reason: str | None = None
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    locked: bool = False
    closed_at: datetime | None = None
    closed_by: str | None = None
    pull: Pull | None = None


@dataclass(slots=True)
class Status:
    """One commit status; of each context the newest counts."""

    id: int
    sha: str
    state: StatusState
    context: str
    description: str | None
    target_url: str | None
    creator: str
    created_at: datetime
