"""The account of exceptions: the same from check, status, plan and explain, day by day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from roadgate.pipeline.generated import generated

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
apiVersion: roadgate/v1
kind: Config
spec:
  policies:
    presets: [recommended]
    bindings:
      - {policy: RG901, enforcement: disabled, because: "summaries are | written in the handbook"}
      - {policy: RG204, match: {owners: [core]}, enforcement: disabled, because: core has no risks}
"""
ROADMAP = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: a, title: A, owner: core}
spec:
  problem: It hurts.
  horizon: now
  status: STATUS
  committed: 2026-01-10
  successCriteria: [{id: c, metric: m, target: ">= 50", by: 2026-12-01}]
  killThresholds: [{id: floor, metric: m, when: "< 5", checkOn: [2026-02-01, 2026-06-01]}]
---
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: b, title: B, owner: core}
spec:
  problem: It hurts too.
  horizon: next
  rice: {reach: 1, impact: 1, confidence: 50, effort: 1}
---
apiVersion: roadgate/v1
kind: Metric
metadata: {name: m, title: M}
spec: {direction: higher, cadence: weekly}
---
apiVersion: roadgate/v1
kind: Team
metadata: {name: core, title: Core}
spec: {members: [{role: lead, github: example-vp}]}
"""
DECISION = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: NAME, title: It}
spec:
  type: TYPE
  concerns: CONCERNS
  date: 2026-02-01
  until: 2026-03-31
  by: [example-vp]
  because: It is so.
  tradeoff: Something else.
"""
CONCERNS = {
    "waive": "{policy: RG101, initiative: a}",
    "override": "{policy: RG301, initiative: a, over: b}",
    "continue": "{initiative: a, threshold: floor}",
    "pause": "{initiative: a}",
}
SHOWN = {
    "waive": "waive RG101",
    "override": "override RG301",
    "continue": "continue",
    "pause": "pause",
}


def roadgate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run roadgate."""
    clean = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return subprocess.run(
        [sys.executable, "-m", "roadgate", *arguments],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def told(folder: Path, day: str, *verb: str) -> dict[str, Any]:
    """What a command says as JSON."""
    done = roadgate(folder, *verb, "--as-of", day, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository without any exception, in which nothing is kept."""
    for name in ("roadmap", "measurements"):
        (tmp_path / name).mkdir()
    (tmp_path / "roadgate.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "roadmap" / "all.yaml").write_text(
        ROADMAP.replace("STATUS", "active"), encoding="utf-8"
    )
    rows = "date,value\n2026-01-25,1\n2026-02-01,1\n"
    (tmp_path / "measurements" / "m.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def decide(folder: Path, kind: str, name: str = "it", concerns: str | None = None) -> None:
    """Record a Decision; a pause moves its field as well."""
    text = DECISION.replace("NAME", name).replace("TYPE", kind)
    text = text.replace("CONCERNS", concerns or CONCERNS.get(kind, "{initiative: a}"))
    if kind not in ("override", "resume"):
        text = text.replace("  tradeoff: Something else.\n", "")
    if kind == "pause":
        path = folder / "roadmap" / "all.yaml"
        path.write_text(ROADMAP.replace("STATUS", "paused"), encoding="utf-8")
    (folder / "roadmap" / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "standing", "severity"),
    [
        ("2026-01-31", "later", None),
        ("2026-02-01", "used", None),
        ("2026-03-16", "used", None),  # 15 days before
        ("2026-03-17", "expiring", "warning"),  # 14 days before
        ("2026-03-31", "expiring", "warning"),  # the last day counts
        ("2026-04-01", "expired", "notice"),
    ],
)
def test_day_by_day(folder: Path, day: str, standing: str, severity: str | None) -> None:
    """Until is inclusive; 14 days before it there is a warning, after it a notice."""
    for kind in CONCERNS:
        decide(folder, kind, kind)
    found = told(folder, day, "check")
    assert {each["name"]: each["standing"] for each in found["exceptions"]} == dict.fromkeys(
        CONCERNS, standing
    )
    remarks = {
        each["resource"]["name"]: each["severity"]
        for each in found["findings"]
        if each["id"] == "RG035"
    }
    assert remarks == (dict.fromkeys(CONCERNS, severity) if severity else {})


@pytest.mark.parametrize("day", ["2026-01-31", "2026-03-31", "2026-04-01"])
def test_one_account(folder: Path, day: str) -> None:
    """Check, status and plan give the same account, as their schemas say; explain a part."""
    for kind in CONCERNS:
        decide(folder, kind, kind)
    decide(folder, "waive", "unused", "{policy: RG203, initiative: b}")
    checked = told(folder, day, "check")
    status = told(folder, day, "status")
    plan = told(folder, day, "plan", "--to", "local")
    for key in ("exceptions", "disabled"):
        assert checked[key] == status[key] == plan[key]
    assert [each["name"] for each in checked["exceptions"]] == sorted([*CONCERNS, "unused"])
    assert [each["policy"] for each in checked["disabled"]] == ["RG901", "RG204"]
    for verb, said in (("check", checked), ("status", status), ("plan", plan)):
        schema = json.loads(generated()[f"schemas/output/{verb}.schema.json"])
        Draft202012Validator(schema).validate(said)
    (about,) = told(folder, day, "explain", "Initiative/a")["resources"]
    assert about["verdicts"]["exceptions"] == [
        each for each in checked["exceptions"] if each["name"] != "unused"
    ]


