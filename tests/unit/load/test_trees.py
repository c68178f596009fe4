"""Trees: a folder, and a commit."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from roadgate.load import git_tree, trees
from roadgate.load.git_tree import GitTree
from roadgate.load.trees import FolderTree
from roadgate.model.errors import UsageError
from roadgate.model.tree import Entry
from unit.load.repositories import commit, git, repository, write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "roadmap/a.yaml": "a",
    'roadmap/deep/ü 日本 "q".yaml': "b",
    "roadmap/.hidden/c.YML": "c",
    "roadmap.yaml": "d",
    "policies/p.yaml": "e",
    "z.txt": "f" * 5000,
}


def test_both_kinds_of_tree_list_and_read_alike(tmp_path: Path) -> None:
    """Paths come sorted, with their sizes, whatever letters they have."""
    root = repository(tmp_path, FILES)
    folder, commit_ = FolderTree(root), GitTree(root, "HEAD")
    expected = [(path, "file", len(text)) for path, text in sorted(FILES.items())]
    for tree in (folder, commit_):
        assert [(each.path, each.kind, each.size) for each in tree.entries([""])] == expected
        assert {path: tree.read(path).decode() for path in FILES} == FILES
        assert [each.path for each in tree.entries(["policies", "roadmap", "none"])] == [
            "policies/p.yaml",
            "roadmap/.hidden/c.YML",
            "roadmap/a.yaml",
            'roadmap/deep/ü 日本 "q".yaml',
        ]
        assert [each.path for each in tree.entries(["z.txt"])] == ["z.txt"]
        with pytest.raises(FileNotFoundError):
            tree.read("roadmap/none.yaml")
    assert (folder.revision, commit_.revision) == (None, git(root, "rev-parse", "HEAD"))


def test_a_commit_below_a_prefix_is_a_tree_of_its_own(tmp_path: Path) -> None:
    """A project in a sub-folder has paths relative to itself; elsewhere it is empty."""
    root = repository(tmp_path, {"a b/roadmap/x.yaml": "x", "a bc/roadmap/y.yaml": "y"})
    with GitTree(root, "HEAD", "a b/") as tree:
        assert [each.path for each in tree.entries([""])] == ["roadmap/x.yaml"]
        assert tree.read("roadmap/x.yaml") == b"x"
    with GitTree(root, "HEAD", "nowhere/") as tree:
        assert list(tree.entries([""])) == []


def test_links_and_submodules_are_listed_and_never_followed(tmp_path: Path) -> None:
    """What is no file is an entry of its own kind, in both trees."""
    inner = repository(tmp_path / "inner", {"x.yaml": "x"})
    root = repository(tmp_path / "outer", {"roadmap/a.yaml": "a", "secret.yaml": "s"})
    (root / "roadmap/link.yaml").symlink_to("../secret.yaml")
    (root / "roadmap/folder").symlink_to("..")
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner),
        "roadmap/sub")  # fmt: skip
    commit(root, {})
    for tree in (FolderTree(root), GitTree(root, "HEAD")):
        assert [(each.path, each.kind) for each in tree.entries(["roadmap"])] == [
            ("roadmap/a.yaml", "file"),
            ("roadmap/folder", "symlink"),
            ("roadmap/link.yaml", "symlink"),
            ("roadmap/sub", "gitlink"),
        ]
        with pytest.raises(OSError):  # noqa: PT011 - which one depends on the tree
            tree.read("roadmap/link.yaml")


def test_a_root_that_is_a_link_is_shown_as_one(tmp_path: Path) -> None:
    """A linked root, or a link on the way to it, is not entered."""
    write(tmp_path, {"elsewhere/deep/a.yaml": "a"})
    (tmp_path / "roadmap").symlink_to("elsewhere")
    tree = FolderTree(tmp_path)
    assert list(tree.entries(["roadmap"])) == [Entry("roadmap", "symlink", 0, target="elsewhere")]
    assert list(tree.entries(["roadmap/deep"])) == [
        Entry("roadmap", "symlink", 0, target="elsewhere")
    ]


def test_a_root_that_is_a_repository_of_its_own_is_not_entered(tmp_path: Path) -> None:
    """A submodule in the place of a root is shown as one."""
    root = repository(tmp_path, {"a.yaml": "a"})
    repository(root / "roadmap", {"b.yaml": "b"})
    assert list(FolderTree(root).entries(["roadmap"])) == [Entry("roadmap", "gitlink", 0)]


@pytest.mark.parametrize("root", ["..", "../x", "/etc", "a/../.."])
def test_no_root_leaves_the_folder(tmp_path: Path, root: str) -> None:
    """A path that leaves the project leads to nothing."""
    write(tmp_path, {"x/a.yaml": "a", "project/b.yaml": "b"})
    assert list(FolderTree(tmp_path / "project").entries([root])) == []


def test_special_files_are_never_opened(tmp_path: Path) -> None:
    """A pipe is listed, and reading it fails instead of waiting."""
    write(tmp_path, {"roadmap/a.yaml": "a"})
    os.mkfifo(tmp_path / "roadmap/pipe.yaml")
    tree = FolderTree(tmp_path)
    kinds = {each.path: each.kind for each in tree.entries(["roadmap"])}
    assert kinds["roadmap/pipe.yaml"] == "special"
    with pytest.raises(OSError, match="not a regular file"):
        tree.read("roadmap/pipe.yaml")


def test_everything_leaves_out_what_git_ignores(tmp_path: Path) -> None:
    """Ignored files are no part of everything, but of a folder that is named."""
    root = repository(tmp_path, {".gitignore": "build/\nroadmap/draft.yaml\n", "a.yaml": "a"})
    write(root, {"build/b.yaml": "b", "roadmap/draft.yaml": "c", "node_modules/d.yaml": "d"})
    tree = FolderTree(root)
    assert [each.path for each in tree.entries([""])] == [".gitignore", "a.yaml"]
    assert [each.path for each in tree.entries(["", "roadmap"])] == [
        ".gitignore",
        "a.yaml",
        "roadmap/draft.yaml",
    ]


def test_a_commit_is_read_without_filters(tmp_path: Path) -> None:
    """Neither line-end conversion nor a clean filter touches what is read."""
    root = repository(tmp_path, {".gitattributes": "* text eol=crlf\n", "a.yaml": "a\nb\n"})
    assert GitTree(root, "HEAD").read("a.yaml") == b"a\nb\n"


def test_reading_goes_on_after_close(tmp_path: Path) -> None:
    """Closing ends the process; the tree stays usable."""
    tree = GitTree(repository(tmp_path, FILES), "HEAD")
    assert tree.read("z.txt") == b"f" * 5000
    tree.close()
    assert tree.read("roadmap/a.yaml") == b"a"
    tree.close()


def test_large_and_many_files_are_read_in_any_order(tmp_path: Path) -> None:
    """Reading ahead never changes what is read."""
    files = {f"roadmap/{n:03}.yaml": f"{n}," * (n * n) for n in range(300)}
    tree = GitTree(repository(tmp_path, files), "HEAD")
    list(tree.entries(["roadmap"]))
    order = sorted(files, key=lambda path: path[::-1])
    assert {path: tree.read(path).decode() for path in (*order, *order)} == files
    tree.close()


def test_a_whole_disk_is_no_roadmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that holds everything is refused at once, unless git says what counts there."""
    monkeypatch.setattr(trees, "_MAX_WITHOUT_GIT", 3)
    write(tmp_path, FILES)
    with pytest.raises(UsageError, match="holds more than 3 files"):
        list(FolderTree(tmp_path).entries([""]))
    assert len(list(FolderTree(tmp_path).entries(["roadmap", "policies"]))) == 4
    repository(tmp_path)
    assert len(list(FolderTree(tmp_path).entries([""]))) == len(FILES)


