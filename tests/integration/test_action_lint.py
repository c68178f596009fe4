"""The action and all workflows are clean under the linters that know GitHub Actions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

SOURCES = Path(__file__).resolve().parents[2]
TEMPLATES = SOURCES / "engine/roadgate/cli/templates/workflows"
PIN = "5ca1ab1e" * 5
TOOLS = Path(sys.executable).parent
INJECTION = """\
name: broken
on: issues
permissions: {}
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - run: echo "${{ github.event.issue.title }}"
"""
EXCEPTION = re.compile(r"# zizmor: ignore\[[a-z,-]+\](?P<reason>.*)")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with every workflow of ours: what ``init`` writes, and our own."""
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    for path in (*TEMPLATES.glob("*.yml"), *(SOURCES / ".github/workflows").glob("*.yml")):
        text = path.read_text().replace("ROADGATE_ACTION_REF", f"{PIN} # v0.1.0")
        (folder / path.name).write_text(text)
    (tmp_path / "action.yml").write_bytes((SOURCES / "action.yml").read_bytes())
    return tmp_path


def run(folder: Path, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a linter of the virtual environment in a folder."""
    return subprocess.run(
        [str(TOOLS / tool), *arguments],
        cwd=folder,
        # actionlint finds shellcheck beside it
        env={**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


def zizmor(folder: Path, *inputs: str) -> subprocess.CompletedProcess[str]:
    """Run zizmor without the network."""
    return run(folder, "zizmor", "--offline", "--no-progress", "--format", "plain", *inputs)


def test_templates_are_all_here(repository: Path) -> None:
    """The linters look at each workflow that there is."""
    names = {path.name for path in (repository / ".github/workflows").iterdir()}

    assert {"roadgate.yml", "roadgate-bell.yml", "roadgate-schedule.yml", "ci.yml"} <= names


def test_zizmor_finds_nothing(repository: Path) -> None:
    """No workflow and not the action has a known weakness."""
    done = zizmor(repository, ".github/workflows", "action.yml")

    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_exceptions_say_why() -> None:
    """An exception to a rule carries its reason in the same comment."""
    texts = [path.read_text() for path in (*TEMPLATES.glob("*.yml"), SOURCES / "action.yml")]
    found = [match for text in texts for match in EXCEPTION.finditer(text)]

    assert len(found) == 2
    assert all(len(match["reason"].split()) >= 5 for match in found)


def test_actionlint_finds_nothing(repository: Path) -> None:
    """Syntax, expressions and the shell in `run` are right."""
    done = run(repository, "actionlint", "-no-color")

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml"),
        ("vendor.github-actions", "action.yml"),
    ],
)
def test_files_fit_their_schemas(repository: Path, schema: str, pattern: str) -> None:
    """Each file has the form that GitHub publishes."""
    files = [str(path) for path in repository.glob(pattern)]

    done = run(repository, "check-jsonschema", "--builtin-schema", schema, *files)

    assert files
    assert done.returncode == 0, done.stdout


def test_scripts_of_the_action_are_sound() -> None:
    """Shellcheck finds nothing in them."""
    done = run(SOURCES / ".github/action", "shellcheck", "install", "run")

    assert done.returncode == 0, done.stdout


def test_everything_is_pinned_by_commit(repository: Path) -> None:
    """Each `uses` names a whole commit, with the version that it is in a comment."""
    files = [*(repository / ".github/workflows").iterdir(), repository / "action.yml"]
    lines = [line for path in files for line in path.read_text().splitlines()]
    used = [line for line in lines if re.search(r"\buses:", line)]

    assert len(used) >= 10
    assert [line for line in used if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_top_permissions_are_none_and_jobs_have_limits(repository: Path) -> None:
    """Nothing is given by default; each job says what it needs and how long it may run."""
    for path in (repository / ".github/workflows").iterdir():
        text = path.read_text()
        jobs = text.count("    runs-on:")

        assert "\npermissions: {}\n" in text, path.name
        assert text.count("\n    permissions:") == jobs, path.name
        assert text.count("\n    timeout-minutes:") == jobs, path.name


def test_hook_for_pre_commit_runs_the_check() -> None:
    """The hook runs a command that there is, on a roadmap as a whole."""
    (hook,) = yaml.safe_load((SOURCES / ".pre-commit-hooks.yaml").read_text())
    program, *arguments = hook["entry"].split()
    done = run(SOURCES, program, *arguments, "--help")

    assert (hook["id"], hook["language"]) == ("roadgate-check", "python")
    assert hook["pass_filenames"] is False
    assert done.returncode == 0, done.stderr
    assert re.search(hook["files"], "platform/roadmap/faster-ci.yaml")
    assert not re.search(hook["files"], "docs/index.md")


def test_judge_never_checks_out_the_head() -> None:
    """The head's commit is an argument of roadgate and nothing else."""
    text = (TEMPLATES / "roadgate.yml").read_text()
    checkouts = re.findall(r"uses: actions/checkout@.*?(?=\n\n)", text, re.DOTALL)

    assert len(checkouts) == 1
    assert "ref: ${{ github.event.merge_group.base_sha || github.sha }}" in checkouts[0]
    assert "persist-credentials: false" in checkouts[0]
    assert "git checkout" not in text


def test_linters_notice_what_is_broken(repository: Path) -> None:
    """The control: an injection turns both linters red."""
    (repository / ".github/workflows/broken.yml").write_text(INJECTION)

    assert zizmor(repository, ".github/workflows").returncode > 10
    assert run(repository, "actionlint", "-no-color").returncode == 1
