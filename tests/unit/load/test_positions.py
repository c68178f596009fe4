"""Findings with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.positions import locate
from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.source import ResourceRef, Span
from unit.load.repositories import document, write

if TYPE_CHECKING:
    from pathlib import Path

TEAM = ResourceRef("Team", "core")


def finding(resource: ResourceRef | None, field: str | None, *related: Related) -> Finding:
    """A finding without a place."""
    return Finding("RG999", Severity.ERROR, "x", resource=resource, field=field, related=related)


def places(root: Path, *findings: Finding) -> list[tuple[str, int, int] | None]:
    """Path, line and column of each, in a project of one team, one broken goal, one setting."""
    tree = FolderTree(
        write(
            root,
            {
                "roadgate.yaml": "apiVersion: roadgate/v1\nkind: Config\nspec: {ignore: [x]}\n",
                "roadmap/a.yaml": document("Goal", "broken") + "---\n" + document("Team", "core"),
            },
        )
    )
    located = locate(findings, load_project(tree), tree)
    spans = [each.location for each in located]
    return [(span.path, span.line, span.column) if span else None for span in spans]


def test_fills_in_places_by_resource_and_field(tmp_path: Path) -> None:
    """A field leads to its value, no field to the name; broken resources have places too."""
    assert places(
        tmp_path,
        finding(TEAM, "metadata.title"),
        finding(TEAM, None),
        finding(ResourceRef("Goal", "broken"), "spec"),
        finding(None, "spec.ignore[0]"),
        finding(None, None),
        finding(ResourceRef("Team", "nobody"), "spec"),
    ) == [
        ("roadmap/a.yaml", 8, 31),
        ("roadmap/a.yaml", 8, 18),
        ("roadmap/a.yaml", 4, 7),
        ("roadgate.yaml", 3, 17),
        None,
        None,
    ]


def test_keeps_places_that_are_known(tmp_path: Path) -> None:
    """A finding that has its place keeps it; what is related gets its own."""
    tree = FolderTree(write(tmp_path, {"roadmap/a.yaml": document("Team", "core")}))
    known = Span("x.csv", 7, 1, 7, 2)
    original = Finding(
        "RG999", Severity.ERROR, "x", location=known, related=(Related("here", resource=TEAM),)
    )
    (located,) = locate([original], load_project(tree), tree)
    assert located.location == known
    assert located.related[0].location == Span("roadmap/a.yaml", 3, 18, 3, 22)


def test_a_file_that_is_gone_is_still_named(tmp_path: Path) -> None:
    """Between loading and showing a file may vanish."""
    tree = FolderTree(write(tmp_path, {"roadmap/a.yaml": document("Team", "core")}))
    project = load_project(tree)
    (tmp_path / "roadmap/a.yaml").unlink()
    (located,) = locate([finding(TEAM, "spec")], project, tree)
    assert located.location == Span("roadmap/a.yaml", 1, 1, 1, 1)
