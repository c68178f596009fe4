"""Changes of Teams, whose members approve Decisions: they count after the merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from roadgate.model.change import JudgeChange
from roadgate.model.raw import aliases_of, spec_of
from roadgate.roadmap.strictness import workflows_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds import Config
    from roadgate.model.kinds.approval import Approval
    from roadgate.model.raw import Raw
    from roadgate.roadmap.identity import Entries

_Rosters = Mapping[str, frozenset[str]]


def team_changes(config: Config, base: Entries, head: Entries) -> Iterator[JudgeChange]:
    """Every Team whose members differ; weaker is what leaves an approval without enough people."""
    old, new = _rosters(base), _rosters(head)
    current = {alias: members for members, names in new.values() for alias in names}
    rosters: _Rosters = {name: members for name, (members, _) in old.items()}
    after: _Rosters = {name: current.get(name, frozenset()) for name in old}
    added = {
        name: members for name, (members, names) in new.items() if old.keys().isdisjoint(names)
    }
    needed = _needed(config, base)
    for name in sorted({*rosters, *added}):
        before, now = rosters.get(name), after.get(name, added.get(name, frozenset()))
        if before == now or (before is None and not now):
            continue
        short = before is not None and len(now) < min(needed.get(name, 0), len(before))
        emptied = before and not frozenset().union(*after.values(), *added.values())
        yield JudgeChange(
            f"Team/{name}",
            "weaker" if short or emptied else "neutral",
            None if before is None else _shown(before),
            _shown(now) if now or name in current else None,
            at="spec.members",
        )


def _rosters(entries: Entries) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """The logins of each Team, with all of its names."""
    return {
        ref.name: (_logins(entry.data), (ref.name, *aliases_of(entry.data)))
        for ref, entry in entries.items()
        if ref.kind == "Team"
    }


def _logins(team: Raw) -> frozenset[str]:
    members = spec_of(team).get("members")
    listed = members if isinstance(members, Sequence) and not isinstance(members, str) else ()
    handles = (each.get("github") for each in listed if isinstance(each, Mapping))
    return frozenset(each.removeprefix("@").lower() for each in handles if isinstance(each, str))


def logins(entries: Entries) -> dict[str, frozenset[str]]:
    """The members of each Team, by all of its names."""
    return {name: members for members, names in _rosters(entries).values() for name in names}


def _needed(config: Config, base: Entries) -> dict[str, int]:
    """How many members of each Team Decisions and Lifecycles ask for at most."""
    needed: dict[str, int] = {}
    approvals = config.spec.approvals
    asked: list[Approval | None] = [
        getattr(approvals, each) for each in type(approvals).model_fields
    ]
    steps = [step for workflow in workflows_in(base).values() for step in workflow.steps]
    asked += [each for step in steps for each in step.approvals]
    for approval in asked:
        if approval is not None and approval.team is not None:
            needed[approval.team] = max(approval.count, needed.get(approval.team, 0))
    return needed


def _shown(members: frozenset[str]) -> str:
    return f"[{', '.join(sorted(members))}]"
