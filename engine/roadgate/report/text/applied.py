"""What ``apply`` prints when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from roadgate.report.text.terminal import plain
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.model.issues import IssueChange
    from roadgate.model.plan import Plan


class Outcome(Protocol):
    """What became of a plan."""

    @property
    def done(self) -> Sequence[IssueChange]:
        """The changes that were made."""

    @property
    def moved(self) -> Sequence[str]:
        """What is no longer as the plan saw it."""

    @property
    def problems(self) -> Sequence[str]:
        """What a person has to sort out."""


def one_line(text: str) -> str:
    """User text on one line, harmless to a terminal."""
    return plain(" ".join(text.split()))


def text(plan: Plan, outcome: Outcome) -> str:
    """The closing lines: what was refused and why, what needs a person, how much was done."""
    if outcome.moved:
        moved = [f"  {one_line(each)}" for each in outcome.moved]
        return "\n".join(
            [
                "the plan is stale, so nothing was done:",
                *moved,
                "  = fix: make a new plan: roadgate plan --out plan.json",
            ]
        )
    lines = [f"! {one_line(each.message)}\n  = fix: {one_line(each.fix)}" for each in plan.problems]
    lines += [f"! {one_line(each)}" for each in outcome.problems]
    lines += [one_line(each) for each in plan.notes]
    lines.append(f"{plural(len(outcome.done), 'change')}, {plan.unchanged} unchanged")
    return "\n".join(lines)
