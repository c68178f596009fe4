"""Pull requests on real commits, judged by the real command: what passes, and what does not.

The table is in ``tests/cases/pull-requests``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cases.pull_requests import Case, Expected, Files, Link, cases
from roadgate.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow

CASES = cases()
COMMIT = "ab" * 20


class Repository:
    """Commits of whole trees, written by git itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stream: list[bytes] = []
        self._commits = 0
        subprocess.run(["git", "init", "-q", str(root)], check=True)

    def commit(self, files: Files, day: str, parent: str | None = None) -> str:
        """A commit of these files and nothing else; the name of its branch."""
        self._commits += 1
        name = f"c{self._commits}"
        seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        lines = [f"commit refs/heads/{name}", f"committer A <a@example.com> {seconds} +0000"]
        lines += ["data 0", *([f"from refs/heads/{parent}"] if parent else []), "deleteall"]
        self._stream.append("\n".join([*lines, ""]).encode())
        for path, content in files.items():
            self._stream.append(_entry(path, content))
        return name

    def write(self) -> None:
        """Store every commit at once."""
        subprocess.run(
            ["git", "-C", str(self.root), "fast-import", "--quiet"],
            input=b"".join(self._stream),
            check=True,
        )

    def shas(self) -> dict[str, str]:
        """The commit of each branch."""
        command = ["git", "-C", str(self.root), "for-each-ref"]
        command += ["--format=%(refname:short) %(objectname)", "refs/heads"]
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return dict(line.split() for line in listed.splitlines())  # type: ignore[misc] # two words


def _entry(path: str, content: bytes | Link) -> bytes:
    """One path of a commit, as git fast-import reads it."""
    if isinstance(content, Link) and content.mode == "160000":
        return f'M 160000 {COMMIT} "{path}"\n'.encode()
    mode, data = (
        ("100644", content)
        if isinstance(content, bytes)
        else (content.mode, content.target.encode())
    )
    return f'M {mode} inline "{path}"\ndata {len(data)}\n'.encode() + data + b"\n"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, dict[str, str]]:
    """Every pull request of the table; the commit of each base and head."""
    found = Repository(tmp_path_factory.mktemp("pull-requests"))
    branches = {}
    for case in CASES:
        base = found.commit(case.base, "2026-02-02")
        if case.later is not None:
            base = found.commit(case.later, "2026-05-01", base)
        branches[case.name] = base
        same = case.head == (case.later or case.base)
        branches[f"{case.name}, head"] = (
            base if same else found.commit(case.head, "2026-06-19", base)
        )
    found.write()
    commits = found.shas()
    return found, {name: commits[branch] for name, branch in branches.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pull_request(
    case: Case,
    repository: tuple[Repository, dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The exit code, each new error with its place and words, and the effects on fields."""
    store, commits = repository
    base, head = commits[case.name], commits[f"{case.name}, head"]
    arguments = ["check", "-C", str(store.root), "--base", base, "--at", head]
    arguments += ["--as-of", case.as_of, "--format", "json", *case.arguments]
    if case.context is not None:
        text = json.dumps(case.context).replace('"BASE"', f'"{base}"')
        (tmp_path / "context.json").write_text(text.replace('"HEAD"', f'"{head}"'))
        arguments += ["--context", str(tmp_path / "context.json")]
    monkeypatch.setattr(sys, "argv", ["roadgate", *arguments])

    status = run()

    report = json.loads(capfd.readouterr().out)
    told = [each for each in report["findings"] if each["new"] and not each["suppressed"]]
    errors = [each for each in told if each["severity"] == "error"]
    assert sorted(each["id"] for each in errors) == sorted(each.id for each in case.errors), [
        (each["id"], each["location"], each["message"]) for each in errors
    ]
    assert status == (1 if case.errors else 0)
    assert all(each["location"] is not None for each in errors if each["id"] != "RG042")
    _are_there(case.errors, errors)
    for severity, wanted in (("warning", case.warnings), ("notice", case.notices)):
        _are_there(wanted, [each for each in told if each["severity"] == severity])
    effects = {
        field["field"]: field["effect"]
        for resource in report["change"]["resources"]
        for field in resource["fields"]
    }
    assert case.effects.items() <= effects.items(), effects


def _are_there(wanted: Sequence[Expected], findings: list[dict[str, Any]]) -> None:
    """Each expected finding is one of these."""
    for each in wanted:
        assert any(map(each.fits, findings)), (
            each,
            [(found["id"], found["location"], found["message"]) for found in findings],
        )


APPROVED: dict[str, Any] = {
    "version": 1,
    "pullRequest": 7,
    "base": "ab" * 20,
    "head": "cd" * 20,
    "author": "example-pm",
    "reviews": [{"by": "a", "state": "approved", "commit": "cd" * 20, "date": "2026-06-19"}],
}


@pytest.mark.parametrize(
    "wrong",
    [
        {**APPROVED, "approvals": ["example-vp"]},
        {**APPROVED, "version": 2},
        {**APPROVED, "reviews": "none"},
        {**APPROVED, "reviews": [{**APPROVED["reviews"][0], "state": "APPROVED"}]},
        {**APPROVED, "reviews": [{**APPROVED["reviews"][0], "weight": "2"}]},
    ],
)
def test_a_context_that_is_wrong_is_refused(
    wrong: dict[str, Any],
    repository: tuple[Repository, dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It is never read as a pull request that nobody approved."""
    store, commits = repository
    (tmp_path / "context.json").write_text(json.dumps(wrong))
    base, head = commits["relaxed and approved"], commits["relaxed and approved, head"]
    arguments = ["check", "-C", str(store.root), "--base", base, "--at", head]
    arguments += ["--context", str(tmp_path / "context.json")]
    monkeypatch.setattr(sys, "argv", ["roadgate", *arguments])

    assert run() == 2
    assert "the context file" in capfd.readouterr().err
