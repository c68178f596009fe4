"""A baseline through the real command: it holds old errors, shows them, and only shrinks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from roadgate.pipeline import schemas

ROADGATE = Path(sys.executable).with_name("roadgate")
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "adopt.md"
BASELINE = "roadgate.baseline.json"
NOW = (
    "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: NAME, title: T}\n"
    "spec:\n  problem: p\n  horizon: now\n  status: active\n  committed: 2026-01-02\n"
)


def git(folder: Path, *arguments: str) -> None:
    """Run git."""
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def check(folder: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON and the error output of a check on a fixed day."""
    run = subprocess.run(
        [ROADGATE, "check", "--as-of", "2026-08-04", "--format", "json", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, json.loads(run.stdout or "{}"), run.stderr


def told(data: dict[str, Any], id_: str) -> list[str]:
    """The severities of the findings of one id; ``baseline`` for those that it holds."""
    return [
        "baseline" if each["suppressed"] else each["severity"]
        for each in data["findings"]
        if each["id"] == id_
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A committed roadmap with old errors."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap" / "old.yaml").write_text(NOW.replace("NAME", "old"), encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "Old")
    return tmp_path


def test_old_errors_are_held_and_shown(project: Path) -> None:
    """After it is written the same errors fail nothing; --all counts them again."""
    code, before, _ = check(project)
    written, data, _ = check(project, "--write-baseline")
    again, after, _ = check(project)
    everything, _, _ = check(project, "--all")

    assert (code, written, again, everything) == (1, 0, 0, 1)
    assert before["summary"]["errors"] == after["summary"]["suppressed"] == 4
    assert data["notes"] == [f"'{BASELINE}' holds 4 errors now: 4 added, 0 taken out"]
    assert {each["suppressed"]["by"] for each in after["findings"] if each["suppressed"]} == {
        "baseline"
    }
    file = json.loads((project / BASELINE).read_text(encoding="utf-8"))
    schema = json.loads(schemas.generate()["baseline.schema.json"])
    assert list(Draft202012Validator(schema).iter_errors(file)) == []


def test_lines_that_move_change_nothing(project: Path) -> None:
    """Comments above, and another file for the same resource, keep the baseline true."""
    check(project, "--write-baseline")
    old = project / "roadmap" / "old.yaml"
    (project / "roadmap" / "new.yaml").write_text("# moved\n\n" + old.read_text(encoding="utf-8"))
    old.unlink()

    code, data, _ = check(project)

    assert code == 0
    assert data["summary"]["errors"] == 0


def test_writing_again_never_adds(project: Path) -> None:
    """What is repaired goes, what is new stays an error until --grow says otherwise."""
    check(project, "--write-baseline")
    (project / "roadmap" / "old.yaml").write_text(
        NOW.replace("NAME", "old") + "  goal: nowhere\n"
        "  rice: {reach: 1, impact: 1, confidence: 80, effort: 1}\n",
        encoding="utf-8",
    )

    code, data, _ = check(project)
    assert (code, told(data, "RG012"), told(data, "RG066")) == (1, ["error"], ["notice"])
    code, data, _ = check(project, "--write-baseline")
    assert (code, told(data, "RG012"), told(data, "RG066")) == (1, ["error"], [])
    code, data, _ = check(project, "--write-baseline", "--grow")
    assert (code, told(data, "RG012")) == (0, ["baseline"])
    text = (project / BASELINE).read_text(encoding="utf-8")
    assert "RG301" not in text
    assert check(project, "--write-baseline")[0] == 0
    assert (project / BASELINE).read_text(encoding="utf-8") == text


def test_a_change_cannot_add_to_it(project: Path) -> None:
    """The base's baseline judges; what a change adds is a weaker judge, and its errors are new."""
    check(project, "--write-baseline")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "Baseline")
    (project / "roadmap" / "new.yaml").write_text(NOW.replace("NAME", "new"), encoding="utf-8")
    check(project, "--write-baseline", "--grow")

    code, data, _ = check(project, "--base", "main")

    assert code == 1
    assert told(data, "RG507") == ["error"]
    new = [
        each
        for each in data["findings"]
        if each["resource"] == {"kind": "Initiative", "name": "new"}
    ]
    assert {each["suppressed"] for each in new} == {None}
    assert "baseline" in told(data, "RG101")


def test_what_was_repaired_stays_repaired(project: Path) -> None:
    """An entry that base has outlived does not excuse the error when a change brings it back."""
    check(project, "--write-baseline")
    rice = "  rice: {reach: 1, impact: 1, confidence: 80, effort: 1}\n"
    old = project / "roadmap" / "old.yaml"
    old.write_text(NOW.replace("NAME", "old") + rice, encoding="utf-8")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "Repaired")
    old.write_text(NOW.replace("NAME", "old"), encoding="utf-8")

    code, data, _ = check(project, "--base", "main")

    assert code == 1
    assert told(data, "RG301") == ["error"]