def test_the_account_in_words(folder: Path) -> None:
    """Status and plan show it as text and as Markdown; so does a verbose check."""
    for kind in CONCERNS:
        decide(folder, kind, kind)
    what = [f"{SHOWN[kind]} for Initiative/a until 2026-03-31 ('{kind}')" for kind in CONCERNS]
    off = "RG901: summaries are | written in the handbook"
    scoped = "RG204 for owner core: core has no risks"
    day = ["--as-of", "2026-03-20"]
    for verb in (["status"], ["plan", "--to", "local"], ["check", "-v"]):
        text = roadgate(folder, *verb, *day).stdout
        for each in what:
            assert f"  expiring       {each}" in text
        assert f"DISABLED POLICIES\n  {off}\n  {scoped}\n" in text
    for verb in (["status"], ["plan", "--to", "local"]):
        text = roadgate(folder, *verb, *day, "--format", "markdown").stdout
        for each in what:
            assert f"| expiring | {each} |" in text
        assert off.replace("|", "\\|") in text


def test_nothing_is_let_off(folder: Path) -> None:
    """Where there is no exception, nothing is said of any."""
    (folder / "roadgate.yaml").unlink()
    for verb in (["status"], ["plan", "--to", "local"], ["check", "-v"]):
        text = roadgate(folder, *verb, "--as-of", "2026-03-20").stdout
        assert "EXCEPTIONS" not in text
        assert "DISABLED" not in text


def test_an_expired_pause(folder: Path) -> None:
    """An expired pause counts as active, with a finding; a resume ends it without one."""
    decide(folder, "pause")
    found = told(folder, "2026-04-01", "check")
    said = [each["message"] for each in found["findings"] if each["id"] in {"RG035", "RG601"}]
    assert said == [
        "'a' is paused without a pause Decision in force: it counts as active",
        "Decision 'it' expired on 2026-03-31: 'a' counts as active, and says paused",
    ]
    decide(folder, "resume", "on")
    assert told(folder, "2026-03-20", "check")["exceptions"] == []


def test_a_renewal(folder: Path) -> None:
    """What a later Decision goes on to allow is no longer warned of."""
    decide(folder, "waive")
    decide(folder, "continue", "go-on")
    for kind, name in (("waive", "again"), ("continue", "go-on-still")):
        decide(folder, kind, name)
        path = folder / "roadmap" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("2026-03-31", "2026-05-31"))
    found = told(folder, "2026-03-31", "check")
    standings = {each["name"]: each["standing"] for each in found["exceptions"]}
    assert standings == {
        "again": "used",
        "go-on": "used",
        "go-on-still": "used",
        "it": "unused",
    }
    (remark,) = [each["message"] for each in found["findings"] if each["id"] == "RG035"]
    assert remark == "Decision 'it' sets nothing aside: 'again' does"


def test_a_continue_that_answers_nothing(folder: Path) -> None:
    """A continue before its check date is due, and a pause of what says active, are told."""
    decide(folder, "continue", concerns="{initiative: b}")
    decide(folder, "pause", "rest", "{initiative: a}")
    (folder / "roadmap" / "all.yaml").write_text(ROADMAP.replace("STATUS", "active"))
    (folder / "measurements" / "m.csv").unlink()
    early = told(folder, "2026-02-01", "check")
    said = [each["message"] for each in early["findings"] if each["id"] == "RG035"]
    assert said == [
        "Decision 'it' answers nothing: no check date of 'b' up to 2026-03-31 is due",
        "Decision 'rest' pauses 'a', which does not say so",
    ]


BOUND = """\
apiVersion: roadgate/v1
kind: Config
spec:
  policies:
    presets: [recommended]
    bindings:
      - {policy: RG204, from: 2026-02-01}
      - {policy: RG101, match: {owners: [core]}, enforcement: disabled, because: core asks daily}
"""


def test_what_explain_says_of_spared_and_disabled(folder: Path) -> None:
    """What a policy spares, or is switched off for, is no failure and no silence either."""
    (folder / "roadgate.yaml").write_text(BOUND, encoding="utf-8")
    day = ["--as-of", "2026-03-20"]
    assert (
        "1 evaluation on 2026-03-20: 1 spared" in roadgate(folder, "explain", "RG204", *day).stdout
    )
    assert (
        "Initiative/a: fails, and is spared,"
        in roadgate(folder, "explain", "RG204", "a", *day).stdout
    )
    off = "  - disabled for Initiative/a, Initiative/b\n"
    assert off in roadgate(folder, "explain", "RG101", *day).stdout
    told = roadgate(folder, "explain", "RG101", "a", *day).stdout
    assert "it is disabled for Initiative/a:" in told
    assert "for owner core: enforcement disabled (core asks daily) (roadgate.yaml:8)" in told
