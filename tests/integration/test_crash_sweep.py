"""The connection breaks at each write in turn, before it or after it: the next run finishes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from rig.github import Emulator, Fault, serving
from roadgate.forge.apply import apply
from roadgate.forge.github import GitHubTracker
from roadgate.model.errors import EnvironmentProblem
from roadgate.model.managed import key_of
from unit.forge.scenes import picture, plan_for, seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rig.github import Contract
    from rig.github.exchange import Entry
    from rig.github.faults import Phase

NAME = "acme/roadmap"
WRITES = 23
"""How many writes the scene asks for; a test of its own counts them."""


def seeded(github: Emulator) -> GitHubTracker:
    """A tracker in the state that asks for every kind of change, with a fresh journal."""
    github.world.token("t0ken")
    github.repository(NAME)
    tracker = GitHubTracker(NAME, "t0ken", github.url, pace=0, sleep=lambda _: None)
    seed(tracker)
    github.journal.clear()
    return tracker


@pytest.fixture(scope="module")
def whole(github_contract: Contract) -> Iterator[tuple[list[Entry], list[tuple[object, ...]]]]:
    """The writes of a run that nothing disturbs, and how the issues look then."""
    emulator = Emulator(contract=github_contract)
    with serving(emulator):
        tracker = seeded(emulator)
        apply(plan_for(tracker), tracker)
        yield emulator.writes(), picture(tracker)
    assert emulator.violations == []


def test_the_sweep_knows_the_number_of_writes(
    whole: tuple[list[Entry], list[tuple[object, ...]]],
) -> None:
    """Every write is a point at which the connection breaks."""
    assert len(whole[0]) == WRITES


@pytest.mark.parametrize("phase", ["before-commit", "after-commit"])
@pytest.mark.parametrize("at", range(WRITES))
def test_a_broken_connection_is_made_up_for_by_the_next_run(
    github: Emulator,
    whole: tuple[list[Entry], list[tuple[object, ...]]],
    at: int,
    phase: Phase,
) -> None:
    """No duplicate, nothing lost, no comment twice, and then nothing left to do."""
    writes, expected = whole
    tracker = seeded(github)
    nth = sum(each.verb == writes[at].verb for each in writes[: at + 1])
    fault = Fault(writes[at].verb, "", "rst", nth=nth, phase=phase)
    github.faults.append(fault)
    with suppress(EnvironmentProblem):
        apply(plan_for(tracker), tracker)
    apply(plan_for(tracker), tracker)

    assert fault.met == 1
    assert picture(tracker) == expected
    assert plan_for(tracker).changes == ()


def test_a_client_that_sends_again_opens_an_issue_twice(github: Emulator) -> None:
    """The control that must fail: without looking for the marker there are duplicates."""
    tracker = seeded(github)
    (first, *_) = [each for each in plan_for(tracker).changes if each.issue is None]
    github.faults.append(Fault("POST", "/issues$", "rst", phase="after-commit"))
    for _ in range(2):
        with suppress(EnvironmentProblem):
            tracker.create(first.title, first.body, first.labels)
    found = [key_of(each.body) for each in tracker.issues("roadgate")]

    assert found.count(first.key) == 2
