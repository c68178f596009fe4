"""``lifecycle`` as programs read it, and on kinds of the organisation's own."""

from __future__ import annotations

import json
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
    - {from: beta, to: production, gates: [ACME001, RG501], needs: [ship]}
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


def project(folder: Path) -> Path:
    """A roadmap with a service that has stages of its own."""
    (folder / "roadmap").mkdir()
    (folder / "policies").mkdir()
    (folder / "roadmap" / "all.yaml").write_text(FILES, encoding="utf-8")
    (folder / "policies" / "acme001.yaml").write_text(POLICY, encoding="utf-8")
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
    assert gates["RG501"]["outcome"] == "unknown"
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
        ("mermaid", "s1 --> s0", "s0 --> s0"),
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
