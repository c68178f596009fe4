"""From a tree to a project: what is found, what is refused, and where."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from roadgate.load.git_tree import GitTree
from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import Config
from roadgate.model.source import ResourceRef
from unit.load.repositories import INITIATIVE, commit, document, git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.project import Project

CONFIG = "apiVersion: roadgate/v1\nkind: Config\n"
METRIC = document("Metric", "adoption", "{direction: higher, cadence: weekly}")
POLICY = document(
    "Policy",
    "house",
    "{id: ACME001, rationale: Because., validations: [{expression: 'true'}]}",
)


def load(root: Path, files: dict[str, str | bytes]) -> Project:
    """Load a folder with these files."""
    return load_project(FolderTree(write(root, files)))


def brief(finding: Finding) -> tuple[str, str, int]:
    """Code, path and line."""
    assert finding.location is not None
    return finding.id, finding.location.path, finding.location.line


def test_one_file_and_no_configuration_is_a_project(tmp_path: Path) -> None:
    """The smallest repository works."""
    project = load(tmp_path, {"roadmap/faster-ci.yaml": INITIATIVE})
    assert project.findings == ()
    assert [str(each.ref) for each in project.resources] == ["Initiative/faster-ci"]
    assert (project.files, len(project.documents), project.config_broken) == (1, 1, False)
    assert project.revision is None


def test_an_empty_folder_is_an_empty_project(tmp_path: Path) -> None:
    """Nothing is not a problem of loading."""
    project = load(tmp_path, {})
    assert (project.findings, project.resources, project.files) == ((), (), 0)


def test_a_folder_and_its_commit_are_the_same_project(tmp_path: Path) -> None:
    """Reading from git objects gives what reading the files gives."""
    files: dict[str, str | bytes] = {
        "roadgate.yaml": CONFIG,
        "roadmap/a.yaml": INITIATIVE + "---\n" + METRIC,
        "roadmap/broken.yaml": "a: [\n",
        "policies/p.yaml": POLICY,
        "measurements/adoption.csv": "date,value\n2026-01-01,50\n",
    }
    root = repository(tmp_path, files)
    on_disk = load_project(FolderTree(root))
    in_git = load_project(GitTree(root, "HEAD"))
    assert on_disk.resources == in_git.resources
    assert on_disk.measurements == in_git.measurements
    assert on_disk.findings == in_git.findings
    assert (on_disk.files, in_git.files) == (5, 5)
    assert in_git.revision == git(root, "rev-parse", "HEAD")


def test_every_yaml_file_under_the_roots_counts(tmp_path: Path) -> None:
    """Any depth, any case of the extension, dot-folders too; other files do not."""
    names = ["roadmap/a.yaml", "roadmap/b/c/d.YML", "roadmap/.hidden/e.Yaml"]
    files: dict[str, str | bytes] = {
        name: document("Team", f"team-{index}") for index, name in enumerate(names)
    }
    project = load(tmp_path, files | {"roadmap/notes.md": "# x", "roadmap/x.json": "{}"})
    assert project.findings == ()
    assert len(project.resources) == 3


def test_resources_are_sorted_by_kind_and_name(tmp_path: Path) -> None:
    """The order of files plays no part."""
    project = load(
        tmp_path,
        {"roadmap/z.yaml": document("Goal", "b", "{outcome: x}"),
         "roadmap/a.yaml": document("Team", "a") + "---\n" + document("Goal", "c", "{outcome: x}")},
    )  # fmt: skip
    assert [str(each.ref) for each in project.resources] == ["Goal/b", "Goal/c", "Team/a"]


def test_problems_of_one_file_leave_the_others_alone(tmp_path: Path) -> None:
    """Each file is read whatever the others are; what cannot be read is named."""
    project = load(
        tmp_path,
        {
            "roadmap/a.yaml": INITIATIVE,
            "roadmap/b.yaml": "x: [\n",
            "roadmap/c.yaml": b"\xff",
            "roadmap/d.yaml": "",
            "roadmap/e.yaml": "# nothing yet\n",
            "roadmap/f.yaml": "x: " + "y" * (1 << 20),
            "roadmap/g.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "roadmap/h.yaml": document("Initiative", "h", "{problem: x}"),
        },
    )
    assert [brief(each) for each in project.findings] == [
        ("RG001", "roadmap/b.yaml", 2),
        ("RG002", "roadmap/c.yaml", 1),
        ("RG002", "roadmap/d.yaml", 1),
        ("RG006", "roadmap/e.yaml", 1),
        ("RG003", "roadmap/f.yaml", 1),
        ("RG015", "roadmap/g.yaml", 1),
        ("RG008", "roadmap/h.yaml", 4),
    ]
    assert project.unreadable == {
        "roadmap/b.yaml",
        "roadmap/c.yaml",
        "roadmap/f.yaml",
        "roadmap/g.yaml",
    }
    assert project.broken == {ResourceRef("Initiative", "h")}
    assert [each.name for each in project.resources] == ["faster-ci"]
    assert len(project.documents) == 2


def test_a_second_resource_of_a_name_is_shown_with_the_first(tmp_path: Path) -> None:
    """Both stay in the project; the later one is the finding."""
    project = load(
        tmp_path,
        {"roadmap/a.yaml": INITIATIVE, "roadmap/b.yaml": METRIC + "---\n" + INITIATIVE},
    )
    (finding,) = project.findings
    assert brief(finding) == ("RG011", "roadmap/b.yaml", 8)
    assert finding.related[0].location is not None
    assert finding.related[0].location.path == "roadmap/a.yaml"
    assert len(project.resources) == 3


def test_links_and_special_files_under_a_root_are_findings(tmp_path: Path) -> None:
    """Nothing under a root is passed over in silence."""
    write(tmp_path, {"roadmap/a.yaml": INITIATIVE, "elsewhere/b.yaml": "x: 1\n"})
    (tmp_path / "roadmap/b.yaml").symlink_to("../elsewhere/b.yaml")
    (tmp_path / "roadmap/c").symlink_to("/")
    os.mkfifo(tmp_path / "roadmap/d.yaml")
    (tmp_path / "measurements").symlink_to("elsewhere")
    project = load_project(FolderTree(tmp_path))
    assert [brief(each) for each in project.findings] == [
        ("RG015", "measurements", 1),
        ("RG015", "roadmap/b.yaml", 1),
        ("RG015", "roadmap/c", 1),
        ("RG002", "roadmap/d.yaml", 1),
    ]
    assert project.unreadable == {
        "measurements", "roadmap/b.yaml", "roadmap/c", "roadmap/d.yaml",
    }  # fmt: skip


class Locked(FolderTree):
    """A folder in which one file may not be read; the superuser may read everything."""

    locked: str

    def read(self, path: str) -> bytes:
        """The file's bytes, unless it is locked."""
        if path == self.locked:
            raise PermissionError(path)
        return super().read(path)


