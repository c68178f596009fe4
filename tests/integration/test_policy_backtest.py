"""``policy backtest``: history judged commit by commit, as the pull requests would have been."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from roadgate.load import yaml_text
from roadgate.pipeline import schemas
from roadgate.pipeline.policies.backtest import Request, backtest
from roadgate.pipeline.workspace import find

ROADGATE = str(Path(sys.executable).with_name("roadgate"))
BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "history.py"
CONFIG = "apiVersion: roadgate/v1\nkind: Config\nspec: {policies: {presets: [essential]}}\n"
TEAM = """\
apiVersion: roadgate/v1
kind: Team
metadata: {name: core, title: Core}
spec: {members: [{role: pm, github: pm}, {role: lead, github: lead}]}
---
apiVersion: roadgate/v1
kind: Metric
metadata: {name: duration, title: Duration, owner: core}
spec: {unit: min, direction: lower, cadence: monthly, baseline: {value: 18, date: 2026-01-01}}
"""
INTERVIEWS = """\
apiVersion: roadgate/v1
kind: Evidence
metadata: {name: interviews, title: Interviews, owner: core}
spec: {method: interview, date: 2026-01-02, participants: {dev: COUNT}, supports: [faster-ci]}
---
apiVersion: roadgate/v1
kind: Persona
metadata: {name: dev, title: Developer}
spec: {population: 400}
"""
INITIATIVE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: faster-ci, title: Faster CI, owner: core}
spec:
  problem: Developers wait.
  horizon: HORIZON
  status: active
  rice: {reach: 100, impact: 1, confidence: 80, effort: 2}
  committed: 2026-02-04
  successCriteria: [{id: duration, metric: duration, target: "TARGET", by: 2026-08-31}]
  killThresholds: [{id: stuck, metric: duration, when: ">= 15", checkOn: [2026-04-30]}]
"""
RIVAL = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: rival, title: Rival}
spec:
  problem: WORDS
  horizon: next
  status: active
  rice: {reach: 300, impact: 3, confidence: 80, effort: 1}
"""
DECISION = """\
apiVersion: roadgate/v1
kind: Decision
metadata: {name: easier, title: Easier}
spec:
  type: relax
  concerns: {initiative: faster-ci, criterion: duration}
  date: 2026-02-08
  by: [lead]
  because: The runners come late.
"""


def initiative(horizon: str, target: str = "<= 5") -> str:
    """The initiative as it is written on a day."""
    return INITIATIVE.replace("HORIZON", horizon).replace("TARGET", target)


STEPS: list[tuple[str, dict[str, str | None]]] = [
    ("The roadmap begins", {"roadgate.yaml": CONFIG, "roadmap/team.yaml": TEAM}),
    ("An idea (#2)", {"roadmap/ci.yaml": initiative("exploring")}),
    ("Two interviews", {"roadmap/evidence.yaml": INTERVIEWS.replace("COUNT", "2")}),
    ("Commit too early (#4)", {"roadmap/ci.yaml": initiative("now")}),
    ("Enough interviews", {"roadmap/evidence.yaml": INTERVIEWS.replace("COUNT", "7")}),
    ("A rival", {"roadmap/rival.yaml": RIVAL.replace("WORDS", "It hurts.")}),
    ("Other words", {"roadmap/rival.yaml": RIVAL.replace("WORDS", "It hurts more.")}),
    ("Measure", {"measurements/duration.csv": "date,value\n2026-02-01,17\n"}),
    ("Easier, unseen", {"roadmap/ci.yaml": initiative("now", "<= 6")}),
    (
        "Easier, decided",
        {"roadmap/ci.yaml": initiative("now", "<= 7"), "roadmap/d.yaml": DECISION},
    ),
    ("Rewrite the past", {"measurements/duration.csv": "date,value\n2026-02-01,12\n"}),
    ("Not YAML", {"roadmap/rival.yaml": "a: [\n"}),
    ("Mended", {"roadmap/rival.yaml": RIVAL.replace("WORDS", "It hurts.")}),
    (
        "Another name",
        {
            "roadmap/ci.yaml": initiative("now", "<= 7").replace(
                "name: faster-ci,", "name: quick-ci, aliases: [faster-ci],"
            )
        },
    ),
    ("Gone", {"roadmap/ci.yaml": None}),
]


def commit(folder: Path, title: str, day: str) -> str:
    """Commit everything on a day."""
    stamp = f"{day}T12:00:00Z"
    environment = {**os.environ, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    git = ["git", "-C", str(folder), "-c", "user.name=pm", "-c", "user.email=pm@example.com"]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", title], check=True, env=environment)
    done = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A repository with one commit a day, and the commits."""
    return told(tmp_path_factory.mktemp("story"))


