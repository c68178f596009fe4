"""The workflow of a field: its states, the steps between them, and what each step asks for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from roadgate.model.kinds import Lifecycle
from roadgate.model.kinds.approval import Approval
from roadgate.model.kinds.lifecycle import Transition
from roadgate.model.source import ResourceRef

HORIZON = "spec.horizon"
STATUS = "spec.status"


@dataclass(frozen=True, slots=True)
class Step:
    """One step that is listed, and what it asks for."""

    old: str
    new: str
    gates: tuple[str, ...] = ()
    """The ids of the policies that must hold in the new state."""
    needs: tuple[str, ...] = ()
    """A Decision of one of these types must allow it."""
    approvals: tuple[Approval, ...] = ()
    """Who must approve the pull request that does it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a resource gets from one state to another: one listed step, or several."""

    steps: tuple[Step, ...]
    asks: Literal["everything", "gates"] = "everything"
    """``gates`` alone on a way back that is listed only as a way round."""

    @property
    def gates(self) -> tuple[str, ...]:
        """The policies of each step, once each."""
        return tuple(dict.fromkeys(gate for step in self.steps for gate in step.gates))

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """For each step that needs a Decision, the types that will do."""
        if self.asks == "gates":
            return ()
        return tuple(dict.fromkeys(step.needs for step in self.steps if step.needs))

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """Whose approval the steps ask for; of two for one team the larger number."""
        if self.asks == "gates":
            return ()
        most: dict[str | None, Approval] = {}
        for step in self.steps:
            for each in step.approvals:
                known = most.get(each.team)
                if known is None or known.count < each.count:
                    most[each.team] = each
        return tuple(most.values())


@dataclass(frozen=True, slots=True)
class Workflow:
    """The steps that a field may take."""

    field: str
    steps: tuple[Step, ...]
    """In the order in which they are listed."""
    ranks: Mapping[str, int]
    """How many steps each state is from where things begin."""
    resource: ResourceRef | None = None
    """The Lifecycle that declares it; None for the one that is built in."""

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, from the first."""
        return tuple(self.ranks)

    @property
    def first(self) -> str:
        """Where whatever is new comes from."""
        return next(iter(self.ranks))

    @property
    def gates(self) -> frozenset[str]:
        """Every policy that is a gate."""
        return frozenset(gate for step in self.steps for gate in step.gates)

    def onward(self, state: str) -> tuple[Step, ...]:
        """The listed steps that lead further from a state; back, where none leads further."""
        listed = [each for each in self.steps if each.old == state]
        further = [each for each in listed if self.ranks[each.new] > self.ranks[state]]
        return tuple(further or listed)

    def way(self, old: str | None, new: str) -> Way | None:
        """How to get from a state to another; None where no listed steps lead there.

        What is new comes from the first state. The step itself where it is listed, else the
        shortest way of listed steps.
        """
        start = self.first if old is None else old
        if start == new or (old is None and self.ranks.get(new) == 0):
            return Way(())
        steps = self._shortest(start, new)
        if steps is None:
            return None
        back = self.ranks[new] <= self.ranks[start]
        round_about = back and self.ranks[steps[0].new] > self.ranks[start]
        return Way(steps, "gates" if round_about else "everything")

    def _shortest(self, start: str, goal: str) -> tuple[Step, ...] | None:
        pending: deque[tuple[str, tuple[Step, ...]]] = deque([(start, ())])
        seen = {start}
        while pending:
            state, steps = pending.popleft()
            for step in self.steps:
                if step.old != state or step.new in seen:
                    continue
                if step.new == goal:
                    return (*steps, step)
                seen.add(step.new)
                pending.append((step.new, (*steps, step)))
        return None


@dataclass(frozen=True, slots=True)
class Move:
    """A resource that a change takes from one state to another."""

    ref: ResourceRef
    """As it is called in head."""
    field: str
    old: str | None
    """None where the resource, or its state, is new."""
    new: str
    way: Way | None
    """None where the workflow lists no way."""
    declared: ResourceRef | None = None
    """The Lifecycle that says so; None for the built-in workflow."""

    @property
    def gates(self) -> tuple[str, ...]:
        """The policies that it must pass."""
        return self.way.gates if self.way is not None else ()


def workflow_of(lifecycle: Lifecycle, resource: ResourceRef | None) -> Workflow:
    """What a Lifecycle declares."""
    transitions = lifecycle.spec.transitions
    steps = tuple(step for each in transitions for step in _steps(each))
    ranks = _ranks(steps, transitions[0].from_)
    return Workflow(lifecycle.spec.field, steps, ranks, resource)


def _steps(transition: Transition) -> Iterator[Step]:
    for old in transition.from_:
        for new in transition.to:
            yield Step(old, new, transition.gates, transition.needs, transition.approvals)


def _ranks(steps: tuple[Step, ...], first: tuple[str, ...]) -> dict[str, int]:
    """How many steps each state is from a start: where the first step begins, or where none ends.

    The order in which steps are listed plays no further part.
    """
    named = dict.fromkeys(state for step in steps for state in (step.old, step.new))
    entered = {step.new for step in steps}
    ranks = {state: 0 for state in named if state in first or state not in entered}
    pending = deque(ranks)
    while pending:
        state = pending.popleft()
        for step in steps:
            if step.old == state and step.new not in ranks:
                ranks[step.new] = ranks[state] + 1
                pending.append(step.new)
    rest = {state: len(named) for state in named if state not in ranks}
    return {**ranks, **rest}


_UNCOMMITTED = ("exploring", "later", "next")
BUILT_IN = Workflow(
    HORIZON,
    (
        Step("exploring", "next", ("RG101",)),
        Step("later", "next", ("RG101",)),
        Step("next", "now", ("RG101", "RG201", "RG301")),
        *(Step("now", state, needs=("pause", "pivot", "kill")) for state in _UNCOMMITTED[::-1]),
        *(
            Step(old, new)
            for old, new in (
                ("exploring", "later"),
                ("later", "exploring"),
                ("next", "later"),
                ("next", "exploring"),
            )
        ),
    ),
    {"exploring": 0, "later": 0, "next": 1, "now": 2},
)
"""What holds for initiatives where no Lifecycle says otherwise: before now, back is free."""
