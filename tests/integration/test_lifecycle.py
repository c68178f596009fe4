"""``lifecycle`` as programs read it, and on kinds of the organisation's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs

from roadgate.pipeline import schemas

ROADGATE = str(Path(sys.executable).with_name("roadgate"))
FILES = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: idea, title: An idea}
spec: {problem: Something hurts., horizon: exploring}
---
apiVersion: roadgate/v1
kind: Service
metadata: {name: runner, title: Runner}
spec: {tier: 1, lifecycle: beta}
---
apiVersion: roadgate/v1
kind: Lifecycle
metadata: {name: services, title: Services}
spec:
  field: spec.lifecycle
  transitions:
    - {from: idea, to: build}
    - {from: build, to: beta}
    - {from: beta, to: production, gates: [ACME001, ACME003], needs: [ship]}
"""
POLICY = """\
apiVersion: roadgate/v1
kind: Policy
metadata: {name: dashboards, title: Dashboards before production}
spec:
  id: ACME001
  rationale: Nobody can run what nobody sees.
  match: {kinds: [Service], where: "resource.spec.lifecycle == 'production'"}
  validations:
    - expression: "has(resource.spec.observability)"
      message: nobody sees it
      fix: say what there is to look at
  examples:
    - name: none
      passes: false
      files:
        - apiVersion: roadgate/v1
          kind: Service
          metadata: {name: a, title: A}
          spec: {tier: 1, lifecycle: production}
"""


CHANGES = """\
apiVersion: roadgate/v1
kind: Policy
metadata: {name: tier-stays, title: A tier stays as it is on the way to production}
spec:
  id: ACME003
  rationale: One thing at a time.
  scope: change
  match: {kinds: [Service]}
  validations: [{expression: "has(old.spec.tier) == has(new.spec.tier)", message: its tier moves}]
"""
MARGIN = """\
apiVersion: roadgate/v1
kind: Metric
metadata: {name: margin, title: Margin}
spec: {direction: higher, cadence: monthly, visibility: internal}
---
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: bet, title: A bet}
spec:
  problem: Something hurts.
  horizon: next
  successCriteria: [{id: more, metric: margin, target: ">= 40", by: 2026-12-31, from: 2026-01-01}]
---
apiVersion: roadgate/v1
kind: Lifecycle
metadata: {name: stages, title: Stages}
spec: {field: spec.horizon, transitions: [{from: [exploring, next], to: now, gates: [ACME002]}]}
"""
SAYS_MORE = """\
apiVersion: roadgate/v1
kind: Policy
metadata: {name: says-more, title: Says how it stands}
spec:
  id: ACME002
  rationale: Numbers are told.
  match: {kinds: [Initiative], where: "size(verdicts.criteria) > 0"}
  validations:
    - expression: "false"
      messageExpression: "verdicts.criteria[0].reason"
"""


