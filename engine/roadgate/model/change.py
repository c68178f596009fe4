"""What a pull request does to the roadmap, and what the forge knows about the pull request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from roadgate.model.finding import Finding
from roadgate.model.source import ResourceRef, Span
from roadgate.model.workflow import Move


class Effect(StrEnum):
    """What a changed field does to a promise."""

    HARDER = "harder"
    FREE = "free"
    EASIER = "easier"
    UNORDERED = "unordered"  # no order of harder and easier: needs a Decision as well

    @property
    def needs_decision(self) -> bool:
        """Whether a protected promise may change so only with a Decision."""
        return self in (Effect.EASIER, Effect.UNORDERED)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after; values as they are written in YAML, or None."""

    field: str
    """Items with an id are named by it: ``spec.successCriteria[ci-duration].target``."""
    before: str | None
    after: str | None
    effect: Effect
    protected: bool
    """Whether the resource's promise is protected, so that the effect matters."""
    decision: str | None = None
    """The Decision that allows it."""
    approval: Literal["yes", "no", "unknown"] | None = None
    """Whether that Decision is approved; None where no approval is asked for."""
    note: str = ""
    """What else there is to know: that it is an equivalent conversion, say."""
    location: Span | None = None
    """Where it stands, when that is no field of the resource's document."""


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """One resource that was added, changed, moved or removed."""

    action: Literal["added", "changed", "moved", "removed"]
    ref: ResourceRef
    """As it is called in head; in base, when it was removed."""
    base_path: str | None
    head_path: str | None
    fields: tuple[FieldChange, ...] = ()
    former_name: str | None = None
    """The name in base, when an alias carries the identity over."""


@dataclass(frozen=True, slots=True)
class JudgeChange:
    """A change of what judges: a policy, a binding, a setting."""

    what: str
    """``Policy/name``, or a field path of roadgate.yaml."""
    effect: Literal["weaker", "stronger", "neutral", "watched"]
    """``watched``: what runs the judge is edited, and nobody can tell what that does."""
    before: str | None
    after: str | None
    decision: str | None = None
    """The Decision of type relax that names it."""
    at: str = ""
    """The field that changed, in the resource or in roadgate.yaml."""
    location: Span | None = None
    """Where it stands, when that is neither."""
    note: str = ""
    """How much it weighs, where that depends on what base asks for."""
    approval: Literal["yes", "no", "unknown"] | None = None
    """Whether that Decision is approved; None where no approval is asked for."""


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A Decision that the change brings, and whether it counts for the change."""

    name: str
    approval: Literal["yes", "no", "unknown"] | None
    """None where nobody can be asked for approval."""
    problem: str = ""
    """Why it counts for nothing, whoever approves it."""

    @property
    def counts(self) -> bool:
        """Whether it counts: sound, and approved where approval is asked for."""
        return not self.problem and self.approval in ("yes", None)


@dataclass(frozen=True, slots=True)
class Change:
    """Everything between the merge base and head."""

    base: str
    merge_base: str
    head: str | None
    """None for the working tree."""
    resources: tuple[ResourceChange, ...] = ()
    judge: tuple[JudgeChange, ...] = ()
    decisions: tuple[NewDecision, ...] = ()
    """Sorted by name. Those that do not count play no part in judging this change."""
    moves: tuple[Move, ...] = ()
    """What goes from one state of its Lifecycle to another."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the change itself: its Decisions, its approvals, its context."""


@dataclass(frozen=True, slots=True)
class Review:
    """One review of the pull request."""

    by: str
    state: Literal["approved", "changes-requested", "commented", "dismissed"]
    commit: str
    date: date


@dataclass(frozen=True, slots=True)
class Context:
    """What the forge knows about a pull request (the context file)."""

    pull_request: int | None
    base: str
    head: str
    author: str
    authors: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    """In order of submission."""
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    evaluated: str | None = None
    """In a merge queue: the commit that is evaluated, whose parent is ``head``."""

    def speaks_of(self, head: str | None) -> bool:
        """Whether it is about that commit; of another one nothing counts."""
        return head is not None and head in (self.head, self.evaluated)
