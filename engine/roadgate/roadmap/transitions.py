"""When a commitment is dated: about the day on which it is made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.workflow import HORIZON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.change import Change, ResourceChange
    from roadgate.model.roadmap import Roadmap

COMMITTED_WITHIN = 14


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