@pytest.mark.parametrize(
    ("locked", "codes"),
    [
        ("roadmap/a.yaml", ["RG002"]),
        ("policies/p.yaml", ["RG002"]),
        ("measurements/adoption.csv", ["RG002"]),
        ("roadgate.yaml", ["RG030", "RG002"]),
    ],
)
def test_a_file_that_may_not_be_read_is_a_finding(
    tmp_path: Path, locked: str, codes: list[str]
) -> None:
    """A permission is no reason to stop, and the other files are still read."""
    files: dict[str, str | bytes] = {
        "roadgate.yaml": CONFIG,
        "roadmap/a.yaml": INITIATIVE,
        "roadmap/m.yaml": METRIC,
        "policies/p.yaml": POLICY,
        "measurements/adoption.csv": "date,value\n2026-01-01,50\n",
    }
    tree = Locked(write(tmp_path, files))
    tree.locked = locked
    project = load_project(tree)
    assert [brief(each) for each in project.findings] == [(code, locked, 1) for code in codes]
    assert {ResourceRef("Metric", "adoption")} <= {each.ref for each in project.resources}


@pytest.mark.parametrize("folder", ["roadmap", "policies", "measurements"])
def test_a_file_in_the_place_of_a_folder_is_a_finding(tmp_path: Path, folder: str) -> None:
    """A root from which nothing can be read is no root that holds nothing."""
    project = load(tmp_path, {folder: "x\n", "notes.txt": "x\n"})
    assert [brief(each) for each in project.findings] == [("RG030", folder, 1)]
    assert project.findings[0].message == f"'{folder}' is a file instead of a folder"


