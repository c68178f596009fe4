"""When the last criterion of a promise has settled, read from the promise's plain text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadgate.model.projection import default_grace
from roadgate.model.values import parse_day, parse_days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.model.document import Data
    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.seal import Promise


def settled(promise: Promise, measurements: Mapping[str, MeasurementFile], on: date) -> bool:
    """Whether every criterion has settled by day ``on``: a promise without criteria never does."""
    return bool(promise.criteria) and all(
        _settled(item, promise, measurements, on) for item in promise.criteria.values()
    )


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
    file = measurements.get(metric)
    segment = item.get("segment", "")
    rows = file.observations if file is not None else ()
    observed = any(by <= row.date <= on and row.segment == segment for row in rows)
    return observed or on > by + timedelta(_grace(promise.metrics.get(metric, {})))


def _grace(definition: Mapping[str, Data]) -> int:
    try:
        return parse_days(definition.get("grace") or default_grace(definition.get("cadence")))
    except ValueError:
        return 0
