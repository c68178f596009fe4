"""Pull requests on real commits, judged by the real command: what passes, and what does not.

The table is in ``tests/cases/pull-requests``.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cases.pull_requests import Case, Expected, cases
from cases.repository import Repository
from roadgate.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow

CASES = cases()


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
    assert not any("could not be found" in each["message"] for each in report["findings"])
    assert all(each["fix"] for each in errors)
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