def test_names_that_are_no_text_are_findings(tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is named with escapes."""
    write(tmp_path, {"roadmap/a.yaml": INITIATIVE})
    (tmp_path / "roadmap" / os.fsdecode(b"\xff.yaml")).write_text("x: 1\n")
    (finding,) = load_project(FolderTree(tmp_path)).findings
    assert brief(finding) == ("RG002", "roadmap/\\xff.yaml", 1)


def test_paths_that_differ_by_case_are_findings(tmp_path: Path) -> None:
    """Elsewhere only one of the two would be there."""
    project = load(
        tmp_path,
        {"roadmap/A.yaml": INITIATIVE, "roadmap/a.yaml": METRIC, "roadmap/ä.yaml": POLICY},
    )
    (finding, _) = project.findings
    assert brief(finding) == ("RG016", "roadmap/a.yaml", 1)


def test_resources_outside_the_roots_are_findings(tmp_path: Path) -> None:
    """Nothing hides by being moved; what is not roadgate's is left alone."""
    project = load(
        tmp_path,
        {
            "roadmap/a.yaml": INITIATIVE,
            "drafts/b.yaml": "# later\n" + INITIATIVE,
            "drafts/broken.yml": "apiVersion: roadgate/v1\nx: [\n",
            "drafts/flow.yaml": "{kind: Team, 'apiVersion': 'roadgate/v9'}\n",
            "other/k8s.yaml": "apiVersion: apps/v1\nimage: registry/roadgate/v1\n",
            "other/text.yaml": "note: |\n  apiVersion: roadgate/v1\n",
            "node_modules/x.yaml": INITIATIVE,
            "roadgate.yml": CONFIG,
        },
    )
    assert [brief(each) for each in project.findings] == [
        ("RG014", "drafts/b.yaml", 2),
        ("RG014", "drafts/broken.yml", 1),
        ("RG014", "drafts/flow.yaml", 1),
        ("RG014", "roadgate.yml", 1),
    ]
    assert project.findings[-1].fix == "rename it to roadgate.yaml"
    assert project.files == 1


def test_policies_and_resources_have_folders_of_their_own(tmp_path: Path) -> None:
    """A policy under roadmap would judge nothing, so it is a finding, and so is the reverse."""
    project = load(tmp_path, {"roadmap/p.yaml": POLICY, "policies/a.yaml": INITIATIVE})
    assert [(brief(each), each.message) for each in project.findings] == [
        (("RG006", "roadmap/p.yaml", 2),
         "a policy lies outside the policies folder, where it would judge nothing"),
        (("RG006", "policies/a.yaml", 2),
         "a document of kind 'Initiative' lies in the policies folder"),
    ]  # fmt: skip


def test_roots_can_be_configured(tmp_path: Path) -> None:
    """The innermost root decides what a file is for."""
    project = load(
        tmp_path,
        {
            "roadgate.yaml": CONFIG
            + "spec: {paths: {roadmap: [./plan/], policies: [plan/rules], measurements: plan/m}}\n",
            "plan/a.yaml": INITIATIVE + "---\n" + METRIC,
            "plan/rules/p.yaml": POLICY,
            "plan/m/adoption.csv": "date,value\n",
        },
    )
    assert project.findings == ()
    assert [str(each.ref) for each in project.resources] == [
        "Initiative/faster-ci", "Metric/adoption", "Policy/house",
    ]  # fmt: skip
    assert project.measurements["adoption"].path == "plan/m/adoption.csv"


def test_the_whole_folder_can_be_a_root(tmp_path: Path) -> None:
    """With '.' every YAML file is a resource."""
    config = CONFIG + "spec: {paths: {roadmap: [.]}}\n"
    project = load(tmp_path, {"roadgate.yaml": config, "a.yaml": INITIATIVE, "b/c.yaml": "x: 1\n"})
    assert [each.message for each in project.findings] == ["'apiVersion' and 'kind' are missing"]
    assert project.files == 3


def test_a_configured_root_must_exist(tmp_path: Path) -> None:
    """A default may be absent; what is written must not be."""
    config = CONFIG + "spec:\n  paths:\n    roadmap: [roadmap, plan]\n    measurements: numbers\n"
    project = load(tmp_path, {"roadgate.yaml": config, "roadmap/a.yaml": INITIATIVE})
    assert [(each.id, each.message, each.field) for each in project.findings] == [
        ("RG030", "the folder 'numbers' does not exist, or is empty", "spec.paths.measurements"),
        ("RG030", "the folder 'plan' does not exist, or is empty", "spec.paths.roadmap"),
    ]


def test_ignored_files_and_nested_projects_are_left_out(tmp_path: Path) -> None:
    """A glob, or a roadgate.yaml of its own, takes files out of the project."""
    project = load(
        tmp_path,
        {
            "roadgate.yaml": CONFIG + "spec: {ignore: ['drafts/', 'roadmap/**/*.tmp.yaml']}\n",
            "roadmap/a.yaml": INITIATIVE,
            "roadmap/x/b.tmp.yaml": "broken: [",
            "drafts/c.yaml": INITIATIVE,
            "roadmap/inner/roadgate.yaml": "not: [read",
            "roadmap/inner/roadmap/d.yaml": "not: [read",
            "teams/inner/roadgate.yaml": CONFIG,
            "teams/inner/roadmap/e.yaml": INITIATIVE,
        },
    )
    assert project.findings == ()
    assert project.files == 2


def test_a_broken_configuration_is_replaced_by_the_default(tmp_path: Path) -> None:
    """The findings stand in roadgate.yaml, and the rest is checked all the same."""
    config = CONFIG + "spec:\n  calender: {timezone: UTC}\n  policies: {presets: [strickt]}\n"
    project = load(tmp_path, {"roadgate.yaml": config, "roadmap/a.yaml": INITIATIVE})
    assert [(brief(each), each.fix) for each in project.findings[1:]] == [
        (("RG009", "roadgate.yaml", 5),
         "did you mean 'strict'? write one of essential, recommended, strict, none"),
        (("RG007", "roadgate.yaml", 4), "did you mean 'calendar'?"),
    ]  # fmt: skip
    assert brief(project.findings[0]) == ("RG030", "roadgate.yaml", 1)
    assert project.config_broken
    assert project.config.spec.policies.presets == ("essential",)
    assert len(project.resources) == 1


def test_a_given_configuration_judges_and_the_own_one_is_still_checked(tmp_path: Path) -> None:
    """The base's configuration decides about the head's files."""
    given = Config.model_validate(
        {"apiVersion": "roadgate/v1", "kind": "Config", "spec": {"paths": {"roadmap": ["plan"]}}}
    )
    write(tmp_path, {"roadgate.yaml": "x: [\n", "plan/a.yaml": INITIATIVE})
    project = load_project(FolderTree(tmp_path), config=given)
    assert project.config is given
    assert [each.id for each in project.findings] == ["RG030", "RG001"]
    assert len(project.resources) == 1


def test_measurements_are_found_by_metric(tmp_path: Path) -> None:
    """A file of no metric, and one in a sub-folder, are warnings."""
    project = load(
        tmp_path,
        {
            "roadmap/m.yaml": METRIC,
            "measurements/adoption.csv": "date,value\n2026-01-01,x\n",
            "measurements/adoptoin.csv": "date,value\n",
            "measurements/old/adoption.csv": "date,value\n",
            "measurements/README.md": "x",
        },
    )
    assert [(brief(each), each.severity) for each in project.findings] == [
        (("RG021", "measurements/adoption.csv", 2), Severity.ERROR),
        (("RG024", "measurements/adoptoin.csv", 1), Severity.WARNING),
        (("RG024", "measurements/old/adoption.csv", 1), Severity.WARNING),
    ]
    assert sorted(project.measurements) == ["adoption", "adoptoin"]


def test_measurements_can_come_from_another_tree(tmp_path: Path) -> None:
    """Observations may live on a branch of their own; others then do not count."""
    root = repository(tmp_path, {"roadmap/m.yaml": METRIC, "measurements/adoption.csv": "stale"})
    git(root, "switch", "--quiet", "--orphan", "data")
    commit(root, {"measurements/adoption.csv": "date,value\n2026-01-01,50\n"})
    project = load_project(GitTree(root, "main"), measurements=GitTree(root, "data"))
    assert project.findings == ()
    assert len(project.measurements["adoption"].observations) == 1


def test_an_oversized_measurement_file_is_an_error_of_its_metric(tmp_path: Path) -> None:
    """The metric is known to have a file that cannot be used."""
    rows = "date,value\n" + "2026-01-01,1\n" * 90_000
    project = load(tmp_path, {"roadmap/m.yaml": METRIC, "measurements/adoption.csv": rows})
    assert [brief(each) for each in project.findings] == [("RG003", "measurements/adoption.csv", 1)]
    assert project.measurements["adoption"].problem is not None


def test_limits_can_be_lowered(tmp_path: Path) -> None:
    """A project over its own limit of documents says so once and names the rest unreadable."""
    config = CONFIG + "spec: {limits: {documents: 2, fileBytes: 5000000}}\n"
    two = document("Team", "a") + "---\n" + document("Team", "b")
    project = load(
        tmp_path,
        {"roadgate.yaml": config, "roadmap/a.yaml": two, "roadmap/b.yaml": document("Team", "c"),
         "roadmap/c.yaml": document("Team", "d"), "roadmap/d.yaml": document("Team", "e")},
    )  # fmt: skip
    assert [brief(each) for each in project.findings] == [
        ("RG091", "roadgate.yaml", 3),
        ("RG003", "roadmap/b.yaml", 1),
    ]
    assert project.unreadable == {"roadmap/b.yaml", "roadmap/c.yaml", "roadmap/d.yaml"}


def test_one_file_of_too_many_documents_does_not_hide_the_others(tmp_path: Path) -> None:
    """Its documents are left out as a whole, and the next file is read."""
    config = CONFIG + "spec: {limits: {documents: 2}}\n"
    project = load(
        tmp_path,
        {"roadgate.yaml": config, "roadmap/a.yaml": "---\n".join([INITIATIVE] * 3),
         "roadmap/b.yaml": INITIATIVE},
    )  # fmt: skip
    assert [brief(each) for each in project.findings] == [("RG003", "roadmap/a.yaml", 1)]
    assert [each.path for each in project.resources] == ["roadmap/b.yaml"]
    assert project.unreadable == {"roadmap/a.yaml"}


def test_a_name_at_fault_is_what_a_finding_points_to(tmp_path: Path) -> None:
    """A misspelt field whose value begins lines below, and a key that is no name: at the name."""
    text = (
        "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: a, title: A}\nspec:\n"
        "  problem: x\n  horizon: later\n  milestnes:\n\n    # why\n    - id: a\n"
        "---\napiVersion: roadgate/v1\nkind: Evidence\nmetadata: {name: e, title: E}\n"
        "spec: {method: interview, date: 2026-01-20, participants: {A B: 3}}\n"
    )
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap/a.yaml").write_text(text, encoding="utf-8")
    found = load_project(FolderTree(tmp_path))
    places = {
        (each.id, at.line, at.column, at.end_column)
        for each in found.findings
        if (at := each.location) is not None
    }
    assert places == {("RG007", 7, 3, 12), ("RG009", 15, 60, 63)}
