"""Approvals that nobody could ever complete: they ask for more people than a Team has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import Lifecycle, Team

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds.approval import Approval
    from roadgate.model.kinds.config import ConfigSpec
    from roadgate.model.source import ResourceRef
    from roadgate.roadmap.index import Index


def out_of_reach(index: Index, config: ConfigSpec) -> Iterator[Finding]:
    """A warning for each approval of the settings and of Lifecycles that asks for too many."""
    for ref, field, approval in _asked(index, config):
        team = index.get(Team, approval.team)
        if team is None:
            continue
        handles = {
            each.github.removeprefix("@").lower() for each in team.body.spec.members if each.github
        }
        if len(handles) < approval.count:
            has = "1 member" if len(handles) == 1 else f"{len(handles)} members"
            yield Finding(
                "RG010",
                Severity.WARNING,
                f"{approval.count} of '{team.name}' can never approve: it has {has} with a handle",
                "ask for fewer, or add members to the Team",
                resource=ref,
                field=field,
            )


def _asked(index: Index, config: ConfigSpec) -> Iterator[tuple[ResourceRef | None, str, Approval]]:
    for name, info in type(config.approvals).model_fields.items():
        approval: Approval | None = getattr(config.approvals, name)
        if approval is not None:
            yield None, f"spec.approvals.{info.alias or name}.count", approval
    for lifecycle in index.of(Lifecycle).values():
        for step, transition in enumerate(lifecycle.body.spec.transitions):
            for position, each in enumerate(transition.approvals):
                at = f"spec.transitions[{step}].approvals[{position}].count"
                yield lifecycle.ref, at, each
