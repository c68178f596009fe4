"""Which days of a promise are decided already."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.model.measurement import MeasurementFile, Observation
from roadgate.model.seal import Promise
from roadgate.model.settling import settled, settled_until

if TYPE_CHECKING:
    from collections.abc import Mapping

WEEKLY: Mapping[str, Any] = {"m": {"cadence": "weekly"}}
ON = date(2026, 6, 20)


def observed(*days: str, segment: str = "") -> dict[str, MeasurementFile]:
    """Rows of the metric on these days."""
    rows = tuple(
        Observation(date.fromisoformat(day), segment, Fraction(1), line)
        for line, day in enumerate(days, 2)
    )
    return {"m": MeasurementFile("m", "measurements/m.csv", rows)}


def criterion(by: str, **more: str) -> Promise:
    """A promise of one criterion."""
    item = {"metric": "m", "target": ">= 1", "by": by, **more}
    return Promise("x", "2026-02-02", {"c": item}, {}, {}, WEEKLY)


def threshold(**item: Any) -> Promise:
    """A promise of one kill threshold."""
    return Promise("x", "2026-02-02", {}, {"t": {"metric": "m", "when": "< 1", **item}}, {}, WEEKLY)


@pytest.mark.parametrize(
    ("promise", "rows", "last"),
    [
        (criterion("2026-06-01"), observed("2026-06-01"), "2026-06-01"),
        (criterion("2026-06-01"), observed("2026-05-31"), "2026-06-01"),  # the grace is over
        (criterion("2026-06-18"), observed("2026-06-10"), None),
        (criterion("2026-06-18"), observed("2026-06-19"), "2026-06-18"),
        (criterion("2026-06-18"), observed("2026-06-21"), None),
        (criterion("2026-06-18", segment="a"), observed("2026-06-19"), None),
        (criterion("2026-06-20"), observed("2026-06-20"), None),
        (criterion("soon"), observed("2026-06-01"), None),
        (threshold(checkOn=["2026-06-01", "2026-07-01"]), observed("2026-06-02"), "2026-06-01"),
        (threshold(checkOn=["2026-06-18"]), observed("2026-06-10"), None),
        (threshold(), observed("2026-01-01", "2026-06-10"), "2026-06-10"),
        (threshold(**{"from": "2026-06-15"}), observed("2026-06-10"), None),
        (threshold(**{"from": "2026-06-01"}), {}, None),
    ],
)
def test_up_to_which_day_nothing_may_be_written_any_more(
    promise: Promise, rows: dict[str, MeasurementFile], last: str | None
) -> None:
    """A deadline settles with a row since, or after the grace; a continuous threshold at once."""
    days = [day for _, _, day in settled_until(promise, rows, ON)]

    assert max(days, default=None) == (None if last is None else date.fromisoformat(last))


def test_a_promise_has_settled_with_its_last_criterion() -> None:
    """One without criteria never does."""
    assert settled(criterion("2026-06-01"), observed("2026-06-01"), ON)
    assert not settled(criterion("2026-07-01"), observed("2026-06-01"), ON)
    assert not settled(threshold(), observed("2026-06-01"), ON)
