"""``roadgate doctor`` in every sort of place: it shows what it sees, and tells no secret."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from roadgate.pipeline import schemas

ROADGATE = Path(sys.executable).with_name("roadgate")
ROOT = Path(__file__).parents[2]
SECRET = "hunter2-the-token"  # noqa: S105 - what must not be printed
CONFIG = "apiVersion: roadgate/v1\nkind: Config\n"
CONNECTIONS = (
    f"{CONFIG}spec:\n  connections:\n"
    "    prod: {prometheus: {url: 'http://127.0.0.1:9090', tokenEnv: PROM_TOKEN}}\n"
    "    warehouse: {sql: {urlEnv: WAREHOUSE_URL}}\n"
)
METRIC = (
    "apiVersion: roadgate/v1\nkind: Metric\nmetadata: {name: speed, title: Speed}\n"
    "spec: {direction: lower, cadence: weekly, unit: min, counts: outcome, role: lagging}\n"
)


def git(folder: Path, *arguments: str) -> None:
    """Run git."""
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder: Path, **files: str) -> None:
    """Write files; ``__`` in a name stands for a slash."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def doctor(folder: Path, **environment: str) -> tuple[int, dict[tuple[str, str], dict[str, Any]]]:
    """The exit code, and the facts by area and name; text and JSON agree, and hold the schema."""
    env = {**os.environ, **environment}
    command = [ROADGATE, "doctor", "-C", str(folder)]
    text = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    run = subprocess.run(
        [*command, "--format", "json"], capture_output=True, text=True, check=False, env=env
    )
    assert (text.returncode, text.stderr) == (run.returncode, run.stderr) == (run.returncode, "")
    data = json.loads(run.stdout)
    schema = json.loads(schemas.generate()["output/doctor.schema.json"])
    assert [each.message for each in Draft202012Validator(schema).iter_errors(data)] == []
    for each in data["facts"]:
        assert each["hint"] in text.stdout
    assert SECRET not in text.stdout + run.stdout
    facts = {(each["area"], each["name"]): each for each in data["facts"]}
    assert len(facts) == len(data["facts"])
    return run.returncode, facts


def test_a_whole_example(tmp_path: Path) -> None:
    """Kinds with their files, policies, measurements, a base to compare with: nothing is wrong."""
    shutil.copytree(ROOT / "examples" / "platform", tmp_path, dirs_exist_ok=True)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "One")

    code, facts = doctor(tmp_path)

    assert code == 0
    assert facts["git", "history"]["value"] == "whole"
    assert facts["git", "base"]["value"].endswith("check --base main")
    assert facts["git", "branch"]["value"] == "main"
    assert " in " in facts["resources", "Initiative"]["value"]
    assert facts["roadgate", "version"]["value"]
    assert {each["state"] for each in facts.values()} <= {"fine", "note", "unchecked"}


def test_an_empty_folder_outside_git(tmp_path: Path) -> None:
    """Nothing to check is no success, and every line says what to do."""
    code, facts = doctor(tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))

    assert code == 2
    assert facts["git", "repository"]["state"] == "unchecked"
    assert facts["resources", "all"]["state"] == "unchecked"
    assert "roadgate init" in facts["resources", "all"]["hint"]


def test_a_broken_configuration(tmp_path: Path) -> None:
    """The rest is looked at with the defaults."""
    write(tmp_path, roadgate="spec: [", roadmap__m=METRIC)

    code, facts = doctor(tmp_path)

    assert code == 2
    assert facts["project", "configuration"]["state"] == "problem"
    assert facts["resources", "Metric"]["value"] == "1 in 1 file"
    assert facts["measurements", "never measured"]["value"] == "1 metric: speed"


def test_secrets_are_named_and_never_shown(tmp_path: Path) -> None:
    """Of a variable only whether it is set."""
    write(tmp_path, roadgate=CONNECTIONS, roadmap__m=METRIC)

    _, facts = doctor(tmp_path, PROM_TOKEN=SECRET)

    assert facts["connections", "prod"]["value"] == "prometheus; PROM_TOKEN set"
    assert facts["connections", "warehouse"]["value"] == "sql; WAREHOUSE_URL not set"
    assert facts["connections", "warehouse"]["state"] == "unchecked"


