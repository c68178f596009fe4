"""The built-in stage gates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from roadgate.history.seal import seals
from roadgate.model.finding import Severity
from roadgate.model.workflow import BUILT_IN
from unit.roadmap.changes import (
    BASE,
    CI,
    COMMITTED,
    CORE,
    DURATION,
    FLAKES,
    change,
    decision,
    edited,
    record,
    swapped,
)

if TYPE_CHECKING:
    from roadgate.model.change import Change
    from roadgate.model.seal import Seal

REST = (DURATION, FLAKES, CORE)
COMMITMENT = ("RG101", "RG201", "RG301")


def gates(found: Change) -> dict[str, tuple[str, ...]]:
    """The policies that each move must pass."""
    return {each.ref.name: each.gates for each in found.moves if each.gates}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("exploring", "next", ("RG101",)),
        ("later", "next", ("RG101",)),
        ("next", "now", COMMITMENT),
        ("exploring", "now", COMMITMENT),
        ("later", "now", COMMITMENT),
        ("exploring", "later", ()),
        ("next", "later", ()),
        ("next", "exploring", ()),
        ("now", "next", ()),
        ("now", "now", ()),
    ],
)
def test_a_move_passes_the_gates_of_each_step(
    old: str, new: str, expected: tuple[str, ...]
) -> None:
    """One that skips a step passes the gates of both; one back before the commitment has none."""
    way = BUILT_IN.way(old, new)

    assert way is not None
    assert way.gates == expected


@pytest.mark.parametrize(
    ("horizon", "expected"),
    [("exploring", {}), ("next", {"faster-ci": ("RG101",)}), ("now", {"faster-ci": COMMITMENT})],
)
def test_what_is_born_later_comes_from_exploring(horizon: str, expected: dict[str, Any]) -> None:
    """A new initiative passes every gate on its way."""
    born = edited(CI, horizon=horizon, committed="2026-06-20")

    assert gates(change(REST, [born, *REST])) == expected


def test_a_moved_initiative_passes_its_gate() -> None:
    """And one that stays where it is passes none."""
    base = [edited(CI, horizon="next", committed=None), *REST]
    head = [edited(CI, committed="2026-06-15"), *REST]

    assert gates(change(base, head)) == {"faster-ci": COMMITMENT}
    assert gates(change(BASE, swapped(edited(CI, problem="Other words")))) == {}


@pytest.mark.parametrize(
    ("committed", "severities"),
    [
        ("2026-06-06", []),
        ("2026-07-04", []),
        ("2026-06-05", ["error"]),
        ("2026-07-05", ["error"]),
    ],
)
def test_a_commitment_is_dated_about_today(committed: str, severities: list[str]) -> None:
    """Within two weeks of the change that makes it."""
    base = [edited(CI, horizon="next", committed=None), *REST]
    found = change(base, [edited(CI, committed=committed), *REST])

    assert [each.severity for each in found.findings if each.id == "RG017"] == severities


def test_a_moved_commitment_is_dated_about_today_as_well() -> None:
    """With a Decision it may move, but not to any day."""
    near = change(BASE, swapped(edited(CI, committed="2026-06-18"), decision("relax")))
    far = change(BASE, swapped(edited(CI, committed="2025-06-18"), decision("relax")))

    assert [each.id for each in near.findings] == []
    assert [each.id for each in far.findings] == ["RG017"]


def test_entering_now_again_keeps_the_first_date() -> None:
    """It does not seal anew."""
    base = swapped(edited(CI, horizon="next"))
    found = change(base, BASE)
    again = change(base, BASE, history=_sealed())

    assert [each.id for each in found.findings] == ["RG017"]
    assert [each.id for each in again.findings] == []


def test_a_roadmap_that_is_brought_in_whole_is_told_and_not_refused() -> None:
    """Its commitments were made before."""
    (finding,) = change(None, BASE).findings

    assert (finding.id, finding.severity) == ("RG017", Severity.WARNING)


def _sealed() -> dict[str, Seal]:
    first = record("c1", COMMITTED, *BASE)
    paused = record("c2", COMMITTED, edited(CI, horizon="next"), decision("pause"))
    return seals((first, paused), None, complete=True)
