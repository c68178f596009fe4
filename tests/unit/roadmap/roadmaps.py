"""Roadmaps out of YAML text, for the tests of linking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.roadmap.link import link
from unit.load.repositories import document, write

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.finding import Finding
    from roadgate.model.roadmap import Roadmap

METRIC = "{unit: min, direction: lower, cadence: weekly"
AROUND = (
    document("Team", "core"),
    document("Persona", "developer"),
    document("Goal", "ship-daily", "{outcome: x, metrics: [ci-duration]}"),
    document("Metric", "ci-duration", METRIC + "}"),
    document("Metric", "measured-before", METRIC + ", baseline: {value: 18}}"),
    document("Evidence", "interviews", "{method: interview, date: 2026-01-20}"),
)
"""Resources that others may refer to."""


def initiative(name: str, spec: str = "", **metadata: str) -> str:
    """An initiative in later, with more fields (flow text that begins with a comma)."""
    return document("Initiative", name, f"{{problem: Waiting., horizon: later{spec}}}", **metadata)


def linked(
    root: Path, *documents: str, config: str = "", measurements: str = ""
) -> tuple[Roadmap, list[Finding]]:
    """Link these documents beside those of ``AROUND``; loading them finds nothing wrong."""
    files: dict[str, str | bytes] = {"roadmap/all.yaml": "---\n".join((*AROUND, *documents))}
    if config:
        files["roadgate.yaml"] = f"apiVersion: roadgate/v1\nkind: Config\nspec: {config}\n"
    for name in measurements.split():
        files[f"measurements/{name}.csv"] = "date,value\n2026-01-01,5\n"
    project = load_project(FolderTree(write(root, files)))
    assert [each for each in project.findings if each.fails] == []
    return link(project)


def told(root: Path, *documents: str, config: str = "") -> list[tuple[str, str | None, str, str]]:
    """Code, field, message and fix of each finding."""
    _, findings = linked(root, *documents, config=config)
    return [(each.id, each.field, each.message, each.fix) for each in findings]
