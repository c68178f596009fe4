"""What a run has to say about one place: a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roadgate.model.repair import Repair
from roadgate.model.source import ResourceRef, Span


class Severity(StrEnum):
    """How much a finding weighs. Only ``error`` fails a run."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Status(StrEnum):
    """How certain a finding is."""

    FAIL = "fail"  # the rule was evaluated and does not hold
    ERROR = "error"  # the rule could not be evaluated
    UNKNOWN = "unknown"  # something that only the forge knows is missing, such as approvals
    PREVIEW = "preview"  # what the proposed judge would say, once merged


class Enforcement(StrEnum):
    """What may be done about a failing policy."""

    MANDATORY = "mandatory"  # nothing waives it
    OVERRIDABLE = "overridable"  # a Decision may
    ADVISORY = "advisory"  # never fails a run
    DISABLED = "disabled"  # in bindings only, with a reason


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a failing finding does not fail the run."""

    by: str
    """Name of the Decision, or ``baseline``."""
    type: str
    """The Decision's type: ``waive``, ``override``, ``relax``, …"""
    until: date | None


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding speaks of, such as "first defined here"."""

    message: str
    location: Span | None = None
    resource: ResourceRef | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, at one place, with its way out.

    Stages that know no positions leave ``location`` empty and name ``resource`` and ``field``;
    the pipeline fills it in from the documents.
    """

    id: str
    """A policy's id (``RG101``) or an engine code (``RG0xx``, see ``roadgate.model.codes``)."""
    severity: Severity
    message: str
    """Lowercase, no full stop, the user's own words in quotes."""
    fix: str = ""
    status: Status = Status.FAIL
    enforcement: Enforcement = Enforcement.MANDATORY
    resource: ResourceRef | None = None
    field: str | None = None
    """Path in the document: ``spec.evidence``, ``spec.successCriteria[0].target``; items with an id
    may be named by it: ``spec.successCriteria[ci-duration].target``."""
    part: tuple[int, int] | None = None
    """The stretch of the field's text that is meant, in characters of its value."""
    of_name: bool = False
    """Whether it is about the field's name and not its value: a misspelt field, a name as a key."""
    location: Span | None = None
    suppressed: Suppression | None = None
    clause: int | None = None
    """Which validation of a policy found it, from 0; None where none did."""
    group: str = ""
    """What resources that are judged together share, where nothing is called so."""
    spared: bool = False
    """Whether it is told only, since the commitment is older than the policy's first day here."""
    asks: bool = False
    """Whether that validation says itself which override will do: no other does."""
    new: bool | None = None
    """With ``--base``: whether the change brought it. None without."""
    related: tuple[Related, ...] = ()
    repair: Repair | None = None
    """What ``check --fix`` writes, where there is exactly one right answer."""

    @property
    def answer(self) -> Repair | None:
        """The repair, where the characters that it replaces stand in what is judged."""
        gone = self.location is not None and self.location.revision is not None
        placed = self.repair is not None and self.repair.location is not None
        return self.repair if placed and not gone else None

    @property
    def fails(self) -> bool:
        """Whether this finding alone makes the run exit with 1."""
        return (
            self.severity is Severity.ERROR
            and self.suppressed is None
            and self.new is not False
            and self.status is not Status.PREVIEW
        )
