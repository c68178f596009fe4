"""Pull requests on real commits, judged by the real command: what passes, and what does not."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from roadgate.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow

TODAY = "2026-06-20"
PROMISE = "roadmap/faster-ci.yaml"
METRICS = "roadmap/metrics.yaml"
PROMISED = """\
apiVersion: roadgate/v1
kind: Initiative
metadata:
  name: faster-ci
  title: Faster CI
  owner: core
spec:
  problem: Developers wait.
  horizon: now
  status: active
  committed: 2026-02-02
  rice: {reach: 240, impact: 2, confidence: 100, effort: 2}
  evidence: [interviews]
  successCriteria:
    - id: duration
      metric: ci-duration
      target: "<= 5"
      by: 2026-07-31
    - id: adoption
      metric: adoption
      target: between 20 and 40
      by: 2026-09-30
      for: 2
    - id: relative
      metric: ci-duration
      target: "<= baseline - 40%"
      by: 2026-08-31
    - id: felt
      question: Is it fast?
      by: 2026-07-31
  killThresholds:
    - id: stuck
      metric: ci-duration
      when: ">= 15"
      checkOn: [2026-07-15, 2026-08-15]
      action: kill
  guardrails:
    - {id: share, metric: adoption, target: ">= 2 %"}
"""
BASE: Mapping[str, str] = {
    PROMISE: PROMISED,
    METRICS: """\
apiVersion: roadgate/v1
kind: Metric
metadata: {name: ci-duration, title: CI duration}
spec:
  {unit: min, direction: lower, cadence: weekly, baseline: {value: 18, date: 2026-01-15}}
---
apiVersion: roadgate/v1
kind: Metric
metadata: {name: adoption, title: Adoption}
spec: {unit: "%", direction: higher, cadence: weekly}
""",
    "roadmap/research.yaml": """\
apiVersion: roadgate/v1
kind: Evidence
metadata: {name: interviews, title: Interviews}
spec: {method: interview, date: 2026-01-20, participants: {dev: 12}, findings: [slow]}
---
apiVersion: roadgate/v1
kind: Persona
metadata: {name: dev, title: Developer}
spec: {population: 480, jobs: [ship]}
""",
    "roadmap/teams.yaml": """\
apiVersion: roadgate/v1
kind: Team
metadata: {name: core, title: Core}
spec: {members: [{role: product manager, github: example-pm}]}
---
apiVersion: roadgate/v1
kind: Team
metadata: {name: leads, title: Leads}
spec: {members: [{role: lead, github: example-vp}, {role: lead, github: example-cto}]}
""",
    "roadmap/docs.yaml": """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: docs, title: Docs, owner: core}
spec: {problem: Nobody finds it., horizon: exploring}
""",
    "roadmap/keep-going.yaml": """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: keep-going, title: Keep going}
spec:
  type: continue
  concerns: {initiative: faster-ci, threshold: stuck}
  date: 2026-05-20
  until: 2026-08-01
  by: [example-vp]
  because: Nearly there.
""",
    "roadgate.yaml": """\
apiVersion: roadgate/v1
kind: Config
spec:
  approvals: {relax: {team: leads, count: 1}}
""",
}
Files = dict[str, str | None]


def edit(*swaps: str, path: str = PROMISE) -> Files:
    """A file of base, with every other text in the place of the one before it."""
    text = BASE[path]
    for old, new in zip(swaps[::2], swaps[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    return {path: text}


def moved(path: str, **other: str) -> Files:
    """The promise under another path, with other text in it."""
    text = PROMISED
    for old, new in other.items():
        text = text.replace(old, new)
    return {PROMISE: None, path: text}


def decided(
    kind: str, concerns: str, day: str = "2026-06-18", extra: str = "", name: str = "decided"
) -> Files:
    """A Decision of example-vp's."""
    text = (
        f"apiVersion: roadgate/v1\nkind: Decision\nmetadata: {{name: {name}, title: Decided}}\n"
        f"spec:\n  type: {kind}\n  concerns: {concerns}\n  date: {day}\n  by: [example-vp]\n"
        f"  because: We know more.\n{extra}"
    )
    return {f"roadmap/{name}.yaml": text}


def config(lines: str) -> Files:
    """The settings with more in them."""
    return {"roadgate.yaml": f"{BASE['roadgate.yaml']}  {lines}\n"}


def review(by: str = "example-vp", state: str = "approved", commit: str = "HEAD") -> dict[str, str]:
    """A review of this head."""
    return {"by": by, "state": state, "commit": commit, "date": "2026-06-19"}


def context(*reviews: dict[str, str], **more: Any) -> dict[str, Any]:
    """What the forge knows about a pull request of example-pm's."""
    known = {"version": 1, "pullRequest": 7, "base": "BASE", "head": "HEAD", "author": "example-pm"}
    return {**known, "reviews": list(reviews), **more}


