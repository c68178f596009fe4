"""The account of exceptions: Decisions that let something stand for a while, and rules left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roadgate.model.source import ResourceRef


class Standing(StrEnum):
    """How an exception stands; the first that applies."""

    UNKNOWN_POLICY = "unknown-policy"  # no policy is called so
    REFUSED = "refused"  # the policy is mandatory
    AWAITING = "awaiting"  # approved by nobody yet, as far as is known
    LATER = "later"  # its date is still to come
    EXPIRED = "expired"
    UNUSED = "unused"  # all holds without it
    EXPIRING = "expiring"  # used, and it ends within 14 days
    USED = "used"


@dataclass(frozen=True, slots=True)
class ExceptionEntry:
    """A Decision of type waive, override, continue or pause, and what it is good for."""

    name: str
    type: str
    policy: str | None
    """None for an override that names only what is displaced, for continue and for pause."""
    resources: tuple[ResourceRef, ...]
    until: date | None
    date: date
    standing: Standing
    findings: int
    """How many findings it sets aside: each would fail without it."""
    approved_by: tuple[str, ...] = ()
    """Who approves the change that brings it; empty for what is in base."""


@dataclass(frozen=True, slots=True)
class DisabledPolicy:
    """A policy that a binding switches off."""

    policy: str
    because: str
    match: str | None = None
    """For which resources, as ``owners: checkout``; None for all."""


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is let off on the day judged."""

    exceptions: tuple[ExceptionEntry, ...] = ()
    """Sorted by name."""
    disabled: tuple[DisabledPolicy, ...] = ()
    """In the order of roadgate.yaml."""

    def about(self, ref: ResourceRef) -> Account:
        """What of it is about one resource."""
        return Account(tuple(each for each in self.exceptions if ref in each.resources))
