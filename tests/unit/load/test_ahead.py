"""A copy of the process that reads ahead changes nothing but the time that it takes."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from roadgate.load import ahead, files
from roadgate.load.git_tree import GitTree
from roadgate.load.limits import DEFAULT, Limits
from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from unit.load.repositories import INITIATIVE, commit, document, repository, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadgate.model.project import Project
    from roadgate.model.tree import Tree

WORTHWHILE = ahead._WORTHWHILE  # noqa: SLF001 - as it is when nobody lowers it
TEAM = document("Team", "core")
FILES: dict[str, str | bytes] = {
    "roadgate.yaml": "apiVersion: roadgate/v1\nkind: Config\nspec: {ignore: [roadmap/left/**]}\n",
    "roadmap/a.yaml": INITIATIVE,
    "roadmap/again.yaml": INITIATIVE,
    "roadmap/bidi.yaml": TEAM.replace("A title", '"A \u202etitle"'),
    "roadmap/bom.yaml": b"\xef\xbb\xbf" + document("Team", "bom").encode(),
    "roadmap/broken.yaml": "a: [\n",
    "roadmap/crlf.yaml": document("Team", "crlf").replace("\n", "\r\n"),
    "roadmap/empty.yaml": "",
    "roadmap/comment.yaml": "# nothing yet\n",
    "roadmap/huge.yaml": "x: " + "y" * (1 << 20),
    "roadmap/latin.yaml": b"title: caf\xe9\n",
    "roadmap/lfs.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    "roadmap/left/out.yaml": "a: [\n",
    "roadmap/list.yaml": "- a\n- b\n",
    "roadmap/many.yaml": f"{document('Team', 'one')}---\n{document('Team', 'two')}",
    "roadmap/metric.yaml": document("Metric", "adoption", "{direction: higher, cadence: weekly}"),
    "roadmap/odd.yaml": document("Goal", "odd", "{outcome: x, metrics: [1.50], 0x1F: &a [*a]}"),
    "roadmap/typo.yaml": document("Goal", "typo", "{outcom: x}"),
    "roadmap/nested/roadgate.yaml": "apiVersion: roadgate/v1\nkind: Config\n",
    "roadmap/nested/b.yaml": "a: [\n",
    "roadmap/深い/日本語 の.yaml": document("Team", "japan", title="待ち時間"),
    "policies/p.yaml": document("Policy", "house", "{id: ACME001}"),
    "measurements/adoption.csv": "date,value\n2026-01-01,50\n",
    "measurements/nobody.csv": "date,value\nx,50\n",
    "outside.yaml": TEAM,
    **{f"roadmap/teams/{each}.yaml": document("Team", f"team-{each}") for each in range(200)},
}


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The copies of this process that a test makes, with few files already."""
    made: list[int] = []
    fork = os.fork

    def counted() -> int:
        made.append(fork())
        return made[-1]

    monkeypatch.setattr(os, "fork", counted)
    monkeypatch.setattr(ahead, "_WORTHWHILE", 20)
    return made


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Project]:
    """Loads as a new process does, with nothing known yet."""

    def load(tree: Tree, cores: int = 2) -> Project:
        monkeypatch.setattr(files, "_known", {})
        monkeypatch.setattr(files, "_paths", set())
        monkeypatch.setattr(os, "cpu_count", lambda: cores)
        return load_project(tree)

    return load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with everything that a file can be, and a file in it that nobody tracks."""
    root = repository(tmp_path, FILES)
    (root / "roadmap/link.yaml").symlink_to("a.yaml")
    commit(root, {})
    return root


def test_a_folder_is_the_same_project(
    folder: Path, forks: list[int], load: Callable[..., Project]
) -> None:
    """Resources, findings and their order are those of one process."""
    (folder / "roadmap" / os.fsdecode(b"\xff.yaml")).write_bytes(b"")
    serial = load(FolderTree(folder), cores=1)
    assert not forks
    parallel = load(FolderTree(folder))
    assert len(forks) == 1
    assert parallel == serial
    assert repr(parallel.findings) == repr(serial.findings)
    assert {each.id for each in serial.findings} >= {"RG001", "RG002", "RG003", "RG011", "RG015"}


def test_a_commit_is_the_same_project(
    folder: Path, forks: list[int], load: Callable[..., Project]
) -> None:
    """The copy asks a git process of its own, and what it read is known here."""
    known: dict[str, bytes] = {}
    serial = load(GitTree(folder, "HEAD"), cores=1)
    with GitTree(folder, "HEAD", "", known) as tree:
        parallel = load(tree)
        assert tree.read("roadmap/broken.yaml") == b"a: [\n"
    assert len(forks) == 1
    assert parallel == serial
    assert len(known) >= len(serial.documents)


def test_what_is_known_is_not_read_again(
    folder: Path, forks: list[int], load: Callable[..., Project]
) -> None:
    """A second tree of the same files has most of them in common with the first."""
    first = load(GitTree(folder, "HEAD"))
    assert load_project(FolderTree(folder)).documents == first.documents
    assert len(forks) == 1


def test_few_files_are_read_by_one_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch, forks: list[int], load: Callable[..., Project]
) -> None:
    """A copy of the process is not worth its while."""
    monkeypatch.undo()
    load(FolderTree(folder))
    assert not forks


def test_thousands_of_files_are_read_by_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forks: list[int], load: Callable[..., Project]
) -> None:
    """Without any setting, and whatever one file in a hundred is."""
    monkeypatch.setattr(ahead, "_WORTHWHILE", WORTHWHILE)
    teams = {f"roadmap/t{each}.yaml": document("Team", f"t{each}") for each in range(1_200)}
    broken = {f"roadmap/t{each}.yaml": "a: [\n" for each in range(0, 1_200, 100)}
    root = write(tmp_path, {**teams, **broken})
    serial = load(FolderTree(root), cores=1)
    assert load(FolderTree(root)) == serial
    assert len(forks) == 1
    assert len(serial.findings) == len(broken)


class Deadly(FolderTree):
    """A folder in which the copy of a process is killed when it reads some file."""

    def __init__(self, root: Path, path: str) -> None:
        super().__init__(root)
        self._path, self._home = path, os.getpid()

    def read(self, path: str) -> bytes:
        """The file's bytes."""
        if path == self._path and os.getpid() != self._home:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(path)


