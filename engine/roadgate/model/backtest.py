"""What ``policy backtest`` found: the merged changes that today's policies would have refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from roadgate.model.finding import Finding, Status


@dataclass(frozen=True, slots=True)
class PastChange:
    """One commit of the first-parent history, judged as a pull request on its own day."""

    commit: str
    date: date
    title: str
    outcome: Literal["refused", "unknown", "passed"]
    """``unknown``: it rests on an approval that only the forge knows, or on a file that does not
    load."""
    findings: tuple[Finding, ...] = ()
    """What it would have been refused for, or what is not known."""
    broken: tuple[Finding, ...] = ()
    """What cannot be read in it, by today's schemas."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """A stretch of history, judged."""

    revision: str
    """The newest commit."""
    policies: tuple[str, ...]
    """The ids of the policies that judged."""
    changes: tuple[PastChange, ...]
    """Those that are not passed, oldest first."""
    judged: int
    """How many changes were judged."""
    problems: tuple[Finding, ...] = ()
    """What is wrong with the policies: those with a problem judged nothing."""
    notes: tuple[str, ...] = ()

    def count(self, outcome: Literal["refused", "unknown", "passed"]) -> int:
        """How many changes came to that."""
        told = sum(each.outcome == outcome for each in self.changes)
        return self.judged - len(self.changes) if outcome == "passed" else told

    def by_policy(self) -> dict[str, int]:
        """How many changes each policy or engine check would have refused, most first."""
        counts: dict[str, int] = {}
        for change in self.changes:
            if change.outcome == "refused":
                certain = {each.id for each in change.findings if each.status is not Status.UNKNOWN}
                for name in sorted(certain):
                    counts[name] = counts.get(name, 0) + 1
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