class Case(NamedTuple):
    """One pull request."""

    name: str
    head: Files
    errors: Sequence[str] = ()
    """The ids of the new errors, sorted; without any the command passes."""
    effects: Mapping[str, str] = {}
    """What the change does to some fields."""
    context: dict[str, Any] | None = None
    base: Mapping[str, str | None] = {}
    """What base has otherwise."""
    later: Mapping[str, str | None] = {}
    """What base was pushed afterwards, before the pull request."""
    revision: str | None = None
    """Where the first error stands."""


EASIER = edit('"<= 5"', '"<= 6"')
DURATION = "{initiative: faster-ci, criterion: duration}"
RELAX = decided("relax", DURATION)
KILL = decided("kill", "{initiative: faster-ci}", extra="  learned: Ask first.\n")
PIVOT = decided("pivot", "{initiative: faster-ci}")
NEW = "    - {id: fresh, metric: adoption, target: '>= 60', by: 2026-12-31}\n    - id: duration"
APPROVED = context(review())
TARGET = "spec.successCriteria[duration].target"
MOVED = ("RG501",)
CASES = [
    Case("words are free", edit("Faster CI", "Quicker", "Developers", "People"), (), {}),
    Case("spelling is free", edit('"<= 5"', '"<=5.0 min"', "- 40%", "- 40.0 %")),
    Case("another folder is free", moved("roadmap/deep/速い CI.YML")),
    Case("a harder target", edit('"<= 5"', '"< 5"'), (), {TARGET: "harder"}),
    Case("an easier target", EASIER, MOVED, {TARGET: "easier"}),
    Case("a target turned round", edit('"<= 5"', '">= 5"'), MOVED),
    Case("a narrower band", edit("20 and 40", "25 and 40")),
    Case("a band that sticks out", edit("20 and 40", "25 and 41"), MOVED),
    Case("a share of the baseline", edit("- 40%", "- 50%")),
    Case("less than that share", edit("- 40%", "- 39%"), MOVED),
    Case("an earlier deadline", edit("by: 2026-07-31", "by: 2026-06-21")),
    Case("a deadline of today", edit("by: 2026-07-31", "by: 2026-06-20"), MOVED),
    Case("a later deadline", edit("by: 2026-07-31", "by: 2026-08-01"), MOVED),
    Case("held for longer", edit("for: 2", "for: 3")),
    Case("held for less", edit("      for: 2\n", ""), MOVED),
    Case("another metric", edit("metric: adoption\n", "metric: ci-duration\n"), MOVED),
    Case("another criterion id", edit("id: felt", "id: feel"), MOVED),
    Case("a wider threshold", edit('">= 15"', '">= 14"')),
    Case("a narrower threshold", edit('">= 15"', '"> 15"'), MOVED),
    Case("one check date less", edit("2026-07-15, ", ""), MOVED),
    Case("one check date more", edit("[2026-07-15, ", "[2026-07-01, 2026-07-15, ")),
    Case("an easier guardrail", edit(">= 2 %", ">= 1 %"), MOVED),
    Case("another day of commitment", edit("2026-02-02", "2026-02-03"), ("RG017", "RG501")),
    Case("another unit", edit("unit: min", "unit: h", path=METRICS), ("RG502",)),
    Case("fewer interviews", edit("dev: 12", "dev: 11", path="roadmap/research.yaml"), ("RG504",)),
    Case("deleted", {PROMISE: None}, ("RG012", "RG505"), revision="base"),
    Case("deleted and killed", {PROMISE: None, **KILL}, (), context=APPROVED),
    Case("renamed", moved("roadmap/q.yaml", **{"name: faster-ci": "name: quick-ci"}),
         ("RG012", "RG017", "RG505")),
    Case("renamed with its alias",
         edit("name: faster-ci", "name: quick-ci\n  aliases: [faster-ci]")),
    Case("an alias that is in use goes",
         edit("name: faster-ci", "name: quick-ci"), ("RG012", "RG505"),
         later=edit("name: faster-ci", "name: quick-ci\n  aliases: [faster-ci]")),
    Case("another extension", moved("roadmap/faster-ci.txt"), ("RG012", "RG505")),
    Case("broken: the promise stands", {PROMISE: f"{PROMISED}: ["}, ("RG001",)),
    Case("a nested project", {**moved("roadmap/a/faster-ci.yaml"),
         "roadmap/a/roadgate.yaml": "apiVersion: roadgate/v1\nkind: Config\n"},
         ("RG012", "RG505")),
    Case("a folder becomes a project",
         {"roadmap/a/roadgate.yaml": "apiVersion: roadgate/v1\nkind: Config\n"}, ("RG507",),
         base={"roadmap/docs.yaml": None, "roadmap/a/docs.yaml": BASE["roadmap/docs.yaml"]}),
    Case("a folder becomes a project, and that was decided",
         {"roadmap/a/roadgate.yaml": "apiVersion: roadgate/v1\nkind: Config\n",
          **decided("relax", "{config: spec.paths}")}, context=APPROVED,
         base={"roadmap/docs.yaml": None, "roadmap/a/docs.yaml": BASE["roadmap/docs.yaml"]}),
    Case("ignored", config("ignore: [roadmap/faster-ci.yaml]"), ("RG507",)),
    Case("relaxed and approved", {**EASIER, **RELAX}, (), {TARGET: "easier"}, APPROVED),
    Case("relaxed by the long form",
         {**EASIER, **decided("relax", "{resource: Initiative/faster-ci, criterion: duration}")},
         (), {TARGET: "easier"}, APPROVED),
    Case("approval unknown", {**EASIER, **RELAX}, ("RG041", "RG501")),
    Case("not approved", {**EASIER, **RELAX}, ("RG041", "RG501"), {}, context()),
    Case("approved by its author", {**EASIER, **RELAX}, ("RG041", "RG501"), {},
         context(review("Example-VP"), author="example-vp")),
    Case("approved by a pusher", {**EASIER, **RELAX}, ("RG041", "RG501"), {},
         context(review(), authors=["Example-VP"])),
    Case("approved by another team", {**EASIER, **RELAX}, ("RG041", "RG501"), {},
         context(review("example-pm"), author="somebody")),
    Case("approved in other letters", {**EASIER, **RELAX}, (), {}, context(review("EXAMPLE-VP"))),
    Case("an older head was approved", {**EASIER, **RELAX}, ("RG041", "RG501"), {},
         context(review(commit="BASE"))),
    Case("dismissed since", {**EASIER, **RELAX}, ("RG041", "RG501"), {},
         context(review(), review(state="dismissed"))),
    Case("commented since", {**EASIER, **RELAX}, (), {},
         context(review(), review(state="commented"))),
    Case("a context of another head", {**EASIER, **RELAX}, ("RG041", "RG042", "RG501"), {},
         context(review(), head="ab" * 20)),
    Case("decided too long ago", {**EASIER, **decided("relax", DURATION, "2026-06-05")},
         ("RG045", "RG501"), {}, APPROVED),
    Case("decided 14 days ago", {**EASIER, **decided("relax", DURATION, "2026-06-06")},
         (), {}, APPROVED),
    Case("decided tomorrow", {**EASIER, **decided("relax", DURATION, "2026-06-21")},
         ("RG045", "RG501"), {}, APPROVED),
    Case("decided first, edited now", EASIER,
         base=decided("relax", DURATION, "2026-05-01", '  to: "<= 6"\n')),
    Case("decided otherwise", edit('"<= 5"', '"<= 7"'), MOVED,
         base=decided("relax", DURATION, "2026-05-01", '  to: "<= 6"\n')),
    Case("a Decision goes on for longer",
         edit("2026-08-01", "2026-09-01", path="roadmap/keep-going.yaml"), ("RG506",)),
    Case("a Decision ends earlier",
         edit("2026-08-01", "2026-07-01", path="roadmap/keep-going.yaml")),
    Case("a Decision is deleted", {"roadmap/keep-going.yaml": None}, ("RG506",), revision="base"),
    Case("killed without a word", edit("status: active", "status: killed"), ("RG506", "RG601")),
    Case("killed with a Decision", {**edit("status: active", "status: killed"), **KILL}, (), {},
         APPROVED),
    Case("a pivot", {**edit("    - id: duration", NEW, '"<= 5"', '"<= 9"'), **PIVOT}, (), {},
         APPROVED),
    Case("a pivot to nothing new", {**EASIER, **PIVOT}, ("RG045", "RG501"), {}, APPROVED),
    Case("back to next", edit("horizon: now", "horizon: next"), ("RG506",)),
    Case("committed without research",
         edit("horizon: exploring", "horizon: now, status: active, committed: 2026-06-19",
              path="roadmap/docs.yaml"),
         ("RG101", "RG201", "RG201", "RG301")),
    Case("a rule is switched off",
         {**EASIER,
          **config("policies: {bindings: [{policy: RG501, enforcement: disabled, because: x}]}")},
         ("RG501", "RG507")),
    Case("a rule asks for more",
         config("policies: {bindings: [{policy: RG101, params: {minInterviews: 8}}]}")),
    Case("a rule asks for less",
         config("policies: {bindings: [{policy: RG101, params: {minInterviews: 2}}]}"),
         ("RG507",)),
    Case("nobody is left to approve",
         edit("{role: lead, github: example-vp}, {role: lead, github: example-cto}", "",
              path="roadmap/teams.yaml"),
         ("RG507",)),
    Case("settings that were broken are repaired", {"roadgate.yaml": BASE["roadgate.yaml"]},
         later={"roadgate.yaml": "spec: [\n"}),
    Case("an old error stays", edit("Faster CI", "Quicker"),
         later={"roadmap/old.yaml": "apiVersion: roadgate/v1\nkind: Goal\n"}),
    Case("nothing changes", {}),
]  # fmt: skip


