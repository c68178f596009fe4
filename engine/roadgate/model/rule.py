"""A rule as reports explain it: a policy, without its expressions."""

from __future__ import annotations

from dataclasses import dataclass

from roadgate.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a policy is about, for people who read a finding of it."""

    id: str
    title: str
    rationale: str
    severity: Severity
    """Of the policy itself; a finding's own is the effective one."""
    fixes: tuple[str, ...] = ()
    """What its validations propose, without repetition."""
