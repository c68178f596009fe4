"""Series: the value judged on a day, and freshness."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from roadgate.evaluate.series import Series
from roadgate.model.verdict import Observed

FIRST = date(2026, 3, 1)


def day(number: int) -> date:
    """The day ``number`` days after the first."""
    return FIRST + timedelta(days=number)


def series(values: dict[int, str], **how: object) -> Series:
    """A weekly series with 4 days of grace."""
    settings: dict[str, object] = {"cadence": 7, "grace": 4, **how}
    dates = tuple(day(number) for number in values)
    return Series(dates, tuple(Fraction(each) for each in values.values()), **settings)  # type: ignore[arg-type] # the fields are those of the dataclass


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        ("last", "1"),
        ("mean", "19/4"),
        ("min", "1"),
        ("max", "10"),
        ("sum", "19"),
        ("p50", "4"),
        ("p90", "17/2"),
    ],
)
def test_a_window_becomes_one_exact_value(aggregate: str, expected: str) -> None:
    """Each aggregate of 3, 10, 5 and 1; quantiles interpolate linearly."""
    read = series({0: "3", 2: "10", 4: "5", 6: "1"}, window=7, aggregate=aggregate)
    assert read.judged(day(6)) == Observed(day(6), Fraction(expected))


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        ("last", "-0.25"),
        ("mean", "1/4"),
        ("min", "-0.25"),
        ("max", "0.7"),
        ("sum", "0.75"),
        ("p50", "0.3"),
        ("p90", "0.62"),
    ],
)
def test_decimals_of_any_length_are_aggregated_exactly(aggregate: str, expected: str) -> None:
    """Tenths and quarters have no denominator in common."""
    read = series({0: "0.7", 2: "0.3", 4: "-0.25"}, window=7, aggregate=aggregate)
    assert read.judged(day(4)) == Observed(day(4), Fraction(expected))


def test_a_quantile_of_one_value_is_that_value() -> None:
    """There is nothing to interpolate."""
    assert series({0: "3"}, window=1, aggregate="p90").judged(day(0)) == Observed(
        day(0), Fraction(3)
    )


def test_a_window_leaves_out_its_first_day() -> None:
    """A window of 7 days at day 7 covers days 1 to 7."""
    read = series({0: "100", 1: "1", 7: "2"}, window=7, aggregate="sum")
    assert read.judged(day(7)) == Observed(day(7), Fraction(3))


def test_without_a_window_the_newest_observation_counts() -> None:
    """However old it is, and never one of a later day."""
    read = series({0: "100", 9: "2"})
    assert read.judged(day(8)) == Observed(day(0), Fraction(100))
    assert read.judged(day(-1)) is None


def test_an_empty_window_has_no_value() -> None:
    """Its series is not fresh either, however young the newest observation is."""
    read = series({0: "1"}, window=3)
    assert read.judged(day(2)) == Observed(day(0), Fraction(1))
    assert read.fresh(day(2))
    assert read.judged(day(3)) is None
    assert not read.fresh(day(3))


@pytest.mark.parametrize(("age", "fresh"), [(0, True), (11, True), (12, False), (-1, False)])
def test_a_series_is_fresh_for_cadence_and_grace(age: int, *, fresh: bool) -> None:
    """Seven days and four: the eleventh day after the newest observation is the last."""
    assert series({0: "1"}).fresh(day(age)) is fresh


def test_dates_are_found_between_and_after() -> None:
    """The one counts both ends, the other leaves out its first."""
    read = series({0: "1", 3: "1", 6: "1"})
    assert read.between(day(0), day(3)) == (day(0), day(3))
    assert read.between(None, day(5)) == (day(0), day(3))
    assert read.after(day(0), day(6)) == (day(3), day(6))


def test_a_window_may_be_longer_than_the_calendar() -> None:
    """It then simply covers everything."""
    read = Series((date(1, 1, 1),), (Fraction(1),), 1, 1, window=99999)
    assert read.judged(date(2, 1, 1)) == Observed(date(1, 1, 1), Fraction(1))
