"""What the how-to pages tell to do can be done, and the linters agree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GITHUB = (ROOT / "docs" / "how-to" / "github.md").read_text(encoding="utf-8")
TEMPLATES = ROOT / "engine" / "roadgate" / "cli" / "templates" / "workflows"
TOOLS = Path(sys.executable).parent
PIN = "5ca1ab1e" * 5


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the virtual environment in a folder."""
    who = {
        f"GIT_{role}_{what}": "a@b.c"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return subprocess.run(
        arguments,
        cwd=folder,
        env={**os.environ, **who, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


def workflow() -> str:
    """The whole workflow that the page has."""
    found = re.findall(r"^```yaml\n(name: .*?)^```$", GITHUB, re.DOTALL | re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def test_the_first_commands(tmp_path: Path) -> None:
    """The commands of the page work in a new repository."""
    run(tmp_path, "git", "init", "-q")
    block = re.findall(r"^```console\n(.*?)^```$", GITHUB, re.DOTALL | re.MULTILINE)[0]
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        done = run(tmp_path, "bash", "-c", command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("tool", ["actionlint", "zizmor"])
def test_the_workflow_is_clean(tmp_path: Path, tool: str) -> None:
    """The advisory workflow has nothing against it, in the eyes of the linters for workflows."""
    run(tmp_path, "git", "init", "-q")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = workflow().replace("ROADGATE_ACTION_REF", f"{PIN} # v0.1.0")
    (folder / "roadgate.yml").write_text(text, encoding="utf-8")
    arguments = ["--offline", "--no-progress", "."] if tool == "zizmor" else []

    done = run(tmp_path, tool, *arguments)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pins_are_those_of_init() -> None:
    """The workflow of the page uses the same commits of other actions as those that init writes."""
    written = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.yml"))

    pins = re.findall(r"uses: (actions/.*)", workflow())

    assert pins
    assert all(pin in written for pin in pins)


def test_the_table_of_permissions() -> None:
    """What the page says about permissions and events is what the workflows have."""
    for path in TEMPLATES.glob("*.yml"):
        row = re.search(rf"^\| `{path.name}` \| (.*?) \| (.*?) \|$", GITHUB, re.MULTILINE)
        assert row, path.name
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
        asked = {right for job in jobs for right in job.get("permissions", {})}
        named = {right for right in ("contents", "issues", "statuses") if right in row[1]}
        named |= {"pull-requests"} if "pull requests" in row[1] else set()
        assert named == asked


def test_the_sarif_file_is_written(tmp_path: Path) -> None:
    """The command of the page about code scanning writes the file that its workflow uploads."""
    page = (ROOT / "docs" / "how-to" / "code-scanning.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^\$ (.*)$", page, re.MULTILINE)
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    steps = yaml.safe_load(text)["jobs"]["findings"]["steps"]
    run(tmp_path, "git", "init", "-q")
    run(tmp_path, "roadgate", "init")

    done = run(tmp_path, "bash", "-c", command)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / steps[-1]["with"]["sarif_file"]).is_file()
    assert command == f"roadgate {steps[1]['with']['command']} {steps[1]['with']['args']}"


def test_schemas_for_an_editor(tmp_path: Path) -> None:
    """The command of the editor's page writes the schemas that it speaks of."""
    page = (ROOT / "docs" / "how-to" / "editor.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```console\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        done = run(tmp_path, "bash", "-c", command)
        assert done.returncode == 0, done.stdout + done.stderr
    line = re.findall(r"^# yaml-language-server: \$schema=(.*)$", page, re.MULTILINE)[0]
    (tmp_path / "roadmap").mkdir()
    assert (tmp_path / "roadmap" / line).resolve().is_file()


PACKS = (ROOT / "docs" / "how-to" / "packs.md").read_text(encoding="utf-8")


def test_choosing_policies(tmp_path: Path) -> None:
    """Each configuration of the page is one, and its commands and its Decision work with it."""
    project = tmp_path / "platform"
    shutil.copytree(ROOT / "examples" / "platform", project)
    blocks = re.findall(r"^```(yaml|console)\n(.*?)^```$", PACKS, re.DOTALL | re.MULTILINE)
    assert [language for language, _ in blocks] == ["yaml", "console", "yaml", "yaml"]
    for language, block in blocks:
        if language == "console":
            for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
                done = run(project, "bash", "-c", command)
                assert done.returncode == 0, done.stdout + done.stderr
            continue
        is_config = yaml.safe_load(block)["kind"] == "Config"
        path = project / ("roadgate.yaml" if is_config else "roadmap/decisions/waive.yaml")
        path.write_text(block, encoding="utf-8")
        done = run(project, "roadgate", "check", "--as-of", "2026-08-07")
        assert "RG030" not in done.stdout
        assert "RG031" not in done.stdout
        assert "policy 'RG412' is disabled: we have no journeys yet" in done.stdout or is_config


def test_an_exception_is_used(tmp_path: Path) -> None:
    """The Decision of the page sets aside what its policy finds, and nothing else."""
    project = tmp_path / "platform"
    shutil.copytree(ROOT / "examples" / "platform", project)
    initiative = project / "roadmap" / "initiatives" / "champions.yaml"
    text = initiative.read_text(encoding="utf-8")
    initiative.write_text(re.sub(r"    excludes:.*\n", "", text), encoding="utf-8")
    command = ("roadgate", "check", "--as-of", "2026-03-01")
    assert (
        "error[RG203]: 'champions' is committed, and leaves nothing out"
        in run(project, *command).stdout
    )
    decision = re.findall(r"^```yaml\n(.*?)^```$", PACKS, re.DOTALL | re.MULTILINE)[-1]
    (project / "roadmap" / "waive.yaml").write_text(decision, encoding="utf-8")
    done = run(project, *command)
    assert "error[RG203]" not in done.stdout
    assert "1 waived" in done.stdout


def test_the_page_about_authoring(tmp_path: Path) -> None:
    """Its commands work one after the other on its file, and print what it says."""
    page = (ROOT / "docs" / "how-to" / "authoring.md").read_text(encoding="utf-8")
    (messy,) = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    run(tmp_path, "git", "init", "-q")
    for block in re.findall(r"^```console\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        for command, expected in re.findall(r"^\$ (.*)\n((?:[^$\n].*\n)*)", block, re.MULTILINE):
            if "--fix" in command and not (tmp_path / messy[0]).exists():
                (tmp_path / messy[0]).write_text(messy[1], encoding="utf-8")
            done = run(tmp_path, "bash", "-c", command)
            assert done.returncode == 0, command + done.stdout + done.stderr
            for line in expected.splitlines():
                assert line in done.stdout, done.stdout
    assert "problem: Alarms ring at night.   # heard" in (tmp_path / messy[0]).read_text("utf-8")


@pytest.mark.parametrize("page", ["how-to/try-policies.md", "reference/lifecycle.md"])
def test_the_commands_about_policies_and_stages(tmp_path: Path, page: str) -> None:
    """Every command of these pages runs in a new repository, in the order of the page."""
    run(tmp_path, "git", "init", "-q")
    run(tmp_path, "roadgate", "init", ".", "--pin", PIN)
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    commands = re.findall(r"^\$ (.*)$", text, re.MULTILINE)

    assert len(commands) > 3
    for command in commands:
        done = run(tmp_path, "bash", "-c", command)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_lifecycle_of_the_page(tmp_path: Path) -> None:
    """The Lifecycle that the reference shows is one that check takes."""
    run(tmp_path, "roadgate", "init", ".", "--pin", PIN)
    text = (ROOT / "docs" / "reference" / "lifecycle.md").read_text(encoding="utf-8")
    (document,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    team = (
        "apiVersion: roadgate/v1\nkind: Team\nmetadata: {name: product-leads, title: Leads}\n"
        "spec: {members: [{role: lead, github: example-vp}]}\n"
    )
    (tmp_path / "roadmap" / "lifecycle.yaml").write_text(document, encoding="utf-8")
    (tmp_path / "roadmap" / "team.yaml").write_text(team, encoding="utf-8")

    done = run(tmp_path, "roadgate", "check")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "RG085" not in done.stdout
    assert "(Lifecycle/stages)" in run(tmp_path, "roadgate", "lifecycle").stdout