@pytest.mark.parametrize("path", ["roadmap/a.yaml", "roadmap/teams/150.yaml", "policies/p.yaml"])
def test_a_killed_copy_changes_nothing(
    folder: Path, forks: list[int], load: Callable[..., Project], path: str
) -> None:
    """What the copy did not hand over is read here, and nobody is left behind."""
    serial = load(FolderTree(folder), cores=1)
    assert load(Deadly(folder, path)) == serial
    assert len(forks) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_limit_of_documents_ends_both(
    folder: Path, forks: list[int], load: Callable[..., Project]
) -> None:
    """When enough has been read here, the copy is not waited for to its end."""
    write(folder, {"roadgate.yaml": "apiVersion: roadgate/v1\nkind: Config\n"
                                    "spec: {limits: {documents: 3}}\n"})  # fmt: skip
    serial = load(FolderTree(folder), cores=1)
    assert load(FolderTree(folder)) == serial
    assert len(serial.documents) == 3
    assert len(forks) == 1


def test_files_are_handed_over_as_they_are(folder: Path, forks: list[int]) -> None:
    """The bytes of each, and the data of those that leave no doubt; nothing twice."""
    tree = FolderTree(folder)
    entries = [each for each in tree.entries(["roadmap"]) if each.kind == "file"]
    with ahead.reading_ahead(tree, entries, DEFAULT) as take:
        assert take("roadmap/none.yaml") is None
        assert take("roadmap/bom.yaml") == (
            FILES["roadmap/bom.yaml"],
            {"apiVersion": "roadgate/v1", "kind": "Team", "spec": {}}
            | {"metadata": {"name": "bom", "title": "A title"}},
        )
        assert take("roadmap/bom.yaml") is None
        assert take("roadmap/broken.yaml") == (b"a: [\n", None)
        assert take("roadmap/huge.yaml") is None
        assert take("roadmap/latin.yaml") == (FILES["roadmap/latin.yaml"], None)
    assert len(forks) == 1


def test_limits_hold_in_the_copy_too(folder: Path, forks: list[int]) -> None:
    """What nests deeper than the project allows is left to the careful reader."""
    tree = FolderTree(folder)
    entries = list(tree.entries(["roadmap/teams"]))
    with ahead.reading_ahead(tree, entries, Limits(nesting=1)) as take:
        found = take("roadmap/teams/0.yaml")
    assert found is not None
    assert found[1] is None
    assert forks
