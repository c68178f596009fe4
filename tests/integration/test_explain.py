"""``explain`` in words, and what of it others may read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run roadgate in a folder."""
    clean = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return subprocess.run(
        [sys.executable, "-m", "roadgate", *arguments],
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def platform(tmp_path: Path) -> Path:
    """A copy of the example."""
    shutil.copytree(ROOT / "examples" / "platform", tmp_path / "platform")
    return tmp_path / "platform"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RG101", ["Deliverables that nobody asked for", "minInterviews: 5 (the default)"]),
        ("rg101", ["Deliverables that nobody asked for"]),
        ("PLAT001", ["severity:", "examples:"]),
        ("RG101", ["bound by: preset recommended", "6 evaluations on 2026-08-07: 6 pass"]),
        ("RG003", ["safety limit", "    a: &a [x"]),
        ("faster-ci", ["missed", "6 on 2026-07-30", "evidence: interviews-2026-01"]),
        ("Initiative/multi-cloud", ["killed on 2026-02-09", "kill-multi-cloud"]),
        ("kill-multi-cloud", ["type: kill", "learned: Ask first."]),
        ("Evidence/interviews-2026-01", ["method: interview", "application-developer 12"]),
    ],
)
def test_explained(platform: Path, name: str, words: list[str]) -> None:
    """A policy says why and what, a code what to do, a resource how it stands."""
    done = run(platform, "explain", name, "--as-of", "2026-08-07")

    assert done.returncode == 0, done.stderr
    for each in words:
        assert each in done.stdout


BOUND = """apiVersion: roadgate/v1
kind: Config
spec:
  policies:
    bindings:
      - policy: RG101
        enforcement: mandatory
        params:
          minInterviews: 16
      - {policy: RG101, match: {owners: [platform-core]}, severity: warning, because: a trial}
"""


def test_a_policy_as_it_is_bound(platform: Path) -> None:
    """A policy says which binding set what, where, and whom it affects."""
    (platform / "roadgate.yaml").write_text(BOUND, encoding="utf-8")
    done = run(platform, "explain", "RG101", "--as-of", "2026-08-07")
    assert done.returncode == 0, done.stderr
    for words in (
        "enforcement here: mandatory",
        "bound by: preset essential and a binding (roadgate.yaml:6)",
        "parameter minInterviews: 16 (set in roadgate.yaml:9)",
        "for owner platform-core: severity warning (roadgate.yaml:10)",
        "- Initiative/faster-ci: 'faster-ci' is in now with 15 of 16 interviews",
    ):
        assert words in done.stdout


@pytest.mark.parametrize("order", [("faster-ci", "RG101"), ("rg101", "Initiative/faster-ci")])
def test_a_policy_on_a_resource(platform: Path, order: tuple[str, str]) -> None:
    """Of a resource and a policy it says which clause fails, by which values, and what would do."""
    (platform / "roadgate.yaml").write_text(BOUND, encoding="utf-8")
    done = run(platform, "explain", *order, "--as-of", "2026-08-07")
    assert done.returncode == 0, done.stderr
    for words in (
        "Initiative/faster-ci: fails on 2026-08-07",
        "      params.minInterviews = 16",
        ".map(e, e.computed.participants).sum() = 15",
        "      evidence = ['interviews-2026-01', ",
        "      to pass: add Evidence of method interview with 1 more participants",
    ):
        assert words in done.stdout


WAIVER = """apiVersion: roadgate/v1
kind: Decision
metadata: {name: pilot-first, title: Pilot first}
spec:
  type: waive
  concerns: {policy: RG101, initiative: faster-ci}
  date: 2026-08-01
  until: 2026-12-31
  by: [example-vp]
  because: The interviews are in September.
"""


def test_what_a_decision_sets_aside(platform: Path) -> None:
    """What would fail without a Decision is told as that, with the Decision."""
    bound = BOUND.replace("        enforcement: mandatory\n", "")
    (platform / "roadgate.yaml").write_text(bound, encoding="utf-8")
    (platform / "roadmap" / "waiver.yaml").write_text(WAIVER, encoding="utf-8")
    whole = run(platform, "explain", "RG101", "--as-of", "2026-08-07").stdout
    assert "1 waived" in whole
    assert "(would fail without Decision 'pilot-first')" in " ".join(whole.split())
    one = run(platform, "explain", "RG101", "faster-ci", "--as-of", "2026-08-07").stdout
    assert "set aside by Decision 'pilot-first' of type waive until 2026-12-31" in one


