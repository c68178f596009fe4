"""Findings as text."""

from __future__ import annotations

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.finding import Suppression
from roadgate.report import text
from unit.report.samples import CHANGE, check_report, finding, source, span


def test_nothing_found_is_nothing_printed() -> None:
    """An empty list has no text of its own; the counts say the rest."""
    assert text.findings_text([], source) == ""


def test_what_the_baseline_lists_is_one_line() -> None:
    """Old debts are shown and do not shout."""
    known = finding(location=span(6, 12, 15), suppressed=Suppression("baseline", "baseline", None))

    assert text.findings_text([known], source) == (
        "baseline[RG101]: 'faster-ci' moves to now with 3 of 5 interviews"
        " (roadmap/faster-ci.yaml:6:12)"
    )


def test_a_finding_without_a_place_names_its_resource() -> None:
    """There is always something to look for."""
    assert text.findings_text([finding(fix="")], source).splitlines() == [
        "error[RG101]: 'faster-ci' moves to now with 3 of 5 interviews",
        "   = in: Initiative/faster-ci, spec.horizon",
        "   = why: roadgate explain RG101",
    ]


def test_messages_of_several_lines_become_one() -> None:
    """A finding is told in one line, so that logs can be searched."""
    (first, *_) = text.findings_text([finding(message="a\nb\x1b[0m")], source).splitlines()

    assert first == "error[RG101]: a b\\x1b[0m"


@given(
    message=st.text(max_size=50), fix=st.text(max_size=50), path=st.text(min_size=1, max_size=20)
)
def test_whatever_users_write_is_harmless(message: str, fix: str, path: str) -> None:
    """No control character of a message, a fix or a path reaches the terminal."""
    odd = finding(message=message, fix=fix, location=span(1, 1, 2, path=path))

    printed = text.findings_text([odd], source).replace("\n", "")

    assert not [each for each in printed if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")]


def test_quiet_shows_errors_and_counts_only() -> None:
    """Warnings, notices, waivers and changes are left out, and still counted."""
    printed = text.check(check_report(change=CHANGE), source, quiet=True)

    heads = [line.partition(":")[0] for line in printed.splitlines() if "[RG" in line]
    assert heads == ["error[RG011]", "error[RG101]", "error[RG601]"]
    assert ("changes:" in printed, "1 warning, 1 notice, 1 waived" in printed) == (False, True)


def test_a_thousand_findings_are_shown_fast() -> None:
    """A repository that adopts roadgate late is not kept waiting."""
    findings = tuple(
        finding(message=f"no. {number}", location=span(number, 1, 4)) for number in range(1, 1_001)
    )
    content = "key: value\n" * 1_000
    started = time.process_time()

    view = text.View(verbose=True)
    printed = text.check(check_report(findings), lambda _path, _rev: content.encode(), view=view)

    assert (printed.count("error[RG101]"), time.process_time() - started < 5) == (1_000, True)