def test_a_file_that_goes_while_it_is_listed_is_left_out(tmp_path: Path) -> None:
    """Another run writes beside the files and renames: its passing files are no trouble."""
    write(tmp_path, {f"roadmap/{number}.yaml": "a" for number in range(200)})
    passing, over = tmp_path / "roadmap/.a.yaml.1.tmp", threading.Event()

    def other_run() -> None:
        while not over.is_set():
            passing.write_bytes(b"a")
            passing.unlink()

    writer = threading.Thread(target=other_run)
    writer.start()
    try:
        for _ in range(400):
            listed = list(FolderTree(tmp_path).entries(["roadmap"]))
            assert len(listed) in (200, 201)
    finally:
        over.set()
        writer.join()


@pytest.mark.parametrize("prefix", ["", "roadmap/", "a b/"])
@pytest.mark.parametrize("few", [0, 256])
def test_a_commit_near_another_is_listed_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str, few: int
) -> None:
    """Whatever came, went, or became something else; and whether few files differ or many."""
    monkeypatch.setattr(git_tree, "_FEW", few)
    root = repository(
        tmp_path, {**FILES, "a b/c.yaml": "g", "a b/d/e.yaml": "h", "a b/d-.yaml": "i"}
    )
    first = git(root, "rev-parse", "HEAD")
    (root / "roadmap/a.yaml").unlink()
    (root / "roadmap/a.yaml").mkdir()
    (root / "z.txt").unlink()
    (root / "z.txt").symlink_to("roadmap.yaml")
    (root / "a b/d/e.yaml").unlink()
    (root / "a b/d").rmdir()
    second = commit(root, {"roadmap/a.yaml/b.yaml": "j", "a b/d": "k", "roadmap.yaml": "longer"})

    for one, other in ((first, second), (second, first), (first, first)):
        near = GitTree(root, other, prefix, None, GitTree(root, one, prefix))
        alone = GitTree(root, other, prefix)

        assert [*near.entries([""])] == [*alone.entries([""])]
        assert [*near.entries(["d", "roadmap"])] == [*alone.entries(["d", "roadmap"])]
