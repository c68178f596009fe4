"""What ``policy diff`` found: what other policies would do to the roadmap of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roadgate.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Reweighed:
    """A finding that both sides have, and that weighs otherwise."""

    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """The same roadmap, judged by two sets of policies."""

    as_of: date
    base: str
    """The commit whose policies come first."""
    head: str | None
    """The other; None for the files on disk."""
    added: tuple[str, ...]
    """Policies that apply in head only."""
    removed: tuple[str, ...]
    appear: tuple[Finding, ...]
    disappear: tuple[Finding, ...]
    change: tuple[Reweighed, ...]
    """Severity or enforcement differ, or a Decision sets it aside on one side only."""
    problems: tuple[Finding, ...] = ()
    """What is wrong with the policies of head: those judged nothing."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.appear or self.disappear or self.change)