def test_the_first_baseline_is_a_notice(project: Path) -> None:
    """A pull request may bring it, and says what it holds."""
    check(project, "--write-baseline")

    code, data, _ = check(project, "--base", "main")

    assert code == 0
    assert told(data, "RG067") == ["notice"]


def test_what_hides_something_is_not_held(project: Path) -> None:
    """A file that cannot be read stays an error: nobody knows what is in it."""
    (project / "roadmap" / "bad.yaml").write_text("a: b: c\n", encoding="utf-8")

    code, data, _ = check(project, "--write-baseline")

    assert code == 1
    assert told(data, "RG001") == ["error"]


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2, "findings": []}', "\xff", "[" * 5_000])
def test_a_broken_baseline_holds_nothing(project: Path, text: str) -> None:
    """Every error counts, and the file is a finding; it is not written over either."""
    (project / BASELINE).write_bytes(text.encode("latin-1"))

    code, data, _ = check(project)
    assert (code, told(data, "RG065"), told(data, "RG101")) == (1, ["error"], ["error"])
    code, _, trouble = check(project, "--write-baseline")
    assert code == 2
    assert trouble.startswith("error: the baseline ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--grow",),
        ("--write-baseline", "--base", "main"),
        ("--write-baseline", "--at", "main"),
        ("--write-baseline", "roadmap"),
        ("--write-baseline", "--fix"),
    ],
)
def test_what_has_no_meaning_is_refused(project: Path, arguments: tuple[str, ...]) -> None:
    """A baseline is of the whole project as it is on disk."""
    assert check(project, *arguments)[0] == 2
    assert not (project / BASELINE).exists()


def test_the_page_does_what_it_says(project: Path) -> None:
    """The commands of the how-to page end in a green check."""
    (block,) = re.findall(
        r"^```console\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        words = (
            command.replace("roadgate", str(ROADGATE), 1) if command.startswith("road") else command
        )
        if command.startswith("git commit"):
            words = words.replace("git", "git -c user.name=a -c user.email=a@b.c", 1)
        subprocess.run(words, cwd=project, shell=True, check=True, capture_output=True)  # noqa: S602


def test_an_approved_decision_lets_it_grow(project: Path, tmp_path: Path) -> None:
    """The way to hold more is the one for every weaker judge: relax, and somebody else's yes."""
    team = "apiVersion: roadgate/v1\nkind: Team\nmetadata: {name: leads, title: L}\n"
    (project / "roadmap" / "team.yaml").write_text(
        f"{team}spec: {{members: [{{role: lead, github: boss}}]}}\n", encoding="utf-8"
    )
    check(project, "--write-baseline")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "Baseline")
    git(project, "checkout", "-q", "-b", "change")
    (project / "roadmap" / "hold.yaml").write_text(
        "apiVersion: roadgate/v1\nkind: Decision\nmetadata: {name: hold, title: Hold}\n"
        f"spec: {{type: relax, concerns: {{config: {BASELINE}}}, date: 2026-08-01, by: [boss],\n"
        "  because: the goal comes in May}\n",
        encoding="utf-8",
    )
    (project / "roadmap" / "new.yaml").write_text(NOW.replace("NAME", "new"), encoding="utf-8")
    check(project, "--write-baseline", "--grow")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "Hold more")
    shas = [
        subprocess.run(
            ["git", "rev-parse", each], cwd=project, capture_output=True, text=True, check=True
        ).stdout.strip()
        for each in ("main", "change")
    ]
    review = {"by": "boss", "state": "approved", "commit": shas[1], "date": "2026-08-03"}
    context = {"version": 1, "pullRequest": 7, "base": shas[0], "head": shas[1], "author": "pm"}
    file = tmp_path / ".git" / "context.json"
    file.write_text(json.dumps({**context, "reviews": [review]}), encoding="utf-8")

    _, unknown, _ = check(project, "--base", "main", "--at", "change")
    _, approved, _ = check(project, "--base", "main", "--at", "change", "--context", str(file))

    assert told(unknown, "RG507") == ["error"]
    assert "error" not in told(approved, "RG507")
