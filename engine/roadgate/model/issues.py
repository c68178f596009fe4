"""Issues: those that should be, those that are, and the changes between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

ActionKind = Literal["create", "update", "comment", "reopen", "close", "label"]
CloseReason = Literal["completed", "not_planned"]


@dataclass(frozen=True, slots=True)
class DesiredIssue:
    """An issue that should be open."""

    key: str
    """Identity: ``missed/<initiative>``, ``kill/<initiative>/<threshold>``, …"""
    title: str
    body: str
    """The managed block, without its markers."""
    labels: tuple[str, ...]
    reason: str
    """Why it is there, in one line."""
    news: str = ""
    """What a comment says when the issue is reopened or its state changes; empty for none."""


@dataclass(frozen=True, slots=True)
class KeptIssue:
    """A key whose issue stays as it is, open or closed, because its state is unknown today."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class ActualIssue:
    """An issue as the tracker shows it."""

    number: int
    title: str
    body: str
    state: Literal["open", "closed"]
    state_reason: str | None
    labels: tuple[str, ...]
    author: str
    url: str = ""
    closed_on: date | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class IssueChange:
    """One write."""

    action: ActionKind
    key: str
    issue: int | None
    observed: str | None
    """Digest of what was seen when the plan was made; ``apply`` refuses when it differs."""
    title: str
    body: str
    """The whole new body; for a comment, its text; for a close, the comment that says why."""
    labels: tuple[str, ...]
    reason: str
    close_reason: CloseReason | None = None


class Tracker(Protocol):
    """Where issues live. Every method may raise EnvironmentProblem."""

    @property
    def name(self) -> str:
        """``github`` or ``local``."""

    @property
    def repository(self) -> str:
        """Whose issues they are: ``owner/name``, or the folder."""

    def ensure_labels(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Create the labels that are missing; returns those created."""

    def issues(self, label: str) -> tuple[ActualIssue, ...]:
        """Every issue with ``label``, open and closed, without pull requests, by number."""

    def create(self, title: str, body: str, labels: tuple[str, ...]) -> int:
        """Open an issue; returns its number. Never repeated by itself: a lost answer raises."""

    def update(self, number: int, *, title: str, body: str, labels: tuple[str, ...]) -> None:
        """Set title, body and labels."""

    def comment(self, number: int, body: str) -> None:
        """Add a comment."""

    def comments(self, number: int) -> tuple[str, ...]:
        """The bodies of an issue's comments, oldest first."""

    def close(self, number: int, reason: CloseReason) -> None:
        """Close it."""

    def reopen(self, number: int) -> None:
        """Open it again."""
