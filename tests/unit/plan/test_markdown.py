"""What users write is shown and does nothing."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.managed import key_of
from roadgate.plan import markdown

PIECES = [
    "@",
    "&#64;",
    "&#x40;",
    "&commat;",
    "&amp;",
    "&",
    "#",
    "1",
    "GH-",
    "fixes",
    "owner/repo",
    "<!--",
    "-->",
    "<b>",
    "![",
    "](",
    "https://",
    "www.",
    "x.example",
    "|",
    "`",
    "*",
    "_",
    "\\",
    "-",
    ">",
    "1.",
    "[",
    "deadbeef1",
    "team",
    ";",
    "mailto:",
    "\u200b",
    "\u202e",
]
MARKER = "<!-- roadgate:key=missed/x v=1 -->"
NASTY = st.lists(
    st.one_of(st.sampled_from([*PIECES, " ", "\n", "\r\n", MARKER]), st.text(max_size=3)),
    max_size=12,
).map("".join)
MENTION = re.compile(r"[@\uff20\ufe6b]\w")


@given(NASTY)
def test_no_mention_survives(value: str) -> None:
    """Neither in the source, nor once entities are decoded, nor in a title."""
    for shown in (markdown.text(value), markdown.title(value)):
        assert not MENTION.search(shown)
    assert not MENTION.search(html.unescape(markdown.text(value)))


@given(NASTY)
def test_no_reference_link_or_tag_survives(value: str) -> None:
    """Issue numbers, addresses, HTML and line ends are inert."""
    shown = markdown.text(value)

    assert not re.search(r"#\w|\bGH-\d|://|\bwww\.|<(?![ =0-9]|$)|^>(?!=)|[\n\r]", shown)
    assert key_of(shown) is None


@given(NASTY)
def test_special_characters_are_escaped(value: str) -> None:
    """Whatever Markdown would read as markup has a backslash before it."""
    shown = re.sub(r"\\.", "", markdown.text(value))

    assert not re.search(r"[`*_\[\]|~\\]", shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain words, 80 %", "plain words, 80 %"),
        ("a  b\n c\t", "a b c"),
        ("&#64;team", "@\u200dteam"),
        ("a|b", "a\\|b"),
        ("<details>", "&lt;details>"),
        ("<= 5 & > 3, R&D < 2", "<= 5 & > 3, R&amp;D < 2"),
        ("> quoted", "\\> quoted"),
        ("- [x] done", "\\- \\[x\\] done"),
        ("1. first", "1\u200d. first"),
        ("fixes #12", "fixes #\u200d12"),
        ("see owner/repo#1", "see owner/repo#\u200d1"),
        ("https://x.example", "https:\u200d//x.example"),
        ("x" * 600, "x" * 499 + "…"),
        ("commit 0a1b2c3d4e", "commit 0\u200da1b2c3d4e"),
        ("in 2026 there were 20260731 of them", "in 2026 there were 20260731 of them"),
    ],
)
def test_examples(value: str, shown: str) -> None:
    """Text stays readable."""
    assert markdown.text(value) == shown


def test_rows_that_do_not_fit_are_counted() -> None:
    """A table is cut by whole rows, with a notice."""
    table = markdown.table(("a",), [["x" * 10]] * 5, 40)

    assert table.splitlines() == [
        "| a |",
        "|---|",
        "| xxxxxxxxxx |",
        "| xxxxxxxxxx |",
        "",
        "_3 more rows are left out here._",
    ]