class Repository:
    """Commits of whole trees, written by git itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stream: list[str] = []
        self._commits = 0
        subprocess.run(["git", "init", "-q", str(root)], check=True)

    def commit(self, files: Mapping[str, str], day: str, parent: str | None = None) -> str:
        """A commit of these files and nothing else; the name of its branch."""
        self._commits += 1
        name = f"c{self._commits}"
        seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        lines = [f"commit refs/heads/{name}", f"committer A <a@example.com> {seconds} +0000"]
        lines += ["data 0", *([f"from refs/heads/{parent}"] if parent else []), "deleteall"]
        for path, text in files.items():
            lines += [f'M 644 inline "{path}"', f"data {len(text.encode())}", text]
        self._stream.append("\n".join([*lines, ""]))
        return name

    def write(self) -> None:
        """Store every commit at once."""
        subprocess.run(
            ["git", "-C", str(self.root), "fast-import", "--quiet"],
            input="".join(self._stream).encode(),
            check=True,
        )

    def sha(self, name: str) -> str:
        """The commit of a branch."""
        command = ["git", "-C", str(self.root), "rev-parse", name]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def changed(files: Mapping[str, str], edits: Mapping[str, str | None]) -> dict[str, str]:
    """The files after an edit; None takes one away."""
    return {path: text for path, text in {**files, **edits}.items() if text is not None}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, dict[str, str]]:
    """Every pull request of the table; the branch of each base and head."""
    found = Repository(tmp_path_factory.mktemp("pull-requests"))
    branches = {}
    for case in CASES:
        before = changed(BASE, case.base)
        base = found.commit(before, "2026-02-02")
        if case.later:
            before = changed(before, case.later)
            base = found.commit(before, "2026-05-01", base)
        branches[case.name] = base
        head = found.commit(changed(before, case.head), "2026-06-19", base) if case.head else base
        branches[f"{case.name}, head"] = head
    found.write()
    return found, branches


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pull_request(
    case: Case,
    repository: tuple[Repository, dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The exit code, the new errors with their places, and what the change does to fields."""
    store, branches = repository
    base, head = (store.sha(branches[name]) for name in (case.name, f"{case.name}, head"))
    arguments = ["check", "-C", str(store.root), "--base", base, "--at", head]
    arguments += ["--as-of", TODAY, "--format", "json"]
    if case.context is not None:
        text = json.dumps(case.context).replace('"BASE"', f'"{base}"')
        (tmp_path / "context.json").write_text(text.replace('"HEAD"', f'"{head}"'))
        arguments += ["--context", str(tmp_path / "context.json")]
    monkeypatch.setattr(sys, "argv", ["roadgate", *arguments])

    status = run()

    report = json.loads(capfd.readouterr().out)
    errors = [
        each
        for each in report["findings"]
        if each["severity"] == "error" and each["new"] and not each["suppressed"]
    ]
    assert sorted(each["id"] for each in errors) == sorted(case.errors), errors
    assert status == (1 if case.errors else 0)
    assert all(each["location"] is not None for each in errors if each["id"] != "RG042")
    revisions = [each["location"].get("revision") for each in errors if each["location"]]
    assert case.revision is None or case.revision in revisions
    effects = {
        field["field"]: field["effect"]
        for resource in report["change"]["resources"]
        for field in resource["fields"]
    }
    assert case.effects.items() <= effects.items()


@pytest.mark.parametrize(
    "wrong",
    [
        {**APPROVED, "approvals": ["example-vp"]},
        {**APPROVED, "version": 2},
        {**APPROVED, "reviews": "none"},
        context(review(state="APPROVED")),
        context({**review(), "weight": "2"}),
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
    store, branches = repository
    text = json.dumps(wrong).replace('"BASE"', f'"{"ab" * 20}"').replace('"HEAD"', f'"{"cd" * 20}"')
    (tmp_path / "context.json").write_text(text)
    base, head = branches["relaxed and approved"], branches["relaxed and approved, head"]
    arguments = ["check", "-C", str(store.root), "--base", base, "--at", head]
    arguments += ["--context", str(tmp_path / "context.json")]
    monkeypatch.setattr(sys, "argv", ["roadgate", *arguments])

    assert run() == 2
    assert "the context file" in capfd.readouterr().err
