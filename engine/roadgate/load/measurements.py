"""Measurement files: ``measurements/<metric>.csv`` to observations, row by row."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from roadgate.load import hints
from roadgate.load.text import decode
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.measurement import BrokenRow, MeasurementFile, Observation
from roadgate.model.source import Span
from roadgate.model.suggest import closest
from roadgate.model.values import MAX_EXPONENT, parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REQUIRED = ("date", "value")
COLUMNS = (*REQUIRED, "segment", "note", "source")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_LINE_END = re.compile(r"\r\n|\n|\r")
_MAX_DIGITS = 80
_MAX_SHOWN = 50


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    path: str
    lines: Sequence[str]
    columns: dict[str, int] = field(default_factory=dict)
    width: int = 0
    seen: dict[tuple[date, str], int] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    problem: str | None = None
    newest: date = date.min
    unsorted: int | None = None

    def span(self, line: int) -> Span:
        """A whole line; columns of a row are not told apart, because cells may be quoted."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Span(self.path, line, 1, line, len(text) + 1)

    def report(
        self, code: str, line: int, message: str, fix: str, related: tuple[Related, ...] = ()
    ) -> None:
        """Note an error at a line."""
        self.findings.append(
            Finding(code, Severity.ERROR, message, fix, location=self.span(line), related=related)
        )

    def fail(self, line: int, message: str, fix: str) -> None:
        """Note what makes the file as a whole unusable; the first such counts."""
        self.report("RG020", line, message, fix)
        self.problem = self.problem or message


def read(content: bytes, path: str, metric: str) -> tuple[MeasurementFile, list[Finding]]:
    """The observations of one file; broken rows and columns are findings at their lines."""
    if not content:
        reading = _Reading(path, ())
        reading.fail(1, "the file is empty", "write the header 'date,value', or delete the file")
        return _result(reading, metric)
    text, findings = decode(content, path)
    if text is None:
        broken = MeasurementFile(metric, path, problem=findings[0].message)
        return broken, [_as_file_error(finding) for finding in findings]
    reading = _Reading(path, _LINE_END.split(text), findings=findings)
    _read_rows(reading, text)
    return _result(reading, metric)


def rows_after(file: MeasurementFile, day: date) -> list[Finding]:
    """A notice if a file has rows that are dated after ``day``, at the first of them."""
    lines = [row.line for row in file.observations if row.date > day]
    lines += [row.line for row in file.broken_rows if row.date > day]
    if not lines:
        return []
    rows = "1 row is" if len(lines) == 1 else f"{len(lines)} rows are"
    return [
        Finding(
            "RG022",
            Severity.NOTICE,
            f"{rows} dated after {day}, and left out",
            "correct the date, or wait for that day",
            location=Span(file.path, min(lines), 1, min(lines), 1),
        )
    ]


def _as_file_error(finding: Finding) -> Finding:
    return Finding(
        "RG020", finding.severity, finding.message, finding.fix, location=finding.location
    )


def _result(reading: _Reading, metric: str) -> tuple[MeasurementFile, list[Finding]]:
    if reading.unsorted is not None:
        reading.findings.append(
            Finding(
                "RG023",
                Severity.NOTICE,
                "the rows are not in the order of their dates",
                "sort them; they are read as if they were",
                location=reading.span(reading.unsorted),
            )
        )
    file = MeasurementFile(
        metric,
        reading.path,
        tuple(sorted(reading.observations)),
        tuple(sorted(reading.broken)),
        reading.problem,
    )
    if len(reading.findings) <= _MAX_SHOWN:
        return file, reading.findings
    more = len(reading.findings) - _MAX_SHOWN
    reading.report(
        "RG021", 1, f"{more} more problems in this file are not shown", "repair those above first"
    )
    return file, [*reading.findings[:_MAX_SHOWN], reading.findings[-1]]


