"""A tracker whose connection breaks at one write, before or after it takes effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.model.errors import EnvironmentProblem

if TYPE_CHECKING:
    from roadgate.model.issues import ActualIssue, CloseReason, Tracker


class FaultyTracker:
    """Passes everything on to a real tracker, but for one write."""

    def __init__(self, tracker: Tracker, at: int = 0, *, late: bool = False) -> None:
        """Break at write number ``at`` (from 1; 0 is never), ``late`` after it took effect."""
        self._tracker = tracker
        self._at = at
        self._late = late
        self.writes = 0

    @property
    def name(self) -> str:
        """As the real one's."""
        return self._tracker.name

    @property
    def repository(self) -> str:
        """As the real one's."""
        return self._tracker.repository

    def issues(self, label: str) -> tuple[ActualIssue, ...]:
        """Read on."""
        return self._tracker.issues(label)

    def comments(self, number: int) -> tuple[str, ...]:
        """Read on."""
        return self._tracker.comments(number)

    def ensure_labels(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Not counted."""
        return self._tracker.ensure_labels(labels)

    def create(self, title: str, body: str, labels: tuple[str, ...]) -> int:
        """Counted."""
        number: int = self._write("create", title, body, labels)
        return number

    def update(self, number: int, *, title: str, body: str, labels: tuple[str, ...]) -> None:
        """Counted."""
        self._write("update", number, title=title, body=body, labels=labels)

    def comment(self, number: int, body: str) -> None:
        """Counted."""
        self._write("comment", number, body)

    def close(self, number: int, reason: CloseReason) -> None:
        """Counted."""
        self._write("close", number, reason)

    def reopen(self, number: int) -> None:
        """Counted."""
        self._write("reopen", number)

    def _write(self, verb: str, *args: Any, **named: Any) -> Any:
        self.writes += 1
        breaks = self.writes == self._at
        if breaks and not self._late:
            raise EnvironmentProblem("the connection broke before the write")
        result = getattr(self._tracker, verb)(*args, **named)
        if breaks:
            raise EnvironmentProblem("the connection broke after the write")
        return result
