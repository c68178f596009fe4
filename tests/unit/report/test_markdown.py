"""Markdown: users' text stays text, and pages stay within their limit."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.finding import Severity
from roadgate.model.report import StatusReport
from roadgate.model.verdict import Verdicts
from roadgate.report import markdown
from roadgate.report.markdown_text import capped, code, escape, table
from unit.report import samples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text, 18 minutes", "plain text, 18 minutes"),
        ("a|b", "a\\|b"),
        ("two\nlines", "two lines"),
        ("@everyone", "@<!-- -->everyone"),
        ("#12", "#<!-- -->12"),
        ("https://example.com", "https:<!-- -->//example.com"),
        ("www.example.com", "www<!-- -->.example.com"),
        ("<!-- roadgate:key=x -->", "&lt;\\!-- roadgate:key=x --&gt;"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("[a](b)", "\\[a\\](b)"),
        ("`code`", "\\`code\\`"),
        ("**bold** _it_ ~~x~~", "\\*\\*bold\\*\\* \\_it\\_ \\~\\~x\\~\\~"),
        ("$x$", "\\$x\\$"),
        ("a\\b", "a\\\\b"),
        ("&lt;", "&amp;lt;"),
        ("\x1b[31m", "\\\\x1b\\[31m"),
    ],
)
def test_markup_is_escaped(text: str, expected: str) -> None:
    """What a user wrote is read as it was written."""
    assert escape(text) == expected


@given(st.text(alphabet="|<>@#`*_[]()!&\\\n\r:/w. aGH-1", max_size=80))
def test_no_text_leaves_its_cell(text: str) -> None:
    """A cell has no unescaped bar, no tag, no mention and no line end."""
    cell = escape(text)

    bare = re.sub(r"\\.|<!-- -->", "\0", cell)
    assert not re.search(r"[|<>`*\n\r]|@\w|#\w|://", bare)


def test_long_text_is_cut() -> None:
    """A value of 5,000 characters does not fill the page."""
    assert len(escape("x" * 5_000)) == 500


def test_code_in_a_table_is_no_markup() -> None:
    """An identifier is shown in the typeface of code, with its bars."""
    assert code("a|b`c") == "<code>a\\|b\\`c</code>"


def test_a_table_has_one_line_a_row() -> None:
    """Header, rule, rows."""
    assert table(("a", "b"), [("1", "2")]) == ["| a | b |", "|---|---|", "| 1 | 2 |"]


def test_pages_are_cut_after_a_whole_row() -> None:
    """Beyond the limit the rows that are left out are counted."""
    text = capped([f"| {number} |" for number in range(100)], 100)

    assert (text.splitlines()[-1], len(text.encode()) <= 100) == (
        "… and 90 more lines, cut here",
        True,
    )


@given(st.lists(st.text(max_size=30).map(lambda text: " ".join(text.split())), max_size=40))
def test_pages_never_pass_their_limit(lines: list[str]) -> None:
    """The limit counts bytes, whatever the language."""
    assert len(capped(lines, 200).encode()) <= 200


def test_a_thousand_findings_fit_a_job_summary() -> None:
    """A page with very many very long findings is cut, not refused by GitHub."""
    long = "日本語" * 2_000
    findings = tuple(
        samples.finding(message=f"{number} {long}", fix=long) for number in range(1_000)
    )

    text = markdown.check(samples.check_report(findings), limit=60_000)

    assert 50_000 < len(text.encode()) <= 60_000
    assert len(markdown.check(samples.check_report(findings)).encode()) <= markdown.MAX_BYTES


def test_a_run_without_findings_passed() -> None:
    """The first line says how it ended."""
    assert markdown.check(samples.check_report(())).startswith("## roadgate: passed, no findings\n")


def test_an_empty_roadmap_says_so() -> None:
    """Nothing is not success."""
    text = markdown.status(StatusReport(Verdicts(samples.DAY, ())))

    assert text == "## Roadmap\n\nas of 2026-07-31: no initiatives.\n\n"


def test_titles_cannot_break_the_page() -> None:
    """A title with a bar and a mention stays in its cell."""
    evil = replace(samples.FASTER, title="a | b @everyone\n# c")

    lines = markdown.status(StatusReport(Verdicts(samples.DAY, (evil,)))).splitlines()

    assert "#### a \\| b @<!-- -->everyone # c" in lines


def test_a_thousand_findings_stay_a_page() -> None:
    """The gravest are in the table, and a line says how many are not."""
    many = tuple(
        samples.finding(message=f"problem {n}", severity=Severity.NOTICE if n else Severity.ERROR)
        for n in range(1_000)
    )

    shown = markdown.check(samples.check_report(many))

    assert "| error <code>RG101</code> |" in shown
    assert "### Findings: 1000" in shown
    assert "… and 800 more: `roadgate check` shows them" in shown