def _rows(reading: _Reading, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins; blank lines are skipped."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = rows.line_num + 1
    except csv.Error:
        reading.fail(line, "a quote is not closed, or a cell is too long", "close the quote")


def _read_rows(reading: _Reading, text: str) -> None:
    for line, cells in _rows(reading, text):
        if reading.columns:
            _row(reading, line, cells)
        else:
            _header(reading, line, cells)
            if reading.problem:
                return
    if not reading.columns and reading.problem is None:
        reading.fail(1, "the file has no header", "write the header 'date,value'")


def _header(reading: _Reading, line: int, cells: list[str]) -> None:
    names = [cell.strip() for cell in cells]
    if (slip := _no_header(cells)) is not None:
        reading.fail(line, *slip)
        return
    for index, name in enumerate(names):
        if name in reading.columns:
            reading.fail(line, f"the column '{name}' stands twice", "delete one of the two")
        elif name in COLUMNS:
            reading.columns[name] = index
        else:
            _unknown_column(reading, line, name)
    for name in REQUIRED:
        if name not in reading.columns:
            reading.fail(
                line, f"the column '{name}' is missing", "begin the file with 'date,value'"
            )
    reading.width = len(names)


def _no_header(cells: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with a first row as a whole, so that each of its cells is wrong too."""
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if mark in cells[0] and len(cells) == 1:
            fix = "save it with commas: 'date,value'"
            return f"the columns are separated by {name} instead of commas", fix
    try:
        parse_day(cells[0].strip())
    except ValueError:
        return None
    return "the file has no header: it begins with a row", "write 'date,value' as the first line"


def _unknown_column(reading: _Reading, line: int, name: str) -> None:
    match = closest(name, COLUMNS)
    fix = f"did you mean '{match}'?" if match else f"the columns are {', '.join(COLUMNS)}"
    if match in REQUIRED and match == name.lower():
        reading.fail(line, f"the column '{name}' is written with capitals", f"write '{match}'")
        reading.columns[match] = -1  # told once: that it lacks follows from this
        return
    reading.report("RG020", line, f"'{name}' is no known column", fix)


def _row(reading: _Reading, line: int, cells: list[str]) -> None:
    def cell(name: str) -> str:
        index = reading.columns.get(name)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    try:
        day = parse_day(cell("date"))
    except ValueError as problem:
        written = cell("date")
        reading.fail(line, f"'{written[:40]}' is no date", hints.as_day(written, str(problem)))
        return
    segment = cell("segment")
    if day < reading.newest and reading.unsorted is None:
        reading.unsorted = line
    reading.newest = max(day, reading.newest)
    found = _value(reading, cells, cell("value"), (day, segment))
    if isinstance(found, tuple):
        trouble, fix = found
        first = reading.seen.get((day, segment))
        related = (Related("first written here", reading.span(first)),) if first else ()
        reading.report("RG021", line, trouble, fix, related)
        reading.broken.append(BrokenRow(day, segment, line, trouble))
    else:
        reading.observations.append(Observation(day, segment, found, line))
    reading.seen.setdefault((day, segment), line)


def _value(
    reading: _Reading, cells: list[str], value: str, identity: tuple[date, str]
) -> Fraction | tuple[str, str]:
    """A row's value; or why a row with a readable date cannot be used, and what to do."""
    if len(cells) > reading.width:
        fix = "put a text with a comma in double quotes, and write decimals with a point"
        return f"the row has {len(cells)} cells under {reading.width} columns", fix
    if identity in reading.seen:
        day, segment = identity
        what = f"{day} and segment '{segment}'" if segment else str(day)
        return f"there is a second row for {what}", "keep one of the two"
    try:
        return number(value)
    except ValueError as problem:
        if not value:
            return "the value is missing", "write the number, or delete the row"
        return f"'{value[:40]}' is no number", hints.as_number(value[:40], None, str(problem))


@lru_cache(maxsize=1 << 14)  # the same values come again and again
def number(text: str) -> Fraction:
    """Read a value of a measurement file, exactly.

    Raises:
        ValueError: it is no finite decimal number, or beyond the bounds of ``model.values``.
    """
    if not _NUMBER.fullmatch(text) or len(text) > _MAX_DIGITS:
        raise ValueError("write a number such as 17.6, without a unit or separators")
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    small = isinstance(exponent, int) and exponent >= -MAX_EXPONENT
    if value and not (small and value.adjusted() <= MAX_EXPONENT):
        raise ValueError(f"numbers go up to 10^{MAX_EXPONENT}, with {MAX_EXPONENT} decimals")
    return Fraction(value) if value else Fraction(0)
