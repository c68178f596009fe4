"""Annotations, and logs that Actions cannot misread."""

from __future__ import annotations

from roadgate.model.finding import Severity, Status, Suppression
from roadgate.model.source import Span
from roadgate.report import github
from unit.report.samples import check_report, finding, span


def test_message_and_properties_are_escaped() -> None:
    """Percent signs, line ends, colons and commas arrive as they are."""
    odd = finding(message="50% done\r\nnext", fix="", location=span(2, 3, 5, path="a,b:c%.yaml"))

    assert github.workflow_commands([odd]) == [
        (
            "::error file=a%2Cb%3Ac%25.yaml,line=2,endLine=2,col=3,endColumn=5,title=RG101::"
            "50%25 done next%0Awhy: roadgate explain RG101"
        )
    ]


def test_a_path_hides_nothing() -> None:
    """A file's name cannot turn, erase or colour what is printed."""
    odd = finding(location=span(2, 3, 5, path="a\x1b[31m\u202eb.yaml"))

    (line,) = github.workflow_commands([odd])

    assert "\x1b" not in line
    assert "\u202e" not in line


def test_no_user_text_starts_a_command_of_its_own() -> None:
    """A message that spells a workflow command stays a message."""
    evil = finding(message="x\n::set-env name=A::b\r::error::y", fix="\n::stop-commands::z")

    lines = "\n".join(github.workflow_commands([evil])).splitlines()

    assert [line.startswith("::error line=1,title=RG101::") for line in lines] == [True]


def test_paths_get_the_folder_of_the_project() -> None:
    """Annotations name files from the top of the repository."""
    (line,) = github.workflow_commands([finding(location=span(1, 1, 2))], prefix="teams/a/")

    assert "file=teams/a/roadmap/faster-ci.yaml," in line


def test_spans_over_several_lines_have_no_columns() -> None:
    """GitHub takes columns only within one line."""
    (line,) = github.workflow_commands([finding(location=Span("a.yaml", 1, 5, 3, 2), fix="")])

    assert line.startswith("::error file=a.yaml,line=1,endLine=3,title=RG101::")


def test_what_is_gone_is_named_in_the_message() -> None:
    """A line of base is no line of head, so nothing is annotated there."""
    (line,) = github.workflow_commands(
        [finding(message="gone", fix="", location=Span("a.yaml", 7, 1, 7, 2, "base"))]
    )

    assert line.startswith("::error line=1,title=RG101::a.yaml:7:1 (in base): gone")


def test_ten_of_a_level_are_shown_and_the_rest_counted() -> None:
    """GitHub drops what goes beyond ten; we say so instead."""
    findings = [finding(message=f"error {number:02}") for number in range(22)]
    findings += [
        finding(severity=Severity.WARNING, message=f"warning {number:02}") for number in range(11)
    ]

    lines = github.workflow_commands(findings)

    levels = [line.partition(" ")[0] for line in lines]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["and"]
    rest = "and 12 more errors, 1 more warning without an annotation: "
    assert lines[-1] == f"{rest}see the job summary"
    elsewhere = github.workflow_commands(findings, in_summary=False)
    assert elsewhere[-1] == f"{rest}run roadgate check for all of them"


def test_old_and_suppressed_findings_are_not_annotated() -> None:
    """Annotations are about this change."""
    old = finding(new=False)
    waived = finding(suppressed=Suppression("x", "waive", None))

    assert github.workflow_commands([old, waived]) == []


def test_previews_are_notices() -> None:
    """What the proposed rules would say does not look like a failure."""
    (line,) = github.workflow_commands([finding(status=Status.PREVIEW)])

    assert line.startswith("::notice ")


def test_the_counts_come_last() -> None:
    """Each run ends with what was evaluated."""
    lines = github.check(check_report()).splitlines()

    assert lines[-1].startswith("34 policies × 63 resources evaluated")  # noqa: RUF001 - as printed