def test_broken_files_are_problems(tmp_path: Path) -> None:
    """They are named, and check says the rest."""
    write(tmp_path, roadmap__bad="a: b: c\n", roadmap__odd=METRIC.replace("weekly", "often"))
    (tmp_path / "roadgate.baseline.json").write_text("{", encoding="utf-8")

    code, facts = doctor(tmp_path)

    assert code == 2  # no resource is left
    assert facts["resources", "files not read"]["value"] == "roadmap/bad.yaml"
    assert facts["resources", "not usable"]["value"] == "Metric/speed"
    assert facts["findings", "baseline"]["state"] == "problem"
    assert facts["findings", "in the files"]["value"] == "2 errors (RG001, RG009)"


def test_a_shallow_clone_says_what_is_not_checked(tmp_path: Path) -> None:
    """With the fetch-depth to set."""
    source = tmp_path / "source"
    write(source, roadmap__m=METRIC)
    git(source, "init", "-q", "-b", "main")
    for message in ("One", "Two"):
        git(source, "add", ".")
        git(source, "commit", "-q", "--allow-empty", "-m", message)
    git(tmp_path, "clone", "-q", "--depth", "1", source.as_uri(), "clone")

    code, facts = doctor(tmp_path / "clone")

    assert code == 0
    assert facts["git", "history"]["state"] == "unchecked"
    assert "fetch-depth: 0" in facts["git", "history"]["hint"]


def test_without_git(tmp_path: Path) -> None:
    """That git is missing is a fact too, and the exit code says that the environment is wrong."""
    write(tmp_path, roadmap__m=METRIC)

    code, facts = doctor(tmp_path, PATH=str(tmp_path))

    assert code == 3
    assert facts["git", "repository"]["state"] == "problem"


def test_workflows_and_schemas_that_are_loose_or_old(tmp_path: Path) -> None:
    """A workflow that names a branch, and schemas of another version, deserve a look."""
    subprocess.run([ROADGATE, "init"], cwd=tmp_path, check=True, capture_output=True)
    _, before = doctor(tmp_path)
    workflow = tmp_path / ".github" / "workflows" / "mine.yml"
    workflow.parent.mkdir(parents=True, exist_ok=True)
    workflow.write_text("steps:\n  - uses: roadgate/roadgate@main\n", encoding="utf-8")
    (tmp_path / ".roadgate" / "schemas" / "roadgate.schema.json").write_text("{}")

    _, after = doctor(tmp_path)

    assert before["editor", "schemas"]["state"] == "fine"
    assert "roadgate.schema.json" in after["editor", "schemas"]["value"]
    assert after["workflows", "mine.yml"]["value"] == "not pinned to a commit: main"


@pytest.mark.parametrize("text", ["\x1b[31m", "::error::x", "速い"])
def test_names_from_files_are_harmless(tmp_path: Path, text: str) -> None:
    """A folder's name cannot steer a terminal or a log."""
    folder = tmp_path / text
    write(folder, roadmap__m=METRIC)
    run = subprocess.run([ROADGATE, "doctor", "-C", str(folder)], capture_output=True, check=False)

    assert b"\x1b" not in run.stdout
    assert not any(line.lstrip().startswith(b"::") for line in run.stdout.splitlines())


def test_issues_are_kept_and_nobody_judges_pull_requests(tmp_path: Path) -> None:
    """A schedule alone looks like all is wired; that nothing judges a pull request is told."""
    git(tmp_path, "init", "-q")
    subprocess.run([ROADGATE, "init", str(tmp_path)], check=True, capture_output=True)
    _, facts = doctor(tmp_path)
    assert ("workflows", "pull requests") not in facts

    (tmp_path / ".github" / "workflows" / "roadgate.yml").unlink()
    _, facts = doctor(tmp_path)
    assert facts["workflows", "pull requests"]["value"] == "no workflow judges them"
    assert "roadgate init" in facts["workflows", "pull requests"]["hint"]
