"""What ``policy coverage`` found: rules that nothing here has put to the test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from roadgate.model.finding import Finding


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """One validation of a policy."""

    index: int
    expression: str
    examples: Literal["failed", "held", "never ran"]
    """``held``: it ran in examples and never failed, so nobody saw it find anything."""


@dataclass(frozen=True, slots=True)
class PolicyCoverage:
    """One policy, and what has put it to the test."""

    id: str
    title: str
    house: bool
    matched: int | None
    """How often it was evaluated on this repository; None where it needs a change to judge, or does
    not apply."""
    disabled: str | None
    """Why a binding switches it off; None where none does."""
    applies: bool
    clauses: tuple[ClauseCoverage, ...]

    @property
    def uncovered(self) -> tuple[ClauseCoverage, ...]:
        """The clauses that no example shows failing."""
        return tuple(each for each in self.clauses if each.examples != "failed")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every policy that applies or is switched off here."""

    policies: tuple[PolicyCoverage, ...]
    findings: tuple[Finding, ...] = ()
    """What is wrong with policies and bindings."""

    @property
    def silent(self) -> tuple[PolicyCoverage, ...]:
        """Those that apply and matched nothing here."""
        return tuple(each for each in self.policies if each.applies and each.matched == 0)

    @property
    def gaps(self) -> tuple[PolicyCoverage, ...]:
        """House policies that apply, with a clause that no example shows failing."""
        return tuple(
            each for each in self.policies if each.house and each.applies and each.uncovered
        )

    @property
    def disabled(self) -> tuple[PolicyCoverage, ...]:
        """Those that a binding switches off."""
        return tuple(each for each in self.policies if each.disabled is not None)
