"""``roadgate check --fix`` on files in a mess: what it writes, and what it leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROADGATE = Path(sys.executable).with_name("roadgate")
MESSY = """\
# the header stays
apiVersion: roadgate/v1
kind: initiative
metadata: {name: faster-ci, title: "Faster CI", owner: platform-coer}
spec:
  problm: Waiting.   # comment
  horizon: &h Later
  rice: {reach: "240", impact: 2, confidence: 80%, effort: 2}
  review: {every: 2 weeks}
  evidence: [interviews-old]
  successCriteria:
  -   id: x
      metric: 'ci_duration'
      target: "<= 5"
      by: 20260731
      from: 07/08/2026
"""
REST = """\
apiVersion: roadgate/v1
kind: Team
metadata: {name: platform-core, title: Core}
spec: {}
---
apiVersion: roadgate/v1
kind: Metric
metadata: {name: ci-duration, title: Duration}
spec: {direction: lower, cadence: weekly}
---
apiVersion: roadgate/v1
kind: Evidence
metadata: {name: interviews-2026, title: Interviews, aliases: [interviews-old]}
spec: {method: interview, date: 2026-01-20}
"""
MENDED = {
    "kind: initiative": "kind: Initiative",
    "platform-coer": "platform-core",
    "problm": "problem",
    "Later": "later",
    '"240"': "240",
    "80%": "80",
    "2 weeks": "14d",
    "ci_duration": "ci-duration",
    "20260731": "2026-07-31",
    "07/08/2026": "2026-08-07",
    "[interviews-old]\n  s": "[interviews-2026]\n  s",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a messy file and a tidy one."""
    (tmp_path / "roadmap").mkdir()
    write(tmp_path / "roadmap" / "messy.yaml", MESSY)
    write(tmp_path / "roadmap" / "rest.yaml", REST)
    return tmp_path


def write(path: Path, text: str) -> None:
    """Write a file as it is, without changing its line ends."""
    path.write_bytes(text.encode())


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``roadgate check`` in a folder."""
    return subprocess.run(
        [str(ROADGATE), "check", "--as-of", "2026-03-01", *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_CEILING_DIRECTORIES": "/"},
    )  # fmt: skip


def mended(*left: str) -> str:
    """The messy text with everything mended but what is named."""
    text = MESSY
    for old, new in MENDED.items():
        if old not in left:
            text = text.replace(old, new)
    return text


def test_what_is_certain_is_written_and_the_rest_told(project: Path) -> None:
    """Only the characters that are wrong change; a date that reads two ways stays an error."""
    result = run(project, "--fix")

    messy = (project / "roadmap" / "messy.yaml").read_text(encoding="utf-8")
    assert messy == mended("07/08/2026", "[interviews-old]\n  s", "platform-coer", "ci_duration") \
        .replace("ci_duration", "ci-duration")  # fmt: skip
    assert "fixed 8 problems in 1 file" in result.stdout
    assert "'07/08/2026' cannot be" in result.stdout
    assert result.returncode == 1


def test_references_follow_once_the_file_can_be_read(project: Path) -> None:
    """What one fix brings to light the same run fixes too; the second run changes nothing."""
    messy = project / "roadmap" / "messy.yaml"
    write(messy, MESSY.replace("07/08/2026", "2026-08-07"))

    first, before = run(project, "--fix"), messy.read_bytes()
    second = run(project, "--fix")

    assert messy.read_text(encoding="utf-8") == mended()
    assert "fixed 10 problems in 1 file" in first.stdout
    assert "nothing to fix" in second.stdout
    assert messy.read_bytes() == before


@pytest.mark.parametrize(("bom", "newline"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")])
def test_line_ends_and_byte_order_marks_stay(project: Path, bom: str, newline: str) -> None:
    """A file from Windows stays one."""
    write(project / "roadmap" / "messy.yaml", bom + MESSY.replace("\n", newline))

    run(project, "--fix")

    written = (project / "roadmap" / "messy.yaml").read_bytes().decode()
    assert written.startswith(f"{bom}# the header")
    assert "kind: Initiative" in written
    assert written.count("\n") == written.count(newline) == MESSY.count("\n")


def test_a_dry_run_shows_the_change_and_writes_nothing(project: Path) -> None:
    """The diff is what the real run would do."""
    result = run(project, "--fix", "--dry-run")

    assert "\n-  problm: Waiting.   # comment\n" in result.stdout
    assert "\n+  problem: Waiting.   # comment\n" in result.stdout
    assert "would fix 8 problems in 1 file" in result.stdout
    assert (project / "roadmap" / "messy.yaml").read_text(encoding="utf-8") == MESSY
    assert result.returncode == 1


def test_files_that_may_not_be_written_are_told(project: Path) -> None:
    """A read-only file and a link stay as they are; permissions of others are kept."""
    messy = project / "roadmap" / "messy.yaml"
    write(project / "roadmap" / "more.yaml", MESSY.replace("faster-ci", "more"))
    (project / "roadmap" / "more.yaml").chmod(0o640)
    messy.chmod(0o444)

    result = run(project, "--fix")

    assert "not fixed: 'roadmap/messy.yaml': it is read-only" in result.stdout
    assert messy.read_text(encoding="utf-8") == MESSY
    assert "fixed 8 problems in 1 file" in result.stdout
    assert (project / "roadmap" / "more.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in (project / "roadmap").iterdir()) == [
        "messy.yaml", "more.yaml", "rest.yaml",
    ]  # fmt: skip


def test_a_file_with_another_problem_is_left_alone(project: Path) -> None:
    """A key written twice must be settled by its author first."""
    text = MESSY.replace("spec:\n", "spec:\n  horizon: next\n")
    write(project / "roadmap" / "messy.yaml", text)

    result = run(project, "--fix")

    assert "not fixed: roadmap/messy.yaml:3:7: something else in the file" in result.stdout
    assert (project / "roadmap" / "messy.yaml").read_text(encoding="utf-8") == text


def test_a_revision_has_no_files_to_write(project: Path) -> None:
    """``--at`` reads git objects, so ``--fix`` has nothing to write to."""
    result = run(project, "--fix", "--at", "HEAD")

    assert result.returncode == 2
    assert "--fix writes files on disk" in result.stderr


def test_the_working_tree_of_a_change_is_mended(project: Path) -> None:
    """With ``--base`` the head is the working tree, which can be written."""
    git = ["git", "-C", str(project), "-c", "user.name=x", "-c", "user.email=x@example.com"]
    messy = project / "roadmap" / "messy.yaml"
    messy.unlink()
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        subprocess.run([*git, *command], check=True)
    write(messy, MESSY)

    result = run(project, "--base", "HEAD", "--fix")

    assert "fixed 8 problems in 1 file" in result.stdout
    assert "kind: Initiative" in messy.read_text(encoding="utf-8")


def test_programs_and_pull_requests_get_the_same_fixes(project: Path) -> None:
    """JSON says which characters go and what comes; so do annotations, Markdown and SARIF."""
    told = json.loads(run(project, "--format", "json").stdout)["findings"]
    (finding,) = [each for each in told if each["id"] == "RG006"]

    assert finding["fixes"] == [{
        "location": {
            "path": "roadmap/messy.yaml", "line": 3, "column": 7, "endLine": 3, "endColumn": 17,
        },
        "replacement": "Initiative",
    }]  # fmt: skip
    assert "%0Areplace with: Initiative%0A" in run(project, "--format", "github").stdout
    assert "(replace with <code>Initiative</code>)" in run(project, "--format", "markdown").stdout
    (result,) = [
        each
        for each in json.loads(run(project, "--format", "sarif").stdout)["runs"][0]["results"]
        if each["ruleId"] == "RG006"
    ]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "Initiative"}
    assert change["replacements"][0]["deletedRegion"]["startColumn"] == 7


def test_mistyped_operators_are_written_right(project: Path) -> None:
    """What stands for one operator only; a number without any is the author's to decide."""
    messy = project / "roadmap" / "messy.yaml"
    text = MESSY.replace("07/08/2026", "2026-01-01").replace("<= 5", "=< 5")
    write(messy, text.replace("review:", "guardrails: [{id: g, metric: ci-duration, target: '≥ 3'}]"
                                         "\n  nfrs: [{id: n, metric: ci-duration, target: '7'}]"
                                         "\n  review:"))  # fmt: skip

    result = run(project, "--fix")

    written = messy.read_text(encoding="utf-8")
    assert 'target: "<= 5"' in written
    assert "target: '>= 3'" in written
    assert "target: '7'" in written
    assert "'7' is no condition" in result.stdout


