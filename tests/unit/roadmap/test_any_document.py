"""Whatever an author writes, base and head are compared and history is followed."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadgate.history.seal import seals
from unit.roadmap.changes import (
    BASE,
    CI,
    COMMITTED,
    DURATION,
    FLAKES,
    change,
    decision,
    offending,
    record,
    swapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTS = (CI, DURATION, decision("relax", criterion="duration", to="<= 6"))
VALUES = st.sampled_from(
    [None, "", "now", "<= 6", "2026-13-40", 0, -1, 10**40, True, [], [[]], [None], ["x", 1], {}]
) | st.sampled_from([{"id": "x"}, [{"id": "x"}], [{"id": 1}], {"a": {"b": []}}, ["faster-ci"]])


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document."""
    steps = data.items() if isinstance(data, dict) else enumerate(data)
    for key, part in steps:
        yield (*path, key)
        if isinstance(part, (dict, list)):
            yield from places(part, (*path, key))


def replaced(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy with one value put in one place."""
    copy: Any = deepcopy(document)
    *steps, last = path
    target = copy
    for step in steps:
        target = target[step]
    target[last] = value
    found: dict[str, Any] = copy
    return found


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A document in which something else stands in some place, its kind and name apart."""
    document = draw(st.sampled_from(DOCUMENTS))
    kept = {("kind",), ("metadata",), ("metadata", "name"), ("apiVersion",)}
    path = draw(st.sampled_from([each for each in places(document) if each not in kept]))
    return replaced(document, path, draw(VALUES))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged(), damaged())
def test_no_document_stops_the_comparison(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Neither in base nor in head nor in history."""
    history = seals(
        (
            record("c1", COMMITTED, CI, DURATION, FLAKES),
            record("c2", COMMITTED, one),
            record("c3", COMMITTED, other),
        ),
        None,
        complete=True,
    )

    assert set(history) == {"faster-ci"}
    assert change(swapped(one), swapped(other), history=history).base
    assert offending(change(swapped(one), swapped(one))) == set()
    assert change(BASE, swapped(one, other)).merge_base
