"""Exceptions that a pull request brings: the account that the check gives of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BASE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: a, title: A}
spec: {problem: It hurts., horizon: exploring}
---
apiVersion: roadgate/v1
kind: Team
metadata: {name: leads, title: Leads}
spec: {members: [{role: lead, github: example-vp}]}
"""
POLICY = """\
apiVersion: roadgate/v1
kind: Policy
metadata: {name: owned, title: Owned}
spec:
  id: ACME001
  rationale: Owners answer.
  match: {kinds: [Initiative]}
  validations: [{expression: has(resource.metadata.owner), message: nobody owns it}]
  examples:
    - name: nobody
      passes: false
      files:
        - apiVersion: roadgate/v1
          kind: Initiative
          metadata: {name: a, title: A}
          spec: {problem: It hurts., horizon: next}
"""
WAIVER = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: later, title: Later}
spec:
  type: waive
  concerns: {policy: ID, initiative: a}
  date: 2026-07-01
  until: 2026-12-31
  by: [example-vp]
  because: The Teams are being written down.
"""


class Change:
    """A repository with a base, and a head that is being written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repo"
        self.write("roadmap/a.yaml", BASE)
        self._git("init", "-q")
        self.base = self.commit()

    def write(self, path: str, text: str) -> None:
        """Write a file of the head."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def commit(self) -> str:
        """Commit everything."""
        self._git("add", ".")
        self._git("commit", "-qm", "x")
        return self._git("rev-parse", "HEAD")

    def checked(self, *approvers: str) -> dict[str, Any]:
        """What check says of the head, which these people approve."""
        head = self.commit()
        reviews = [
            {"by": each, "state": "approved", "commit": head, "date": "2026-07-02"}
            for each in approvers
        ]
        context = self.folder.parent / "context.json"
        data = {
            "version": 1,
            "base": self.base,
            "head": head,
            "author": "example-pm",
            "reviews": reviews,
        }
        context.write_text(json.dumps(data), encoding="utf-8")
        done = subprocess.run(
            [
                *(sys.executable, "-m", "roadgate", "check", "--base", self.base),
                *("--context", str(context), "--as-of", "2026-07-02", "--format", "json"),
            ],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def _git(self, *arguments: str) -> str:
        who = {
            f"GIT_{role}_{what}": "a@b.c"
            for role in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **who},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """A repository with one initiative."""
    return Change(tmp_path)


def test_who_approves_an_exception(change: Change) -> None:
    """A new exception counts once it is approved, and the account says by whom."""
    change.write("policies/owned.yaml", POLICY)
    change.base = change.commit()
    change.write("roadmap/later.yaml", WAIVER.replace("ID", "ACME001"))
    (waiting,) = change.checked("somebody")["exceptions"]
    assert (waiting["standing"], waiting["approvedBy"], waiting["findings"]) == ("awaiting", [], 0)
    change.write("roadmap/note.yaml", BASE.replace("name: a,", "name: b,").split("---")[0])
    (approved,) = change.checked("example-vp")["exceptions"]
    assert (approved["standing"], approved["approvedBy"]) == ("used", ["example-vp"])
    assert approved["findings"] == 1


def test_a_policy_and_its_exception_in_one_change(change: Change) -> None:
    """A change may bring a policy together with what sets it aside; a slip is still an error."""
    change.write("policies/owned.yaml", POLICY)
    change.write("roadmap/later.yaml", WAIVER.replace("ID", "ACME001"))
    found = change.checked("example-vp")
    assert [each["id"] for each in found["findings"] if each["severity"] == "error"] == []
    change.write("roadmap/later.yaml", WAIVER.replace("ID", "ACME010"))
    found = change.checked("example-vp")
    errors = [each["message"] for each in found["findings"] if each["severity"] == "error"]
    assert errors == [
        "Decision 'later' sets aside 'ACME010', which no policy is called; did you mean 'ACME001'?"
    ]
