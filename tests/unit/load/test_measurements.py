"""Measurement files, row by row."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.load.measurements import number, read, rows_after
from roadgate.model.finding import Finding, Severity
from roadgate.model.measurement import MeasurementFile, Observation


def load(text: str | bytes) -> tuple[MeasurementFile, list[Finding]]:
    """Read the file of a metric."""
    content = text.encode() if isinstance(text, str) else text
    return read(content, "measurements/adoption.csv", "adoption")


def shown(findings: list[Finding]) -> list[tuple[str, str, int | None]]:
    """Code, message and line of each finding."""
    return [(each.id, each.message, each.location and each.location.line) for each in findings]


def test_reads_rows_in_any_order_of_columns() -> None:
    """Columns are told by the header; optional ones may be absent or empty."""
    file, findings = load(
        'segment,value,date,note\nmonorepo,17.60,2026-01-22,"a, ""b"""\n,+1e1,2026-01-22,\n'
    )
    assert findings == []
    assert file.observations == (
        Observation(date(2026, 1, 22), "", Fraction(10), 3),
        Observation(date(2026, 1, 22), "monorepo", Fraction("17.6"), 2),
    )
    assert (file.metric, file.problem, file.broken_rows) == ("adoption", None, ())


def test_tolerates_a_byte_order_mark_line_ends_spaces_and_blank_lines() -> None:
    """What spreadsheets write is read, and lines are counted as editors do."""
    file, findings = load(
        b"\xef\xbb\xbfdate , value\r\n\r\n 2026-01-15 , 50 \r\n,\r\n2026-01-22,x\r\n"
    )
    assert [each.value for each in file.observations] == [50]
    assert shown(findings) == [("RG021", "'x' is no number", 5)]


def test_counts_lines_through_quoted_line_breaks() -> None:
    """A note may span lines; the next row's line is still its own."""
    file, findings = load('date,value,note\n2026-01-15,50,"two\nlines"\n2026-01-22,x,\n')
    assert file.observations[0].line == 2
    assert shown(findings) == [("RG021", "'x' is no number", 4)]


@pytest.mark.parametrize("text", ["date,value\n", "date,value", "value,date,source\r\n\r\n"])
def test_a_header_alone_is_no_observations(text: str) -> None:
    """A file without rows is fine."""
    file, findings = load(text)
    assert (file.observations, file.problem, findings) == ((), None, [])


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (b"", "the file is empty", 1),
        (b"\n\n", "the file has no header", 1),
        (b"day,value\n2026-01-15,1\n", "the column 'date' is missing", 1),
        (b"2026-01-15,1\n", "the file has no header: it begins with a row", 1),
        (b"date,value,value\n", "the column 'value' stands twice", 1),
        (b"date;value\n2026-01-15;1\n", "the columns are separated by semicolons", 1),
        (b"date,value\n15.1.2026,1\n", "'15.1.2026' is no date", 2),
        (b"date,value\n2026-02-30,1\n", "'2026-02-30' is no date", 2),
        (b"date,value\n,1\n", "'' is no date", 2),
        (b"date,value\n2026-01-15,\xff\n", "the file is not UTF-8", 2),
        (b"date,value\n2026-01-15,1\x00\n", "the file has a NUL control character", 2),
        (b'date,value\n2026-01-15,"1\n', "a quote is not closed, or a cell is too long", 2),
        (b'date,value\n2026-01-15,1\n2026-01-16,"1"2\n', "a quote is not closed", 3),
    ],
)
def test_what_makes_the_file_an_error(text: bytes, message: str, line: int) -> None:
    """A broken header, encoding, column or date makes the whole file unusable."""
    file, findings = load(text)
    assert file.problem is not None
    problems = [each for each in findings if each.message.startswith(message)]
    assert [(each.id, each.location and each.location.line) for each in problems] == [
        ("RG020", line)
    ]
    assert all(each.fix for each in findings)


