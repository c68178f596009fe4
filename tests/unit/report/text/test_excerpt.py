"""Excerpts of files, with the span underlined."""

from __future__ import annotations

import time
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.source import Span
from roadgate.report.text.excerpt import MAX_COLUMNS, excerpt, remember
from roadgate.report.text.terminal import Palette, width

PLAIN = Palette(color=False)


def show(text: str | bytes | None, span: Span) -> list[str]:
    """The excerpt of one file."""
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return excerpt(span, remember(lambda _path, _revision: content), PLAIN)


def at(line: int, column: int, end_column: int, end_line: int | None = None) -> Span:
    """A span of the file ``a.yaml``."""
    return Span("a.yaml", line, column, end_line or line, end_column)


def test_the_span_is_underlined() -> None:
    """The carets stand below the characters that are meant."""
    assert show("a: 1\nhorizon: now\n", at(2, 10, 13)) == [
        "  ┌─ a.yaml:2:10",
        "2 │ horizon: now",
        "  │          ^^^",
    ]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("title: 速いCI x", at(1, 8, 12), ("title: 速いCI x", "       ^^^^^^")),
        ("a:\tb", at(1, 4, 5), ("a:    b", "      ^")),
        ("a: \x1b[31mred", at(1, 4, 5), ("a: \\x1b[31mred", "   ^^^^")),
        ("last", at(1, 5, 5), ("last", "    ^")),
        ("last", at(1, 2, 2), ("last", " ^")),
        ("", at(1, 1, 1), None),
        ("abc\r\ndef\r\n", at(1, 1, 4), ("abc", "^^^")),
        ("list:\n  - a\n  - b\n", at(1, 1, 6, end_line=3), ("list:", "^ from here to line 3")),
        ("short", at(1, 40, 50), ("short", "     ^")),
        ("\ufeffkey: 1", at(1, 1, 4), ("key: 1", "^^^")),
        ("e\u0301te: x", at(1, 6, 7), ("e\u0301te: x", "    ^")),
        ("abc", at(1, 3, 1), ("abc", "  ^")),
    ],
)
def test_awkward_lines(text: str, span: Span, expected: tuple[str, str] | None) -> None:
    """Wide, invisible, broken and missing characters leave the carets in their place."""
    lines = [line[4:] for line in show(text, span)[1:]]

    assert lines == (list(expected) if expected else [])


def test_a_file_that_is_not_there_has_a_place_only() -> None:
    """What was removed is named, with the side it was on."""
    gone = Span("a.yaml", 7, 1, 7, 2, "base")

    assert show(None, gone) == ["  ┌─ a.yaml:7:1 (in base)"]


def test_a_line_that_is_not_there_has_a_place_only() -> None:
    """A span past the end of the file is no reason to fail."""
    assert show("one line", at(12, 1, 2)) == ["   ┌─ a.yaml:12:1"]


def test_bytes_that_are_not_text_are_shown_as_replaced() -> None:
    """A broken encoding is exactly what some findings are about."""
    assert show(b"a: \xff\xfe", at(1, 4, 5))[1] == "1 │ a: \ufffd\ufffd"


def test_long_lines_are_cut_around_the_span() -> None:
    """Of 5,000 characters those around the span are shown."""
    text = "x" * 2_500 + "NEEDLE" + "y" * 2_500

    _, line, mark = show(text, at(1, 2_501, 2_507))

    start = line.index("NEEDLE")
    assert (mark.index("^"), mark.count("^")) == (start, 6)
    assert (line[4], line[-1], width(line) <= MAX_COLUMNS) == ("…", "…", True)


def test_a_span_longer_than_the_terminal_is_cut() -> None:
    """A value of 5,000 characters is underlined as far as it is shown."""
    _, line, mark = show("key: " + "v" * 5_000, at(1, 6, 5_006))

    assert width(mark) < width(line) <= MAX_COLUMNS


@given(
    st.text(alphabet=st.characters(exclude_characters="\r\n\ufeff"), min_size=1, max_size=400),
    st.integers(1, 450),
    st.integers(0, 450),
)
def test_any_line_fits_and_is_harmless(text: str, column: int, length: int) -> None:
    """Whatever the line and the span: no controls, no overflow, at least one caret below it."""
    lines = show(text, at(1, column, column + length))

    shown = "".join(lines)
    assert not [each for each in shown if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")]
    assert max(map(width, lines[1:])) <= MAX_COLUMNS + 1
    assert lines[2].lstrip(" │").startswith("^")


@given(st.text(alphabet="ab日\t\u0301\u202e", min_size=1, max_size=300), st.data())
def test_the_caret_stands_below_its_character(text: str, data: st.DataObject) -> None:
    """A marked character is found again at the caret's column."""
    index = data.draw(st.integers(0, len(text) - 1))
    marked = f"{text[:index]}§{text[index + 1 :]}"

    _, line, mark = show(marked, at(1, index + 1, index + 2))

    before = line[: line.index("§")]
    assert mark.index("^") == width(before)


def test_a_thousand_places_in_a_line_of_a_megabyte_take_no_time() -> None:
    """Lines are read once and looked at near the span only."""
    reads = []

    def source(path: str, revision: Literal["base"] | None) -> bytes:
        reads.append((path, revision))
        return b"x" * 1_000_000

    lines = remember(source)
    started = time.process_time()
    for column in range(1, 1_000_001, 1_000):
        excerpt(at(1, column, column + 5), lines, PLAIN)

    assert (reads, time.process_time() - started < 5) == ([("a.yaml", None)], True)