def project(folder: Path) -> Path:
    """A roadmap with a service that has stages of its own."""
    (folder / "roadmap").mkdir()
    (folder / "policies").mkdir()
    (folder / "roadmap" / "all.yaml").write_text(FILES, encoding="utf-8")
    (folder / "policies" / "acme001.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "policies" / "acme003.yaml").write_text(CHANGES, encoding="utf-8")
    return folder


def as_json(folder: Path, *arguments: str) -> Any:
    """What it prints as JSON, which meets its schema."""
    done = subprocess.run(
        [ROADGATE, "lifecycle", *arguments, "--format", "json"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    output = json.loads(done.stdout)
    schema = json.loads(schemas.generate()["output/lifecycle.schema.json"])
    jsonschema_rs.Draft202012Validator(schema).validate(output)
    return output


def test_a_service_before_production(tmp_path: Path) -> None:
    """The gates are tried as if the step were taken; what only a pull request tells is unknown."""
    (stage,) = as_json(project(tmp_path), "Service/runner")["stages"]

    (step,) = stage["steps"]
    assert (stage["field"], stage["state"], step["to"]) == ("spec.lifecycle", "beta", "production")
    assert step["open"] is False
    gates = {each["policy"]: each for each in step["gates"]}
    assert gates["ACME001"]["outcome"] == "closed"
    assert gates["ACME001"]["findings"][0]["fix"] == "say what there is to look at"
    assert gates["ACME003"]["outcome"] == "unknown"
    assert step["needs"] == [["ship"]]


def test_the_built_in_stages(tmp_path: Path) -> None:
    """Where no Lifecycle is declared for a field, the one that is built in shows."""
    found = as_json(project(tmp_path), "idea")

    fields = {each["field"]: each for each in found["workflows"]}
    assert fields["spec.horizon"]["lifecycle"] is None
    assert fields["spec.lifecycle"]["lifecycle"] == "services"
    (stage,) = found["stages"]
    assert [each["to"] for each in stage["steps"]] == ["next"]


def test_two_steps_at_once(tmp_path: Path) -> None:
    """A state further off shows the gates of every step on the way."""
    (stage,) = as_json(project(tmp_path), "idea", "--to", "now")["stages"]

    gates = [each["policy"] for each in stage["steps"][0]["gates"]]
    assert gates == ["RG101", "RG201", "RG301"]


def test_no_step_leads_from_a_state_to_itself(tmp_path: Path) -> None:
    """Lists of states on both sides pair a state with itself too, which is no step to draw."""
    folder = project(tmp_path)
    file = folder / "roadmap" / "all.yaml"
    both = file.read_text(encoding="utf-8").replace(
        "{from: idea, to: build}", "{from: [idea, build], to: [build, idea]}"
    )
    file.write_text(both, encoding="utf-8")

    for kind, step, loop in (
        ("text", "build → idea: free", "idea → idea"),
        ("mermaid", "f1s1 --> f1s0", "f1s0 --> f1s0"),
    ):
        drawn = subprocess.run(
            [ROADGATE, "lifecycle", "--format", kind],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        said = " ".join(drawn.split())
        assert step in said
        assert loop not in said


def told(folder: Path, *arguments: str, **environment: str) -> str:
    """What it prints for people."""
    done = subprocess.run(
        [ROADGATE, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def test_what_moves_is_named_with_its_kind(tmp_path: Path) -> None:
    """Two kinds may share a name: the heading says which one stands there."""
    heading, *_ = told(project(tmp_path), "lifecycle", "runner").splitlines()

    assert heading == "Service/runner: spec.lifecycle is beta (Lifecycle/services)"


def test_several_fields_are_one_diagram(tmp_path: Path) -> None:
    """A page shows one diagram a block: each field has a box in it, and no state two names."""
    lines = told(project(tmp_path), "lifecycle", "--format", "mermaid").splitlines()

    assert lines[0] == "stateDiagram-v2"
    assert lines.count("stateDiagram-v2") == 1
    assert '  state "spec.horizon (built in)" as f0 {' in lines
    assert '  state "spec.lifecycle (Lifecycle/services)" as f1 {' in lines
    assert any(each.strip() == "f1s1 --> f1s2" for each in lines)


def test_a_gate_about_another_kind(tmp_path: Path) -> None:
    """A policy about what does not move there would hold nobody up: the gate is an error."""
    folder = project(tmp_path)
    file = folder / "roadmap" / "all.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("[ACME001, ACME003]", "[ACME001, RG101]"),
        encoding="utf-8",
    )

    output = told(folder, "check")
    assert "error[RG086]: the gate 'RG101' is about Initiative, and Service moves here" in output, (
        output
    )
    assert "= fix: name a policy about Service, or take the gate out" in output
    assert "ACME001' is about" not in output


def test_values_of_internal_metrics_stay_at_home(tmp_path: Path) -> None:
    """In the logs of a workflow, what a gate says of an internal metric has no numbers."""
    folder = project(tmp_path)
    (folder / "measurements").mkdir()
    (folder / "measurements" / "margin.csv").write_text("date,value\n2026-06-30,31.75\n")
    (folder / "roadmap" / "margin.yaml").write_text(MARGIN, encoding="utf-8")
    (folder / "policies" / "acme002.yaml").write_text(SAYS_MORE, encoding="utf-8")

    at_home = told(folder, "lifecycle", "bet", "--as-of", "2026-07-01", GITHUB_ACTIONS="")
    assert "31.75" in at_home
    in_public = told(folder, "lifecycle", "bet", "--as-of", "2026-07-01", GITHUB_ACTIONS="true")
    assert "ACME002 closed" in in_public
    assert "31.75" not in in_public


def test_a_state_that_no_step_leads_to(tmp_path: Path) -> None:
    """The states there are stand in the answer; a kind without a Lifecycle is told as such."""
    folder = project(tmp_path)

    assert "the states are beta, build, idea, production" in told(
        folder, "lifecycle", "runner", "--to", "shipped"
    )
    (folder / "roadmap" / "goal.yaml").write_text(
        "apiVersion: roadgate/v1\nkind: Goal\nmetadata: {name: g, title: G}\nspec: {outcome: O}\n",
        encoding="utf-8",
    )
    assert "no Lifecycle is about a field of Goal, such as 'Goal/g'" in told(
        folder, "lifecycle", "Goal/g"
    )
