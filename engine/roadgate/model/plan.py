"""A plan: the changes that bring issues in line with the roadmap, and what stands in their way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.model.exceptions import Account

if TYPE_CHECKING:
    from datetime import date

    from roadgate.model.issues import CloseReason, IssueChange

PLAN_VERSION = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan is carried out, and from what it was made."""

    tracker: str
    """``github`` or ``local``."""
    repository: str
    """``owner/name``, or the folder of the local tracker."""
    revision: str | None = None
    """The commit that was judged, or None for files on disk."""
    engine: str = ""
    """The version of roadgate."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Why the issue of a key is no longer wanted."""

    reason: str
    close_reason: CloseReason = "completed"


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What a person has to sort out; a plan with one makes the run exit with 1."""

    key: str
    issue: int | None
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that ``apply`` needs: it reads nothing else."""

    as_of: date
    place: Place
    changes: tuple[IssueChange, ...]
    """In the order in which they are made."""
    unchanged: int
    """How many issues stay as they are."""
    problems: tuple[PlanProblem, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader should know: issues that rest or are kept, quiet days."""
    managed_label: str = "roadgate"
    """The label by which our issues are listed."""
    trusted_authors: tuple[str, ...] | None = None
    """Whose marked issues are ours; None where everybody's are (the local tracker)."""
    account: Account = field(default_factory=Account)
    """What Decisions and bindings let off on the day judged."""
    version: int = PLAN_VERSION
