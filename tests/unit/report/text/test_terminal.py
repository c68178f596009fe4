"""Widths, harmless characters and colour."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.report.text.terminal import Palette, harmless, pad, plain, shorten, shown, width, wrap

COMMAND = re.compile(r"\s*::|.*##\[")


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("a", "a"),
        ("é", "é"),
        ("日", "日"),
        ("\x1b", "\\x1b"),
        ("\x7f", "\\x7f"),
        ("\x9b", "\\x9b"),
        ("\u202e", "\\u202e"),
        ("\u200b", "\\u200b"),
        ("\U000e0041", "\\U000e0041"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
        ("\u200d", "\u200d"),
    ],
)
def test_characters_that_steer_or_hide_are_escaped(character: str, expected: str) -> None:
    """Escape sequences, bidirectional controls and invisible characters are seen as such."""
    assert shown(character) == expected


@given(st.text())
def test_plain_text_is_one_harmless_line(text: str) -> None:
    """Whatever a user writes reaches the terminal as one line without controls."""
    line = plain(text)

    assert not [each for each in line if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")]
    assert line == plain(line)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("ｱ", 1),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}", 2),
        ("", 0),
    ],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    """Wide characters take two columns, combining ones none."""
    assert width(text) == columns


def test_padding_and_shortening_count_columns() -> None:
    """Columns stay aligned below Japanese names."""
    assert (pad("日本", 6), shorten("日本語の名前", 6), shorten("short", 5)) == (
        "日本  ",
        "日本…",
        "short",
    )


@given(st.text(alphabet="ab 日語\t", max_size=300), st.integers(10, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    """No line is wider than asked, and every word is still there."""
    lines = wrap(text, columns, first="* ", rest="  ")

    assert max(width(line) for line in lines) <= columns
    assert "".join(line[2:] for line in lines).replace(" ", "") == "".join(text.split())


def test_words_stay_whole() -> None:
    """A line ends between two words."""
    assert wrap("one two three", 7) == ["one two", "three"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error::x", ": :error::x"),
        ("  ::error::x", "  : :error::x"),
        ("a\n::b", "a\n: :b"),
        ("a\r::b", "a\r: :b"),
        ("x ##[error]y", "x # #[error]y"),
        ("###[x", "## #[x"),
        ("std::vector", "std::vector"),
    ],
)
def test_commands_in_other_lines_are_made_harmless(text: str, expected: str) -> None:
    """Actions would run either form, behind any white space."""
    assert harmless(text) == expected


@given(st.text(alphabet=":#[ \t\n\r\u00a0\x85ab", max_size=60))
def test_no_text_is_taken_for_a_command(text: str) -> None:
    """Whatever is printed, no line of it is a command."""
    lines = re.split(r"[\r\n]", harmless(text))

    assert not [line for line in lines if COMMAND.match(line)]


def test_colour_is_there_only_when_asked_for() -> None:
    """Without colour the text is the text."""
    assert (Palette(color=False).bad("x"), Palette(color=True).bad("x")) == (
        "x",
        "\x1b[1;31mx\x1b[0m",
    )
