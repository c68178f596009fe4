"""``status`` and ``plan`` with a context: what nobody has approved yet counts for nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

FILES = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: a, title: A}
spec:
  problem: It hurts.
  horizon: now
  status: active
  committed: 2026-01-10
  successCriteria: [{id: c, metric: m, target: ">= 5", by: 2026-02-01}]
---
apiVersion: roadgate/v1
kind: Metric
metadata: {name: m, title: M}
spec: {direction: higher, cadence: weekly}
---
apiVersion: roadgate/v1
kind: Team
metadata: {name: leads, title: Leads}
spec: {members: [{role: lead, github: example-vp}]}
"""
KILL = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: stop, title: Stop}
spec:
  type: kill
  concerns: {initiative: a}
  date: 2026-03-01
  by: [example-vp]
  because: No use.
  learned: Ask.
"""


def git(folder: Path, *arguments: str) -> str:
    """Run git."""
    who = {
        f"GIT_{role}_{what}": "a@b.c"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **who},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def roadgate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run roadgate."""
    return subprocess.run(
        [sys.executable, "-m", "roadgate", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def change(tmp_path: Path) -> tuple[Path, str, str]:
    """A repository whose last commit brings a kill; its folder, base and head."""
    folder = tmp_path / "repo"
    (folder / "roadmap").mkdir(parents=True)
    (folder / "measurements").mkdir()
    git(folder, "init", "-q")
    (folder / "roadmap" / "a.yaml").write_text(FILES, encoding="utf-8")
    rows = "date,value\n2026-01-15,1\n2026-02-01,1\n"
    (folder / "measurements" / "m.csv").write_text(rows, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "base")
    base = git(folder, "rev-parse", "HEAD")
    (folder / "roadmap" / "stop.yaml").write_text(KILL, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "head")
    return folder, base, git(folder, "rev-parse", "HEAD")


def context(folder: Path, base: str, head: str, *approvers: str) -> str:
    """A context file beside the repository."""
    path = folder.parent / "context.json"
    reviews = [
        {"by": each, "state": "approved", "commit": head, "date": "2026-03-02"}
        for each in approvers
    ]
    data: dict[str, Any] = {
        "version": 1,
        "base": base,
        "head": head,
        "author": "example-pm",
        "reviews": reviews,
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def frozen(folder: Path, *arguments: str) -> tuple[str | None, list[str]]:
    """Since when the initiative is frozen, and what is noted."""
    done = roadgate(folder, "status", "--format", "json", "--as-of", "2026-03-02", *arguments)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    return data["initiatives"][0]["frozenOn"], data["notes"]


def test_a_decision_counts_once_it_is_approved(change: tuple[Path, str, str]) -> None:
    """Without a context a Decision counts as it stands; with one, when the team has approved it."""
    folder, base, head = change
    assert frozen(folder) == ("2026-03-01", [])
    waiting = context(folder, base, head, "somebody-else")
    note = "Decision 'stop' does not count: nobody has approved it yet"
    assert frozen(folder, "--context", waiting) == (None, [note])
    approved = context(folder, base, head, "example-vp")
    assert frozen(folder, "--context", approved) == ("2026-03-01", [])


RELAX = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: easier, title: Easier}
spec:
  type: relax
  concerns: {initiative: a, criterion: c}
  date: 2026-01-20
  by: [example-vp]
  because: It was too much.
"""


def test_a_promise_is_not_amended_before_that_is_approved(change: tuple[Path, str, str]) -> None:
    """Without an approval the sealed text is judged, as it would be after a push past the check."""
    folder, base, _ = change
    git(folder, "reset", "-q", "--hard", base)
    eased = FILES.replace(">= 5", ">= 1")
    (folder / "roadmap" / "a.yaml").write_text(eased, encoding="utf-8")
    (folder / "roadmap" / "easier.yaml").write_text(RELAX, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "easier")
    head = git(folder, "rev-parse", "HEAD")

    def sealed(*approvers: str) -> tuple[str, str]:
        told = ["--context", context(folder, base, head, *approvers), "--as-of", "2026-01-20"]
        done = roadgate(folder, "status", "--format", "json", *told)
        (initiative,) = json.loads(done.stdout)["initiatives"]
        return initiative["sealed"]["state"], initiative["criteria"][0]["target"]

    assert sealed("somebody-else") == ("unsanctioned", ">= 5")
    assert sealed("example-vp") == ("amended", ">= 1")


def test_the_plan_of_a_pull_request(change: tuple[Path, str, str]) -> None:
    """The plan opens an issue for what is missed, as long as the kill is not approved."""
    folder, base, head = change
    to = ["--to", "local", "--as-of", "2026-03-02", "--format", "json"]
    waiting = roadgate(folder, "plan", *to, "--context", context(folder, base, head))
    approved = roadgate(folder, "plan", *to, "--context", context(folder, base, head, "example-vp"))
    assert [len(json.loads(each.stdout)["changes"]) for each in (waiting, approved)] == [1, 0]


def test_a_context_of_something_else(change: tuple[Path, str, str]) -> None:
    """A context of another head is ignored and told; one that is none ends the command."""
    folder, base, _ = change
    day, notes = frozen(folder, "--context", context(folder, base, "c" * 40))
    assert day == "2026-03-01"
    assert "it is ignored" in notes[0]
    broken = folder.parent / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    for verb in (["status"], ["plan", "--to", "local"]):
        done = roadgate(folder, *verb, "--context", str(broken))
        assert done.returncode == 2


WAIVER = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: pilot, title: Pilot}
spec:
  type: waive
  concerns: {policy: RG101, initiative: a}
  date: 2026-03-01
  until: 2026-06-30
  by: [example-vp]
  because: The pilot is small.
"""


def test_who_approves_an_exception(change: tuple[Path, str, str]) -> None:
    """Status and plan tell of an exception that is proposed what check with a base tells."""
    folder, base, _ = change
    git(folder, "reset", "-q", "--hard", base)
    (folder / "roadmap" / "pilot.yaml").write_text(WAIVER, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "pilot")
    head = git(folder, "rev-parse", "HEAD")

    def told(*approvers: str) -> list[tuple[str, int, list[str]]]:
        found = []
        for verb in (["check", "--base", base], ["status"], ["plan", "--to", "local"]):
            more = ["--context", context(folder, base, head, *approvers), "--as-of", "2026-03-02"]
            done = roadgate(folder, *verb, *more, "--format", "json")
            (entry,) = json.loads(done.stdout)["exceptions"]
            found.append((entry["standing"], entry["findings"], entry["approvedBy"]))
        return found

    assert told("somebody-else") == [("awaiting", 0, [])] * 3
    assert told("example-vp") == [("used", 1, ["example-vp"])] * 3
