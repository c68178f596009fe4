"""What ``policy list`` and ``policy test`` hand to the reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from roadgate.model.finding import Enforcement, Finding, Severity
from roadgate.model.source import Span


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """One policy, and how it is bound here."""

    id: str
    title: str
    pack: str
    """The built-in pack that it belongs to, or ``house``."""
    scope: str
    severity: Severity
    enforcement: Enforcement
    """As bound here; its own, where nothing binds it."""
    presets: tuple[str, ...]
    """The presets that it belongs to."""
    applies: bool
    because: str
    """Why it is disabled here; empty where it is not."""
    since: date | None
    """Commitments made before this day are spared."""
    matched: int | None
    """How often it was evaluated here; None where it does not apply or needs a change to judge."""
    failing: int | None
    """How many of those found something, Decisions set aside; None as above."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every policy there is for a project."""

    as_of: date
    policies: tuple[PolicyEntry, ...]
    findings: tuple[Finding, ...] = ()
    """What is wrong with policies, bindings and files: while there is any, counts may be short."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a policy found on an example."""

    message: str
    clause: int | None
    """Which validation said so, from 0; None where the policy could not be evaluated."""
    expression: str
    """The text of that validation."""


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """One example: what it expects, and what it got."""

    name: str
    passes: bool
    """Whether the policy should hold."""
    expect: str | None
    """The message that it should fail with."""
    said: tuple[Said, ...]
    problem: str
    """Why it is not as it says; empty when it is."""
    location: Span | None = None


@dataclass(frozen=True, slots=True)
class TestedPolicy:
    """One policy, and what became of its examples."""

    id: str
    title: str
    path: str
    examples: tuple[ExampleOutcome, ...]
    problems: tuple[Finding, ...] = ()
    """Why it cannot be tested: it does not compile, or no example of it fails."""

    @property
    def outcome(self) -> Literal["passed", "failed"]:
        """Whether it compiles, fails on some example, and each example is as it says."""
        wrong = self.problems or any(each.problem for each in self.examples)
        return "failed" if wrong else "passed"


@dataclass(frozen=True, slots=True)
class TestReport:
    """Everything that ``policy test`` has to say."""

    policies: tuple[TestedPolicy, ...]
    findings: tuple[Finding, ...] = ()
    """Of reading the files: what does not load was not tested."""

    @property
    def examples(self) -> int:
        """How many examples were run."""
        return sum(len(each.examples) for each in self.policies)

    @property
    def failed(self) -> int:
        """How many policies failed, files that do not load not counted."""
        return sum(each.outcome == "failed" for each in self.policies)

    @property
    def passed(self) -> bool:
        """Whether everything is as it says."""
        return not self.failed and not any(each.fails for each in self.findings)
