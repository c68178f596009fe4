"""How much of a team each quarter is promised already."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.cel import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadgate.model.kinds import Initiative

MONTHS = 3
MOST_QUARTERS = 40
"""Ten years: what is promised beyond is counted no further."""


def load(owned: Iterable[Initiative], as_of: date, quarter_start: int) -> list[dict[str, Any]]:
    """The person-months that a team's commitments take in each quarter from this one on.

    The effort of an initiative is spread evenly over the days from ``committed`` to its last
    deadline; what has no deadline lies on the day of its commitment.
    """
    effort: dict[date, Fraction] = defaultdict(Fraction)
    names: dict[date, list[str]] = defaultdict(list)
    current = quarter_of(as_of, quarter_start)
    for each in owned:
        for quarter, share in _shares(each, quarter_start):
            if quarter >= current:
                effort[quarter] += share
                names[quarter].append(each.metadata.name)
    return [
        {
            "quarter": scalar(quarter.isoformat()),
            "effort": scalar(float(effort[quarter])),
            "initiatives": sorted(names[quarter]),
        }
        for quarter in sorted(effort)
    ]


def quarter_of(day: date, quarter_start: int) -> date:
    """The first day of the quarter in which a day lies; ``quarter_start`` is a month."""
    back = (day.month - quarter_start) % MONTHS
    month = day.month - back
    if month > 0:
        return date(day.year, month, 1)
    return date(max(day.year - 1, date.min.year), month + 12, 1)


def _next(quarter: date) -> date:
    month = quarter.month + MONTHS
    return date(quarter.year + month // 13, (month - 1) % 12 + 1, 1)


def _shares(body: Initiative, quarter_start: int) -> Iterator[tuple[date, Fraction]]:
    """Each quarter that an initiative takes part of, and the effort that falls into it."""
    spec = body.spec
    if spec.rice is None or spec.committed is None:
        return
    first = spec.committed
    last = max((each.by for each in spec.success_criteria), default=first)
    last = max(first, last)
    days = (last - first).days + 1
    quarter = quarter_of(first, quarter_start)
    for _ in range(MOST_QUARTERS):
        if quarter.year == date.max.year:
            return
        following = _next(quarter)
        inside = (min(last, following - timedelta(days=1)) - max(first, quarter)).days + 1
        yield quarter, Fraction(spec.rice.effort) * inside / days
        if following > last:
            return
        quarter = following
