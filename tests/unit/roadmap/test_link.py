"""From a project to a roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.source import ResourceRef
from roadgate.roadmap.link import link
from unit.load.repositories import document, write
from unit.roadmap.roadmaps import METRIC, initiative, linked

if TYPE_CHECKING:
    from pathlib import Path


def test_indexes_everything_by_name(tmp_path: Path) -> None:
    """Each kind has its mapping, sorted, and nothing is wrong with a sound roadmap."""
    roadmap, findings = linked(
        tmp_path,
        initiative("b", ", evidence: [interviews], goal: ship-daily", owner="core"),
        initiative("a", ", dependsOn: [b], personas: [developer]"),
        document(
            "Decision",
            "go",
            "{type: commit, concerns: {initiative: a}, date: 2026-01-01, by: [x], because: y}",
        ),
    )
    assert findings == []
    assert list(roadmap.initiatives) == ["a", "b"]
    assert list(roadmap.metrics) == ["ci-duration", "measured-before"]
    assert [list(each) for each in (roadmap.teams, roadmap.goals, roadmap.decisions)] == [
        ["core"], ["ship-daily"], ["go"],
    ]  # fmt: skip
    assert [str(each.ref) for each in roadmap.resources][:3] == [
        "Decision/go", "Evidence/interviews", "Goal/ship-daily",
    ]  # fmt: skip
    assert len(roadmap.resources) == 9


def test_evidence_is_linked_from_either_side(tmp_path: Path) -> None:
    """An initiative's own list comes first, then what supports it, each once."""
    roadmap, findings = linked(
        tmp_path,
        initiative("a", ", evidence: [interviews]", aliases="[was-a]"),
        document("Evidence", "b", "{method: survey, date: 2026-01-01, supports: [was-a]}"),
        document("Evidence", "c", "{method: survey, date: 2026-01-01, supports: [a, was-a]}"),
    )
    assert roadmap.evidence_of == {"a": ("interviews", "b", "c")}
    assert [each.severity.value for each in findings] == ["notice", "notice"]


def test_former_names_lead_to_the_present_one(tmp_path: Path) -> None:
    """A reference by an alias resolves, with a notice that says the new name."""
    roadmap, findings = linked(
        tmp_path, initiative("new", aliases="[old]"), initiative("other", ", dependsOn: [old]")
    )
    assert roadmap.name_of("Initiative", "old") == "new"
    assert roadmap.aliases == {ResourceRef("Initiative", "old"): "new"}
    (finding,) = findings
    assert (finding.id, finding.message, finding.fix) == (
        "RG012", "the Initiative 'old' is called 'new' now", "write 'new'",
    )  # fmt: skip


def test_measurements_follow_a_metric_that_was_renamed(tmp_path: Path) -> None:
    """The file of a former name counts until there is one of the present name."""
    renamed = document("Metric", "lead-time", METRIC + "}", aliases="[cycle-time]")
    roadmap, findings = linked(tmp_path / "one", renamed, measurements="cycle-time")
    assert roadmap.measurements["lead-time"].path == "measurements/cycle-time.csv"
    assert findings == []
    roadmap, findings = linked(tmp_path / "two", renamed, measurements="cycle-time lead-time")
    assert roadmap.measurements["lead-time"].path == "measurements/lead-time.csv"
    (finding,) = findings
    assert (finding.id, finding.location and finding.location.path) == (
        "RG024", "measurements/cycle-time.csv",
    )  # fmt: skip


def test_an_alias_that_is_taken_is_a_finding(tmp_path: Path) -> None:
    """Names and aliases of one kind share one namespace; other kinds have their own."""
    _, findings = linked(
        tmp_path,
        initiative("a", aliases="[core, b, x]"),
        initiative("b", aliases="[x, b]"),
    )
    told = [(str(each.resource), each.field, each.message) for each in findings]
    where = "metadata.aliases"
    assert told == [
        ("Initiative/a", f"{where}[1]", "the alias 'b' belongs to the Initiative 'b' already"),
        ("Initiative/b", f"{where}[0]", "the alias 'x' belongs to the Initiative 'a' already"),
        ("Initiative/b", f"{where}[1]", "'b' is an alias twice, or the name itself"),
    ]  # fmt: skip


def test_the_first_of_two_resources_counts(tmp_path: Path) -> None:
    """Which of two of one name counts is decided by their paths."""
    files: dict[str, str | bytes] = {
        "roadmap/b.yaml": document("Team", "core", "{wip: 2}"),
        "roadmap/a.yaml": document("Team", "core", "{wip: 1}"),
    }
    roadmap, findings = link(load_project(FolderTree(write(tmp_path, files))))
    assert roadmap.teams["core"].path == "roadmap/a.yaml"
    assert (findings, len(roadmap.resources)) == ([], 1)


def test_nothing_makes_an_empty_roadmap(tmp_path: Path) -> None:
    """No resources are no problem of linking."""
    roadmap, findings = link(load_project(FolderTree(tmp_path)))
    assert (findings, roadmap.resources) == ([], ())