def told(folder: Path, preset: str = "essential") -> tuple[Path, list[str]]:
    """Write the story down, commit by commit."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    commits = []
    for number, (title, files) in enumerate(STEPS):
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text.replace("essential", preset), encoding="utf-8")
        commits.append(commit(folder, title, f"2026-02-{number + 1:02}"))
    return folder, commits


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run roadgate in the repository."""
    return subprocess.run(
        [ROADGATE, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def as_json(folder: Path, *arguments: str) -> Any:
    """The backtest as JSON, which meets its schema."""
    output = json.loads(run(folder, "policy", "backtest", "--format", "json", *arguments).stdout)
    schema = json.loads(schemas.generate()["output/policy-backtest.schema.json"])
    jsonschema_rs.Draft202012Validator(schema).validate(output)
    return output


def test_which_changes_would_have_been_refused(story: tuple[Path, list[str]]) -> None:
    """Each is named with its day and its reason; what rests on an approval is unknown."""
    found = as_json(story[0])

    said = {
        each["title"]: (each["outcome"], {reason["id"] for reason in each["findings"]})
        for each in found["changes"]
    }
    assert said["Commit too early (#4)"][0] == "refused"
    assert "RG101" in said["Commit too early (#4)"][1]
    assert said["A rival"][0] == "refused"
    assert "RG301" in said["A rival"][1]
    assert said["Easier, unseen"] == ("refused", {"RG501"})
    assert said["Easier, decided"][0] == "unknown"
    assert said["Rewrite the past"] == ("refused", {"RG503"})
    assert said["Not YAML"][0] == "unknown"
    assert said["Gone"][0] == "refused"
    assert not said.keys() & {"An idea (#2)", "Other words", "Measure", "Another name"}
    (early,) = [each for each in found["changes"] if each["title"] == "Commit too early (#4)"]
    assert early["date"] == "2026-02-04"
    (broken,) = [each for each in found["changes"] if each["title"] == "Not YAML"]
    assert broken["broken"][0]["location"]["path"] == "roadmap/rival.yaml"
    assert found["summary"]["judged"] == len(STEPS)


def test_it_says_what_check_says(tmp_path: Path) -> None:
    """Every change is refused for exactly what ``check --base`` refuses it for on its day."""
    folder, commits = told(tmp_path / "strict", "strict")
    found = {each["commit"]: each for each in as_json(folder)["changes"]}

    for before, after in pairwise(commits):
        day = f"2026-02-{commits.index(after) + 1:02}"
        arguments = ["check", "--base", before, "--at", after, "--as-of", day, "--format", "json"]
        checked = json.loads(run(folder, *arguments).stdout)
        expected = sorted(
            (each["id"], each["message"])
            for each in checked["findings"]
            if each["severity"] == "error" and each["new"] and not each["suppressed"]
        )
        said = found.get(after, {"findings": [], "broken": []})
        actual = sorted((each["id"], each["message"]) for each in said["findings"] + said["broken"])
        assert actual == expected, STEPS[commits.index(after)][0]


def test_since(story: tuple[Path, list[str]]) -> None:
    """A day or a revision says from where; what came before only leads up to it."""
    folder, commits = story

    by_day = as_json(folder, "--since", "2026-02-09")
    by_revision = as_json(folder, "--since", commits[7])

    assert by_day["changes"] == by_revision["changes"]
    assert by_day["summary"]["judged"] == len(STEPS) - 8
    assert by_day["changes"][0]["title"] == "Easier, unseen"


def test_another_policy(story: tuple[Path, list[str]], tmp_path: Path) -> None:
    """A draft judges alone, wherever its file lies."""
    folder, _ = story
    made = run(folder, "policy", "new", "ACME001", "owner-named")
    draft = folder / "policies" / "acme001-owner-named.yaml"
    text = draft.read_text(encoding="utf-8").replace("severity: warning", "severity: error")
    draft.unlink()
    draft.parent.rmdir()
    moved = tmp_path / "draft.yaml"
    moved.write_text(text, encoding="utf-8")

    found = as_json(folder, "--policy", str(moved))

    assert made.returncode == 0
    assert found["policies"] == ["ACME001"]
    refused = {each["title"]: each["findings"] for each in found["changes"] if each["findings"]}
    assert list(refused) == ["A rival", "Mended"]
    assert refused["A rival"][0]["message"] == "'rival' has no owner"


def test_a_policy_that_is_switched_off(story: tuple[Path, list[str]]) -> None:
    """It is told, as everything that judged nothing is, and breaks no run."""
    folder, _ = story
    settings = folder / "roadgate.yaml"
    before = settings.read_bytes() if settings.exists() else None
    settings.write_text(
        "apiVersion: roadgate/v1\nkind: Config\nspec:\n  policies:\n"
        "    bindings: [{pack: journey, enforcement: disabled, because: later}]\n",
        encoding="utf-8",
    )
    try:
        done = run(folder, "policy", "backtest")
    finally:
        settings.unlink() if before is None else settings.write_bytes(before)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "pack 'journey' is disabled: later" in done.stdout


def test_what_the_forge_knew(story: tuple[Path, list[str]], tmp_path: Path) -> None:
    """With the context of a merged change its Decision counts, approved or not."""
    folder, commits = story
    head = commits[9]
    review = {"by": "lead", "state": "approved", "commit": head, "date": "2026-02-10"}
    context = {"version": 1, "base": commits[8], "head": head, "author": "pm", "reviews": [review]}
    path = tmp_path / "context.json"
    path.write_text(json.dumps(context), encoding="utf-8")

    found = as_json(folder, "--context", str(path))

    assert "Easier, decided" not in {each["title"] for each in found["changes"]}


def test_text_and_markdown(story: tuple[Path, list[str]]) -> None:
    """People read a table: when, what, why, and how often each policy would have spoken."""
    text = run(story[0], "policy", "backtest")
    page = run(story[0], "policy", "backtest", "--format", "markdown").stdout

    assert text.returncode == 0
    assert "2026-02-09" in text.stdout
    assert "RG501: 'faster-ci' moves the target of duration" in text.stdout
    assert f"{len(STEPS)} changes by" in text.stdout
    assert text.stderr == ""
    assert "| 2026-02-09 |" in page
    assert "(#<!-- -->4)" in page


def test_each_text_is_parsed_once(
    story: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a file is read in history, its text is parsed once."""
    parsed: list[tuple[str, bytes]] = []
    original = yaml_text.parse

    def counted(text: bytes, path: str, *rest: Any) -> Any:
        parsed.append((path, text))
        return original(text, path, *rest)

    monkeypatch.setattr(yaml_text, "parse", counted)

    backtest(find(story[0]), Request(), lambda *_: None)

    files = [each for each in parsed if each[0].startswith("roadmap/")]
    assert files
    assert len(files) == len(set(files))


def test_nothing_to_judge(tmp_path: Path) -> None:
    """Without git, without commits, and after the last commit, nothing has passed."""
    assert run(tmp_path, "policy", "backtest").returncode == 3
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    empty = run(tmp_path, "policy", "backtest")
    assert (empty.returncode, "nothing is committed yet" in empty.stderr) == (2, True)
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap" / "team.yaml").write_text(TEAM, encoding="utf-8")
    commit(tmp_path, "First", "2026-02-01")
    late = run(tmp_path, "policy", "backtest", "--since", "2027-01-01")
    assert (late.returncode, "there is nothing to judge" in late.stderr) == (2, True)
    unknown = run(tmp_path, "policy", "backtest", "--since", "nowhere")
    assert unknown.returncode == 3


def test_the_seeded_history(tmp_path: Path) -> None:
    """In a generated history exactly the commits that loosen a target are refused for that."""
    spec = importlib.util.spec_from_file_location("history", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["history"] = module
    spec.loader.exec_module(module)
    built = module.build(tmp_path / "seeded", files=46, commits=120, seed=7)

    found = backtest(find(built.folder), Request(since="2023-01-03"), lambda *_: None)

    refused = [each for each in found.changes if any(f.id == "RG501" for f in each.findings)]
    assert [each.title for each in refused] == [f"Change {number}" for number in built.loosened]
    assert len(built.loosened) > 1
