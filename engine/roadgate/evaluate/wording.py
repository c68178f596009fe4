"""The sentences that verdicts are explained with, in the words of the roadmap."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from roadgate.model.condition import Between, Comparison, Operator, Relative, Trend
from roadgate.model.numbers import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.evaluate.conditions import Reading
    from roadgate.model.verdict import Observed

_VERBS: Mapping[Operator, tuple[str, bool]] = {
    ">=": ("rise", False),
    ">": ("rise", True),
    "<=": ("fall", False),
    "<": ("fall", True),
}
"""Which way a value must move to meet an operator, and whether it must pass the bound."""


_SHOWN = 5
"""How many values or segments a sentence names at most."""


def amount(value: Fraction, unit: str | None) -> str:
    """A number with its unit: ``6 min``, ``78 %``, ``2``."""
    return f"{text(value)} {unit}" if unit else text(value)


def condition(reading: Reading) -> str:
    """What is asked: ``<= 5 min``, ``<= 10.8 min (baseline - 40%) at 3 observations in a row``."""
    unit = reading.unit
    match reading.condition:
        case Comparison(operator=operator, bound=bound):
            words = f"{operator} {amount(bound, unit)}"
        case Between(low=low, high=high):
            words = f"between {text(low)} and {amount(high, unit)}"
        case Relative(operator=operator) as relative:
            bound = relative.bound(reading.baseline or Fraction(0))
            words = f"{operator} {amount(bound, unit)} ({_relative(relative)})"
        case Trend(direction=direction):
            return (
                direction if reading.times == 1 else f"{direction} {reading.times} times in a row"
            )
    return words if reading.times == 1 else f"{words} at {reading.times} observations in a row"


def _relative(relative: Relative) -> str:
    if not relative.offset:
        return "the baseline"
    size = abs(relative.offset) * (100 if relative.is_share else 1)
    sign = "-" if relative.offset < 0 else "+"
    return f"baseline {sign} {text(size)}{'%' if relative.is_share else ''}"


def value(reading: Reading, at: date, since: date | None = None) -> str:
    """What was observed, as far back as the condition looks.

    ``6 min on 2026-07-31``, ``mean over 14 days 6 min on 2026-07-31``,
    ``7, 6.5, 6 min up to 2026-07-31``.
    """
    observed = reading.series.judged(at)
    if observed is None:
        return "no value"
    row = _last_values(reading, at, since)
    if len(row) > 1:
        listed = ", ".join(text(each) for each in row[:-1])
        words = f"{listed}, {amount(row[-1], reading.unit)} up to {observed.date}"
    else:
        words = f"{amount(observed.value, reading.unit)} on {observed.date}"
    return f"{_over(reading)} {words}" if _over(reading) else words


def _last_values(reading: Reading, at: date, since: date | None) -> list[Fraction]:
    asked = reading.times + 1 if reading.condition.is_trend else reading.times
    dates = reading.series.between(since, at)[-min(asked, _SHOWN) :]
    judged = [reading.series.judged(each) for each in dates]
    return [each.value for each in judged if each is not None]


def _over(reading: Reading) -> str:
    series = reading.series
    if series.window is None or series.aggregate == "last":
        return ""
    return f"{series.aggregate} over {days(series.window)}"


def days(count: int) -> str:
    """``1 day``, ``14 days``."""
    return "1 day" if count == 1 else f"{count} days"


def unobserved(reading: Reading, since: date | None = None, until: date | None = None) -> str:
    """That there is no observation, and where the rows are if they are somewhere else."""
    words = f"no observation of '{reading.metric}'"
    if reading.segment is not None:
        words += f" in segment '{reading.segment}'"
    if since is not None:
        words += f" since {since}"
    if until is not None:
        words += f" up to {until}"
    if reading.series.other_segments:
        words += f"; there are rows {_segments(reading.series.other_segments[:_SHOWN])}"
    return words


def _segments(names: Sequence[str]) -> str:
    named = ", ".join(f"'{name}'" for name in names if name)
    plain = "without a segment" if "" in names else ""
    return " and ".join(filter(None, (plain, named and f"of segment {named}")))


def unfresh(reading: Reading, at: date) -> str:
    """Why the series is not fresh on a day; the same words on each later day."""
    series = reading.series
    newest = series.newest(at)
    if newest is None:
        return unobserved(reading, until=at if series.dates else None)
    before = "" if newest == series.dates[-1] else f" up to {at}"
    words = f"the newest observation of '{reading.metric}'{before} is of {newest}"
    if (at - newest).days > series.patience:
        expected = min(newest.toordinal() + series.patience, date.max.toordinal())
        return f"{words}; the next was expected by {date.fromordinal(expected)}"
    return f"{words}, and a window covers {days(series.window or 0)}"


def way(reading: Reading, at: date) -> str | None:
    """The smallest change of the value judged on a day that meets the condition."""
    observed = reading.series.judged(at)
    if observed is None:
        return observation_needed(reading)
    if isinstance(reading.condition, Trend):
        return _trend_way(reading, reading.condition, observed, at)
    missing = reading.times - reading.met_in_a_row(at, stop=reading.times)
    change = _change(reading, observed.value)
    if change is None:
        if reading.times == 1 or missing <= 0:
            return None
        return f"must hold at {_more(missing)} in a row"
    stay = "" if reading.times == 1 else f" and stay there at {reading.times} observations in a row"
    return f"{_subject(reading)}must {change}{stay}"


def observation_needed(reading: Reading) -> str:
    """What a series without a fresh value needs."""
    return f"needs a new observation of '{reading.metric}'"


def _more(count: int) -> str:
    return "1 more observation" if count == 1 else f"{count} more observations"


def _subject(reading: Reading) -> str:
    return f"the {_over(reading)} " if _over(reading) else ""


def _change(reading: Reading, current: Fraction) -> str | None:
    """``fall by 1 min``; None when the value meets the condition."""
    asked = reading.condition
    if isinstance(asked, Trend) or asked.holds(current, reading.baseline):
        return None
    strict = False
    match asked:
        case Between(low=low, high=high):
            bound, verb = (low, "rise") if current < low else (high, "fall")
        case Comparison(operator=operator, bound=bound):
            verb, strict = _VERBS[operator]
        case Relative(operator=operator):
            bound = asked.bound(reading.baseline or Fraction(0))
            verb, strict = _VERBS[operator]
    if current == bound:
        return f"{verb} {'above' if verb == 'rise' else 'below'} {amount(bound, reading.unit)}"
    unit = "points" if reading.unit == "%" else reading.unit
    return f"{verb} by {'more than ' if strict else ''}{amount(abs(bound - current), unit)}"


def _trend_way(reading: Reading, trend: Trend, newest: Observed, at: date) -> str:
    missing = reading.times - reading.met_in_a_row(at, stop=reading.times)
    beyond = "above" if trend.direction == "increasing" else "below"
    words = f"{_subject(reading)}must go {beyond} {amount(newest.value, reading.unit)}"
    if missing == 1:
        return f"{words} at the next observation"
    return f"{words} and on, at each of the next {missing} observations"