PORTFOLIO = """apiVersion: roadgate/v1
kind: Policy
metadata: {name: few, title: Few at once}
spec:
  id: ACME001
  rationale: Nobody finishes everything.
  scope: portfolio
  match: {kinds: [Initiative]}
  groupBy: horizon
  validations:
    - {expression: group.resources.size() < 1, message: too many}
  examples:
    - name: one
      passes: false
      files:
        - apiVersion: roadgate/v1
          kind: Initiative
          metadata: {name: a, title: A}
          spec: {problem: It hurts., horizon: next}
"""


def test_a_resource_in_a_group(platform: Path) -> None:
    """A policy about resources together shows the group that a resource is in."""
    (platform / "policies" / "few.yaml").write_text(PORTFOLIO, encoding="utf-8")
    done = run(platform, "explain", "faster-ci", "ACME001", "--as-of", "2026-08-07")
    assert done.returncode == 0, done.stderr
    assert "group 'now': fails on 2026-08-07" in done.stdout
    assert "size(group.resources) = 3" in done.stdout or "group.resources" in done.stdout


def test_explained_values_stay_inside(platform: Path) -> None:
    """Where a metric is internal, a public log shows neither values nor what quotes them."""
    metrics = platform / "roadmap" / "metrics.yaml"
    text = metrics.read_text(encoding="utf-8")
    changed = text.replace("spec:\n", "spec:\n  visibility: internal\n", 1)
    assert changed != text
    metrics.write_text(changed, encoding="utf-8")
    names = ("explain", "faster-ci", "RG101", "--as-of", "2026-08-07")
    assert "sum() = 15" in run(platform, *names).stdout
    public = run(platform, *names, GITHUB_ACTIONS="true").stdout
    assert "sum() = 15" not in public
    assert "withheld: there are internal metrics here" in public


def test_a_policy_that_is_about_something_else(platform: Path) -> None:
    """Where a policy does not choose the resource, the values say why."""
    done = run(platform, "explain", "RG301", "multi-cloud", "--as-of", "2026-08-07")
    assert (
        "it is not about Initiative/multi-cloud, which its 'where' does not choose" in done.stdout
    )
    assert "      resource.spec.status = 'killed'" in done.stdout
    team = run(platform, "explain", "RG301", "Team/platform-core")
    assert "it is not about Team/platform-core" in team.stdout
    change = run(platform, "explain", "RG501", "faster-ci")
    assert "judges changes: run roadgate check --base" in change.stdout


@pytest.mark.parametrize("names", [("RG101",), ("RG101", "faster-ci"), ("RG003",), ("faster-ci",)])
def test_json(platform: Path, names: tuple[str, ...]) -> None:
    """Everything that is explained is there for programs too, by its schema."""
    done = run(platform, "explain", *names, "--format", "json", "--as-of", "2026-08-07")
    assert done.returncode == 0, done.stderr
    schema = json.loads((ROOT / "schemas/output/explain.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(done.stdout))


@pytest.mark.parametrize("names", [("faster-ci", "RG11"), ("RG101", "faster-c")])
def test_neither_policy_nor_resource(platform: Path, names: tuple[str, str]) -> None:
    """Of two names, the one that means nothing is told."""
    done = run(platform, "explain", *names)
    assert done.returncode == 2
    assert "did you mean" in done.stderr


@pytest.mark.parametrize(
    ("name", "meant"), [("PLAT01", "PLAT001"), ("faster-c", "faster-ci"), ("rg0012", "RG012")]
)
def test_what_nobody_knows(platform: Path, name: str, meant: str) -> None:
    """A name that means nothing is an error that offers the nearest one."""
    done = run(platform, "explain", name)

    assert done.returncode == 2
    assert f"did you mean '{meant}'" in done.stderr


def test_internal_values_stay_inside(platform: Path) -> None:
    """In a log of GitHub Actions, and in Markdown, an internal metric has no value."""
    metrics = platform / "roadmap" / "metrics.yaml"
    text = metrics.read_text(encoding="utf-8")
    head, marker, rest = text.partition("metadata: {name: adoption,")
    changed = rest.replace("spec:\n", "spec:\n  visibility: internal\n", 1)
    assert changed != rest
    metrics.write_text(head + marker + changed, encoding="utf-8")
    day = ["--as-of", "2026-08-07"]

    for verb in (["status"], ["status", "--format", "json"], ["explain", "champions"]):
        inside = run(platform, *verb, *day)
        outside = run(platform, *verb, *day, GITHUB_ACTIONS="true")
        assert "78" in inside.stdout
        assert outside.returncode == inside.returncode
        assert "78" not in outside.stdout
        assert "missed" in outside.stdout
    assert "78" not in run(platform, "status", "--format", "markdown", *day).stdout
