"""What a change would do to Lifecycles: which ways they open, and what they ask for no longer."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from pydantic import ValidationError

from roadgate.model.change import JudgeChange
from roadgate.model.kinds import Lifecycle
from roadgate.model.workflow import BUILT_IN, Way, Workflow, workflow_of
from roadgate.roadmap.weights import Weight, worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.roadmap.identity import Entries

_FREE = Way(())
_Pair = tuple[str | None, str]


def lifecycle_changes(base: Entries, head: Entries) -> Iterator[JudgeChange]:
    """Every field whose workflow judges otherwise after the merge, compared way by way."""
    old, new = workflows_in(base), workflows_in(head)
    for field in sorted({*old, *new}):
        before, after = old.get(field), new.get(field)
        declared = (after.resource if after else None) or (before.resource if before else None)
        if before == after or declared is None:
            continue
        weights = {pair: _weigh(*pair, before, after) for pair in _pairs(before, after)}
        effect = worst(weights.values())
        shown = next((pair for pair, weight in weights.items() if weight == effect), None)
        if shown is not None and effect != "neutral":
            yield JudgeChange(
                str(declared),
                effect,
                _told(shown, before),
                _told(shown, after),
                at="spec.transitions" if after and after.resource else "",
            )


def workflows_in(entries: Entries) -> dict[str, Workflow]:
    """By field; what is built in, where nothing that can be read is declared."""
    found: dict[str, Workflow] = {}
    for ref in sorted(each for each in entries if each.kind == "Lifecycle"):
        try:
            lifecycle = Lifecycle.model_validate(entries[ref].data)
        except ValidationError:  # a finding of its own; until it is mended nothing is declared
            continue
        found.setdefault(lifecycle.spec.field, workflow_of(lifecycle, ref))
    found.setdefault(BUILT_IN.field, BUILT_IN)
    return found


def _pairs(before: Workflow | None, after: Workflow | None) -> Iterator[_Pair]:
    states = dict.fromkeys(
        state for each in (before, after) if each is not None for state in each.states
    )
    for old, new in product((*states, None), states):
        if old != new:
            yield old, new


def _weigh(old: str | None, new: str, before: Workflow | None, after: Workflow | None) -> Weight:
    was = before.way(old, new) if before is not None else _FREE
    now = after.way(old, new) if after is not None else _FREE
    if was is None or now is None:
        if was is now:
            return "neutral"
        return "weaker" if was is None else "stronger"
    if not _covers(now, was):
        return "weaker"
    return "neutral" if _covers(was, now) else "stronger"


def _covers(strict: Way, mild: Way) -> bool:
    """Whether one way asks for all that another asks for."""
    asked = {each.team: each.count for each in strict.approvals}
    return (
        set(mild.gates) <= set(strict.gates)
        and all(any(set(one) <= set(other) for one in strict.needs) for other in mild.needs)
        and all(asked.get(each.team, 0) >= each.count for each in mild.approvals)
    )


def _told(pair: _Pair, workflow: Workflow | None) -> str:
    """What a way asks for, in words."""
    old, new = pair
    step = f"{old or 'new'} to {new}"
    way = workflow.way(old, new) if workflow is not None else _FREE
    if way is None:
        return f"{step}: no way"
    asked = [
        *way.gates,
        *(f"a Decision of type {' or '.join(types)}" for types in way.needs),
        *(f"{each.count} of {each.team or 'any Team'}" for each in way.approvals),
    ]
    return f"{step}: {', '.join(asked) or 'free'}"
