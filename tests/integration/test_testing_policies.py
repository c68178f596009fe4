"""What the page on testing policies shows works in a fresh folder, outside this repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "test-policies.md"
TEXT = PAGE.read_text(encoding="utf-8")
TOOLS = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the virtual environment."""
    return subprocess.run(
        arguments,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with the files of the page."""
    plugin, scenarios, _ = blocks("python")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text(plugin, encoding="utf-8")
    (tmp_path / "tests" / "test_policies.py").write_text(scenarios, encoding="utf-8")
    (tmp_path / "tests" / "policies.feature").write_text(blocks("gherkin")[0], encoding="utf-8")
    run(tmp_path, "roadgate", "policy", "new", "ACME001", "owner-named")
    policy = tmp_path / "policies" / "acme001-owner-named.yaml"
    text = policy.read_text(encoding="utf-8").replace("severity: warning", "severity: error")
    policy.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_example_of_the_page(folder: Path) -> None:
    """Copied into a fresh folder, its scenarios pass."""
    done = run(folder, "pytest", "-q", "-p", "no:cacheprovider", "tests")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_a_scenario_that_does_not_come_out(folder: Path) -> None:
    """A failing step says what was found instead."""
    feature = folder / "tests" / "policies.feature"
    text = feature.read_text(encoding="utf-8").replace("0 of 5", "3 of 5")
    feature.write_text(text, encoding="utf-8")

    done = run(folder, "pytest", "-q", "-p", "no:cacheprovider", "tests")

    assert done.returncode == 1
    assert "policy RG101 does not say '3 of 5 interviews'; found:" in done.stdout
    assert "0 of 5 interviews" in done.stdout


def test_the_python_of_the_page(tmp_path: Path) -> None:
    """The class works without pytest-bdd."""
    done = run(tmp_path, sys.executable, "-c", blocks("python")[2])

    assert done.returncode == 0, done.stderr


def test_without_pytest_bdd(tmp_path: Path) -> None:
    """Who has not installed the extra is told how to."""
    script = (
        "import sys; sys.modules['pytest_bdd'] = None\n"
        "import roadgate.testing\n"
        "import roadgate.testing.steps\n"
    )

    done = run(tmp_path, sys.executable, "-c", script)

    assert done.returncode == 1
    assert "needs pytest-bdd: pip install 'roadgate[testing]'" in done.stderr


def test_the_table_names_every_step() -> None:
    """Each step that is offered is in the page."""
    source = (PAGE.parents[2] / "engine" / "roadgate" / "testing" / "steps.py").read_text("utf-8")
    offered = re.findall(r"@(given|when|then)\(", source)
    table = re.findall(r"^\| `(Given|When|Then) ", TEXT, re.MULTILINE)

    assert len(table) + 1 == len(offered)  # When the roadmap is checked stands in the example
