"""What ``explain`` found out about a policy, and about what it judges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from roadgate.model.finding import Enforcement, Finding, Severity
from roadgate.model.source import ResourceRef

Answer = Literal["passes", "fails", "waived", "spared", "error"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression, and its value."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    """One validation on one resource or group."""

    index: int
    expression: str
    answer: Answer
    parts: tuple[Part, ...]
    """Each value that the answer rests on, in the order of the text."""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class CaseTrace:
    """One resource or group that a policy judged."""

    ref: ResourceRef | None
    group: str
    """What the resources of a group share; empty for anything else."""
    findings: tuple[Finding, ...]
    clauses: tuple[ClauseTrace, ...] = ()
    """Filled in where somebody asks about this case."""

    @property
    def answer(self) -> Answer:
        """The worst of its findings."""
        if any(each.status == "error" for each in self.findings):
            return "error"
        counts = [each for each in self.findings if each.suppressed is None]
        if any(not each.spared for each in counts):
            return "fails"
        if counts:
            return "spared"
        return "waived" if self.findings else "passes"

    @property
    def name(self) -> str:
        """How it is called: by its resource, its group, or as the roadmap."""
        if self.ref is not None:
            return str(self.ref)
        return f"group '{self.group}'" if self.group else "the roadmap"


@dataclass(frozen=True, slots=True)
class Trace:
    """One policy on everything that it is about."""

    cases: tuple[CaseTrace, ...]
    passed_over: Part | None = None
    """Of the resource that is asked about: the ``where`` that does not choose it."""
    parts: tuple[Part, ...] = ()
    """The values that this ``where`` rests on."""
    disabled: tuple[ResourceRef, ...] = ()
    """The resources for which a binding switches it off."""


@dataclass(frozen=True, slots=True)
class BoundParameter:
    """A parameter's value, and who set it."""

    name: str
    value: str
    source: str
    """``its default``, or the place in roadgate.yaml."""


@dataclass(frozen=True, slots=True)
class BoundFor:
    """What a binding says for some resources."""

    match: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class PolicyExplanation:
    """A policy: why, what, how it is bound here, and who is affected."""

    id: str
    title: str
    rationale: str
    scope: str
    severity: Severity
    enforcement: Enforcement | None
    """None where it does not apply."""
    bound_by: str
    """Which presets, bindings or folder make it apply, or why it does not."""
    since: date | None
    parameters: tuple[BoundParameter, ...]
    bindings: tuple[BoundFor, ...]
    clauses: tuple[tuple[str, str], ...]
    """Expression and fix."""
    examples: tuple[tuple[str, bool, str], ...]
    """Name, whether it passes, the message to expect."""
    as_of: date
    trace: Trace | None
    """None where the policy does not apply, or needs a change."""
    about: ResourceRef | None = None
    """The resource that is asked about."""
