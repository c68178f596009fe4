"""What a run hands to the reports: everything that ``check`` and ``status`` found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.model.exceptions import Account
from roadgate.model.finding import Finding, Severity
from roadgate.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from roadgate.model.change import Change
    from roadgate.model.seal import Seal
    from roadgate.model.verdict import Verdicts


def count(findings: tuple[Finding, ...], severity: Severity) -> int:
    """How many findings have ``severity`` and are not suppressed."""
    return sum(each.severity is severity and each.suppressed is None for each in findings)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that ``check`` has to say."""

    as_of: date
    files: int
    """How many files were looked at."""
    resources: int
    policies: int
    """How many policies applied."""
    evaluations: int
    """How often one of them was evaluated on a resource, a change or the portfolio."""
    findings: tuple[Finding, ...] = ()
    """In the order of ``roadgate.report.order``."""
    change: Change | None = None
    """With ``--base``; None without."""
    notes: tuple[str, ...] = ()
    """Sentences about the run as a whole, such as "no changes"."""
    account: Account = field(default_factory=Account)
    """What Decisions and bindings let off."""
    rules: tuple[Rule, ...] = ()
    """The policies there are, for reports that explain them."""

    @property
    def errors(self) -> int:
        """Unsuppressed findings of severity error, with ``--base`` the old ones included."""
        return count(self.findings, Severity.ERROR)

    @property
    def warnings(self) -> int:
        """Unsuppressed findings of severity warning."""
        return count(self.findings, Severity.WARNING)

    @property
    def notices(self) -> int:
        """Unsuppressed findings of severity notice."""
        return count(self.findings, Severity.NOTICE)

    @property
    def suppressed(self) -> int:
        """Findings of any severity that a Decision or the baseline suppresses."""
        return sum(each.suppressed is not None for each in self.findings)

    @property
    def failing(self) -> int:
        """Findings that make the run exit with 1: with ``--base`` the new errors only."""
        return sum(each.fails for each in self.findings)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """Everything that ``status`` has to say."""

    verdicts: Verdicts
    seals: Mapping[str, Seal] = field(default_factory=dict)
    """By initiative; one that was never committed has none."""
    findings: tuple[Finding, ...] = ()
    revision: str | None = None
    """The commit that was read, or None for the working tree."""
    notes: tuple[str, ...] = ()
    account: Account = field(default_factory=Account)
    """What Decisions and bindings let off."""

    @property
    def as_of(self) -> date:
        """The day everything was judged at."""
        return self.verdicts.as_of
