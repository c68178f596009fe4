"""Slips that newcomers make are told for what they are, and what is harmless is let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.kinds import Initiative

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.finding import Finding
    from roadgate.model.project import Project

IDEA = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: a, title: A}
spec:
  problem: x
  horizon: later
"""

WRITTEN_DOWN = """\
apiVersion: roadgate/v1
kind: Config
spec:
  paths: {roadmap: [roadmap], policies: [policies], measurements: measurements}
"""


def load(folder: Path, text: str, config: str | None = None) -> Project:
    """Load a folder with one file, and perhaps a configuration."""
    (folder / "roadmap").mkdir()
    (folder / "roadmap" / "a.yaml").write_text(text, encoding="utf-8")
    if config is not None:
        (folder / "roadgate.yaml").write_text(config, encoding="utf-8")
    return load_project(FolderTree(folder))


def told(project: Project) -> list[tuple[str, str]]:
    """Codes and messages."""
    return [(each.id, each.message) for each in project.findings]


def test_an_unknown_field_with_nothing_in_it_is_a_typo(tmp_path: Path) -> None:
    """A misspelt field that is still empty must not vanish unseen."""
    project = load(tmp_path, IDEA + "  sucessCriteria:\n")

    (finding,) = project.findings
    assert (finding.id, finding.fix) == ("RG007", "did you mean 'successCriteria'?")


def test_a_thousands_separator_is_no_field(tmp_path: Path) -> None:
    """`1,000` in braces is two entries in YAML, and the second is an unknown field."""
    rice = "  rice: {reach: 1,000, impact: 2, confidence: 80, effort: 2}\n"

    assert [code for code, _ in told(load(tmp_path, IDEA + rice))] == ["RG007"]


def test_a_known_field_that_is_null_is_absent(tmp_path: Path) -> None:
    """An empty optional field is as if it were not there."""
    assert told(load(tmp_path, IDEA + "  goal:\n  rice: null\n")) == []


@pytest.mark.parametrize("condition", [">= 80", "> 80", ">=80", ">baseline"])
def test_a_condition_without_quotes(tmp_path: Path, condition: str) -> None:
    """The most common slip of all names its remedy."""
    criterion = f"  successCriteria:\n    - id: x\n      metric: m\n      target: {condition}\n"
    (finding,) = load(tmp_path, IDEA + criterion).findings

    assert finding.message == "a condition that begins with '>' needs quotes"
    assert finding.fix == f'write target: "{condition}"'


@pytest.mark.parametrize(
    "config",
    [
        "",
        "\n",
        "# nothing yet\n",
        WRITTEN_DOWN,
    ],
)
def test_a_configuration_that_says_nothing_new(tmp_path: Path, config: str) -> None:
    """Everything has a default, and a default may be written down."""
    project = load(tmp_path, IDEA, config)

    assert told(project) == []
    assert not project.config_broken


def test_a_foreign_file_is_told_how_to_stay(tmp_path: Path) -> None:
    """YAML of another tool is a finding that also says how to leave it alone."""
    foreign: list[Finding] = list(load(tmp_path, "rules: [a]\n").findings)

    assert "spec.ignore" in foreign[0].fix


def test_a_bare_number_as_target_spoils_only_its_criterion(tmp_path: Path) -> None:
    """The initiative is there to be judged; the condition without an operator is refused later."""
    criterion = "  successCriteria:\n    - {id: x, metric: m, target: 80, by: 2026-01-01}\n"
    project = load(tmp_path, IDEA + criterion)

    (resource,) = project.resources
    assert isinstance(resource.body, Initiative)
    assert resource.body.spec.success_criteria[0].target == "80"
