"""When the parts of a promise have settled, read from the promise's plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadgate.model.projection import default_grace
from roadgate.model.values import parse_day, parse_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadgate.model.document import Data
    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.seal import Promise


def settled(promise: Promise, measurements: Mapping[str, MeasurementFile], on: date) -> bool:
    """Whether every criterion has settled by day ``on``: a promise without criteria never does."""
    return bool(promise.criteria) and all(
        _settled(item, promise, measurements, on) for item in promise.criteria.values()
    )


def settled_until(
    promise: Promise, measurements: Mapping[str, MeasurementFile], on: date
) -> Iterator[tuple[str, str, date]]:
    """Metric, segment and day of every deadline and checkpoint that has settled by day ``on``.

    A row that is written at or before such a day decides what is decided already.
    """
    for item in promise.criteria.values():
        metric = item.get("metric")
        if isinstance(metric, str) and _settled(item, promise, measurements, on):
            yield metric, _segment(item), parse_day(item.get("by"))
    for item in promise.thresholds.values():
        metric = item.get("metric")
        if isinstance(metric, str):
            for day in _due(item, promise, measurements, on):
                yield metric, _segment(item), day


def _settled(
    item: Mapping[str, Data],
    promise: Promise,
    measurements: Mapping[str, MeasurementFile],
    on: date,
) -> bool:
    """On the first day after ``by`` with an observation since ``by``, or once ``grace`` is over."""
    try:
        by = parse_day(item.get("by"))
    except ValueError:
        return False
    metric = item.get("metric")
    if on <= by or not isinstance(metric, str):
        return on > by
    observed = any(by <= day <= on for day in _days(item, metric, measurements))
    return observed or on > by + timedelta(_grace(promise.metrics.get(metric, {})))


def _due(
    item: Mapping[str, Data],
    promise: Promise,
    measurements: Mapping[str, MeasurementFile],
    on: date,
) -> Iterator[date]:
    """The check dates of a threshold that are due; of a continuous one, its observations."""
    metric = str(item.get("metric"))
    days = _days(item, metric, measurements)
    listed = item.get("checkOn")
    if listed is None:
        first = _day(item.get("from") or promise.committed)
        yield from (day for day in days if first is not None and first <= day <= on)
        return
    grace = timedelta(_grace(promise.metrics.get(metric, {})))
    texts = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ()
    for check in filter(None, map(_day, texts)):
        if check <= on and (any(check <= day <= on for day in days) or on > check + grace):
            yield check


def _days(
    item: Mapping[str, Data], metric: str, measurements: Mapping[str, MeasurementFile]
) -> list[date]:
    """The days on which the series that an item reads was observed."""
    file = measurements.get(metric)
    segment = _segment(item)
    rows = file.observations if file is not None else ()
    return [row.date for row in rows if row.segment == segment]


def _segment(item: Mapping[str, Data]) -> str:
    return str(item.get("segment", ""))


def _day(value: Data) -> date | None:
    try:
        return parse_day(value)
    except ValueError:
        return None


def _grace(definition: Mapping[str, Data]) -> int:
    try:
        return parse_days(definition.get("grace") or default_grace(definition.get("cadence")))
    except ValueError:
        return 0
