"""What ``lifecycle`` found: the steps there are, and what stands before the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from roadgate.model.finding import Finding
from roadgate.model.kinds.approval import Approval
from roadgate.model.source import ResourceRef
from roadgate.model.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Gate:
    """One policy that a step must pass, tried as if the step were taken."""

    policy: str
    title: str
    outcome: Literal["open", "closed", "unknown", "missing"]
    """``unknown``: it cannot be evaluated, or only a pull request tells. ``missing``: there is no
    such policy, or it is disabled."""
    findings: tuple[Finding, ...] = ()
    """What it still asks for."""
    waived: tuple[str, ...] = ()
    """The Decisions that hold it open although it finds something."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """One step that can be taken next, and what it asks for."""

    to: str
    gates: tuple[Gate, ...]
    needs: tuple[tuple[str, ...], ...]
    """For each Decision that is needed, the types that will do."""
    approvals: tuple[Approval, ...]

    @property
    def is_open(self) -> bool:
        """Whether every gate stands open; Decisions and approvals belong to the pull request."""
        return all(each.outcome == "open" for each in self.gates)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a resource stands in one workflow, and where it may go."""

    ref: ResourceRef
    field: str
    state: str
    lifecycle: ResourceRef | None
    """The Lifecycle that says so; None for the one that is built in."""
    steps: tuple[Ahead, ...]


@dataclass(frozen=True, slots=True)
class Stages:
    """Everything that ``lifecycle`` has to say."""

    as_of: date
    workflows: tuple[Workflow, ...]
    stages: tuple[Stage, ...] = ()
    """Of the resource that is asked about; empty where none is."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with Lifecycles and their gates."""