def test_a_name_that_several_know_otherwise_is_left_alone(project: Path) -> None:
    """Whether the resource or those who name it are mistaken, nobody can tell."""
    goals = (
        "apiVersion: roadgate/v1\nkind: Goal\nmetadata: {name: a, title: A, owner: platform-core}\n"
        "spec: {outcome: x, metrics: [ci-durations]}\n---\n"
        "apiVersion: roadgate/v1\nkind: Goal\nmetadata: {name: b, title: B, owner: platfrom-core}\n"
        "spec: {outcome: x, metrics: [ci-durations]}\n"
    )
    (project / "roadmap" / "messy.yaml").unlink()
    write(project / "roadmap" / "goals.yaml", goals)

    result = run(project, "--fix")

    assert (project / "roadmap" / "goals.yaml").read_text(encoding="utf-8") == goals.replace(
        "platfrom", "platform"
    )
    assert "did you mean 'ci-duration'?" in result.stdout


def test_a_terminal_is_told_that_there_are_fixes(project: Path) -> None:
    """The last lines of check name the option."""
    assert "1 of these can be fixed by roadgate check --fix" in run(project).stdout


def test_the_configuration_is_mended_too(project: Path) -> None:
    """Its kind first, then the fields that this brings to light, then what they name."""
    write(
        project / "roadgate.yaml",
        "apiVersion: roadgate/v1\nkind: config   # ours\nspec:\n"
        "  policies: {presets: [Essential]}\n  calender: {quarterStart: '4'}\n"
        "  approvals: {kill: {team: platfrom-core}}\n",
    )

    result = run(project, "--fix")

    assert (project / "roadgate.yaml").read_text(encoding="utf-8") == (
        "apiVersion: roadgate/v1\nkind: Config   # ours\nspec:\n"
        "  policies: {presets: [essential]}\n  calendar: {quarterStart: 4}\n"
        "  approvals: {kill: {team: platform-core}}\n"
    )
    assert "in 2 files" in result.stdout
