"""The built-in stage gates: which policies a move of horizon must pass, and what it needs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadgate.model.change import Change, FieldChange, ResourceChange
    from roadgate.model.roadmap import Roadmap

HORIZON = "spec.horizon"
COMMITTED_WITHIN = 14
_STEPS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("exploring", "next"): ("RG101",),
    ("later", "next"): ("RG101",),
    ("next", "now"): ("RG101", "RG201", "RG301"),
}


def gates(change: Change) -> Mapping[str, tuple[str, ...]]:
    """By initiative, as it is called in head: the policies that its move must pass.

    A policy that is a gate is an error, whatever its binding says. Moving back before the
    commitment has none; leaving ``now`` needs a Decision instead.
    """
    found = {}
    for name, move in _moves(change):
        passed = gates_between(move.before or "exploring", move.after or "exploring")
        if passed:
            found[name] = passed
    return found


def gates_between(old: str, new: str) -> tuple[str, ...]:
    """The gates from one horizon to another: its own, else those of each step on the way."""
    if old == new:
        return ()
    if (old, new) in _STEPS:
        return _STEPS[old, new]
    if new == "now":
        return tuple(dict.fromkeys((*_STEPS.get((old, "next"), ()), *_STEPS["next", "now"])))
    return ()


def commitment_findings(
    change: Change, head: Roadmap, on: date, *, adopting: bool
) -> Iterator[Finding]:
    """Commitments dated otherwise than about the day on which they are made.

    A roadmap that is brought in whole, with nothing in base, is told so and not refused.
    """
    for resource in change.resources:
        if resource.ref.kind != "Initiative" or not _commits(resource):
            continue
        initiative = head.initiatives.get(resource.ref.name)
        committed = initiative.body.spec.committed if initiative is not None else None
        if committed is None or abs(committed - on) <= timedelta(COMMITTED_WITHIN):
            continue
        yield Finding(
            "RG017",
            Severity.WARNING if adopting else Severity.ERROR,
            f"'{resource.ref.name}' is committed on {committed.isoformat()}, more than "
            f"{COMMITTED_WITHIN} days from {on.isoformat()}, the day of this change",
            "write the day on which it enters now",
            resource=resource.ref,
            field="spec.committed",
        )


def _commits(resource: ResourceChange) -> bool:
    """Whether a change seals a first date, or moves the sealed one."""
    entered = any(
        each.field == HORIZON and each.after == "now" and not each.protected
        for each in resource.fields
    )
    moved = any(each.field == "spec.committed" and each.protected for each in resource.fields)
    return entered or moved


def _moves(change: Change) -> Iterator[tuple[str, FieldChange]]:
    for resource in change.resources:
        if resource.ref.kind == "Initiative" and resource.action != "removed":
            for each in resource.fields:
                if each.field == HORIZON:
                    yield resource.ref.name, each
