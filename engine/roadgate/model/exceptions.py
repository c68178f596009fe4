"""Exceptions: Decisions that set a policy aside, and how each stands on the day judged."""

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
    UNUSED = "unused"  # what it sets aside holds without it
    EXPIRING = "expiring"  # used, and it ends within 14 days
    USED = "used"


@dataclass(frozen=True, slots=True)
class PolicyException:
    """A Decision of type waive or override, and what it is good for."""

    name: str
    type: str
    policy: str | None
    """None for an override that names only what is displaced."""
    resources: tuple[ResourceRef, ...]
    until: date | None
    date: date
    standing: Standing
    findings: int
    """How many findings it sets aside: each would fail without it."""
    approved_by: tuple[str, ...] = ()
    """Who approves the change that brings it; empty for what is in base."""
