"""Rows that are rewritten, taken out, or written into the past."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.measurement import MeasurementFile, Observation
from roadgate.roadmap.observations import Observed, shortened

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
ROWS = st.dictionaries(st.tuples(DAYS, st.sampled_from(["", "a"])), st.integers(0, 3), max_size=8)
LAST = date(2026, 2, 1)


def file(rows: dict[tuple[date, str], int], path: str = "m.csv") -> MeasurementFile:
    """A measurement file of these rows."""
    observations = tuple(
        Observation(day, segment, Fraction(value), line)
        for line, ((day, segment), value) in enumerate(sorted(rows.items()), 2)
    )
    return MeasurementFile("m", path, observations)


def changes(
    before: MeasurementFile, after: MeasurementFile | None, *, protected: bool = True
) -> set[str]:
    """The rows that changed; everything without a segment is settled up to 1 February."""
    head = {"m": after} if after is not None else {}
    observed = Observed({"m": before}, head, frozenset(), lambda _: {"": LAST})
    return {each.field for each in observed.changes("m", "m", protected=protected)}


@given(ROWS, ROWS)
def test_a_row_is_told_exactly_when_it_decides_something(
    before: dict[tuple[date, str], int], after: dict[tuple[date, str], int]
) -> None:
    """Compared with a naive reading: what was there differs, or what is new lies in the past."""
    wrong = {key for key, value in before.items() if after.get(key) != value}
    late = {key for key in after if key not in before and key[1] == "" and key[0] <= LAST}

    def named(keys: set[tuple[date, str]]) -> set[str]:
        return {f"observations[{day}{f' {segment}' if segment else ''}]" for day, segment in keys}

    assert changes(file(before), file(after)) == named(wrong | late)
    assert changes(file(before), file(after), protected=False) == named(wrong)


@given(ROWS)
def test_the_same_rows_elsewhere_are_the_same(rows: dict[tuple[date, str], int]) -> None:
    """The path of a file says nothing about what was measured."""
    assert changes(file(rows), file(rows, "other.csv")) == set()


def test_a_file_that_cannot_be_read_has_lost_nothing() -> None:
    """It has a finding of its own; a file that is gone has lost every row."""
    rows = file({(date(2026, 1, 1), ""): 1})

    assert changes(rows, MeasurementFile("m", "m.csv", problem="no header")) == set()
    assert changes(rows, None) == {"observations[2026-01-01]"}


def test_many_rows_are_told_in_one_breath() -> None:
    """Twenty one by one, and how many more."""
    before = {(date(2026, 1, day), ""): 1 for day in range(1, 31)}
    observed = Observed({"m": file(before)}, {"m": file({})})

    told = shortened(tuple(observed.changes("m", "m", protected=True)))

    assert len(told) == 21
    assert (told[-1].field, told[-1].before) == ("observations", "10 more rows")