def test_an_unknown_column_is_a_finding_and_the_rows_still_count() -> None:
    """A misspelt optional column is said; the file stays usable."""
    file, findings = load("date,value,segmnt\n2026-01-15,50,x\n")
    assert shown(findings) == [("RG020", "'segmnt' is no known column", 1)]
    assert findings[0].fix == "did you mean 'segment'?"
    assert (file.problem, len(file.observations)) == (None, 1)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2026-01-15,", "the value is missing"),
        ("2026-01-15", "the value is missing"),
        ("2026-01-15,50 %", "'50 %' is no number"),
        ("2026-01-15,nan", "'nan' is no number"),
        ("2026-01-15,-inf", "'-inf' is no number"),
        ('2026-01-15,"1,000"', "'1,000' is no number"),
        ("2026-01-15,1_000", "'1_000' is no number"),
        ("2026-01-15,1e31", "'1e31' is no number"),
        ("2026-01-15,0x10", "'0x10' is no number"),
        ("2026-01-15,1,0,0,0,0", "the row has 6 cells under 5 columns"),
        ("2026-01-10,2", "there is a second row for 2026-01-10"),
        ("2026-01-10,2,mono", "there is a second row for 2026-01-10 and segment 'mono'"),
    ],
)
def test_a_broken_row_breaks_its_segment_only(row: str, message: str) -> None:
    """A row that cannot be used is kept as broken, with its line; the others count."""
    file, findings = load(
        f"date,value,segment,note,source\n2026-01-10,1,,,\n2026-01-10,1,mono,,\n{row}\n"
    )
    assert shown(findings) == [("RG021", message, 4)]
    assert [(each.line, each.problem) for each in file.broken_rows] == [(4, message)]
    assert (len(file.observations), file.problem) == (2, None)


def test_a_second_row_shows_the_first() -> None:
    """The duplicate is related to the row that it repeats."""
    _, findings = load("date,value\n2026-01-10,1\n2026-01-11,1\n2026-01-10,1\n")
    (duplicate,) = (each for each in findings if each.id == "RG021")
    assert duplicate.related[0].location is not None
    assert duplicate.related[0].location.line == 2


def test_unsorted_rows_are_sorted_with_a_notice() -> None:
    """Order plays no part, and is mentioned once."""
    file, findings = load("date,value\n2026-02-01,2\n2026-01-01,1\n2026-03-01,3\n2026-02-02,4\n")
    assert [each.value for each in file.observations] == [1, 2, 4, 3]
    assert [(each.id, each.severity) for each in findings] == [("RG023", Severity.NOTICE)]


def test_rows_after_a_day_are_a_notice() -> None:
    """Good and broken rows dated later are counted, at the first of them."""
    file, _ = load("date,value\n2026-01-01,1\n2026-03-01,x\n2026-02-01,1\n")
    (late,) = rows_after(file, date(2026, 1, 31))
    assert (late.id, late.severity, late.location and late.location.line) == (
        "RG022", Severity.NOTICE, 3,
    )  # fmt: skip
    assert late.message == "2 rows are dated after 2026-01-31, and left out"
    assert rows_after(file, date(2026, 2, 1))[0].message.startswith("1 row is dated after")
    assert rows_after(file, date(2026, 3, 1)) == []


def test_a_file_full_of_mistakes_is_cut_short() -> None:
    """Thousands of broken rows are counted, not listed; each still breaks its segment."""
    rows = "".join(f"2026-01-01,x,s{n}\n" for n in range(5000))
    file, findings = load("date,value,segment\n" + rows)
    assert len(findings) == 51
    assert findings[-1].message == "4950 more problems in this file are not shown"
    assert len(file.broken_rows) == 5000


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1), ("-0.50", Fraction(-1, 2)), ("1e-3", Fraction(1, 1000)), (".5", Fraction(1, 2)),
     ("1E30", 10**30), ("1e-30", Fraction(1, 10**30)), ("0e99", 0), ("5.", 5)],
)  # fmt: skip
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    """A value is the fraction that its digits say."""
    assert number(text) == value


@given(st.binary(max_size=200) | st.text('date,value\n\r"0123-.e x', max_size=80).map(str.encode))
def test_any_bytes_are_rows_or_findings(content: bytes) -> None:
    """No bytes make the reader fail; a file with a problem says so in a finding."""
    for prefix in (b"", b"date,value,segment\n"):
        file, findings = load(prefix + content)
        assert (file.problem is None) or any(each.id == "RG020" for each in findings)
        assert len(file.broken_rows) == 0 or any(each.id == "RG021" for each in findings)


@given(
    st.lists(
        st.tuples(
            st.dates(), st.decimals(-1000, 1000, places=3), st.sampled_from(["", "a", "b c"])
        ),
        unique_by=lambda row: (row[0], row[2]),
    )
)
def test_what_is_written_is_read(rows: list[tuple[date, object, str]]) -> None:
    """Good rows come back exactly, sorted by date and segment."""
    text = "date,value,segment\n" + "".join(f"{day},{value},{name}\n" for day, value, name in rows)
    file, _ = load(text)
    assert [(each.date, each.value, each.segment) for each in file.observations] == sorted(
        ((day, Fraction(str(value)), name) for day, value, name in rows),
        key=lambda row: (row[0], row[2]),
    )
