"""The doorway to git."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from roadgate.load.git import Git, zone
from roadgate.load.git_log import RawCommit
from roadgate.load.git_tree import GitTree
from roadgate.model.errors import EnvironmentProblem, UsageError
from unit.load.repositories import commit, git, repository, write

if TYPE_CHECKING:
    from pathlib import Path


def test_finds_the_repository_around_a_folder(tmp_path: Path) -> None:
    """A folder in a repository knows its top and its own place below it."""
    root = repository(tmp_path / "repo", {"sub/a b/x.yaml": "a"})
    found = Git.around(root / "sub" / "a b")
    assert found is not None
    assert (found.toplevel(), found.prefix()) == (root, "sub/a b/")
    assert Git(root).prefix() == ""


def test_a_folder_outside_git_has_no_repository(tmp_path: Path) -> None:
    """Without git there is nothing to read from, and that is no error."""
    assert Git.around(tmp_path) is None


def test_a_missing_git_is_a_problem_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the program the message says to install it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="git is not installed"):
        Git.around(tmp_path)


def test_resolves_revisions(tmp_path: Path) -> None:
    """Branches, tags and relative names mean a commit."""
    root = repository(tmp_path)
    first = commit(root, {"a": "1"})
    second = commit(root, {"a": "2"})
    git(root, "tag", "--annotate", "v1", "--message=x", first)
    here = Git(root)
    assert here.resolve("HEAD~1") == here.resolve("v1") == here.resolve(first[:8]) == first
    assert here.resolve("main") == here.head() == second


@pytest.mark.parametrize("name", ["nowhere", "--help", "-x", "main:a", "HEAD^{tree}", "a b"])
def test_an_unknown_revision_says_what_to_do(tmp_path: Path, name: str) -> None:
    """A name that means no commit is refused, and never read as an option."""
    root = repository(tmp_path, {"a": "1"})
    with pytest.raises(EnvironmentProblem, match="no commit") as caught:
        Git(root).resolve(name)
    assert "fetch" in caught.value.hint


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "a\nb"])
def test_a_text_that_can_be_no_revision_is_a_usage_error(tmp_path: Path, name: str) -> None:
    """An empty name is a mistake of the command line."""
    with pytest.raises(UsageError):
        Git(repository(tmp_path)).resolve(name)


def test_knows_the_state_of_the_clone(tmp_path: Path) -> None:
    """A repository without commits has no head; a shallow clone is told apart."""
    root = repository(tmp_path / "full")
    assert Git(root).head() is None
    commit(root, {"a": "1"})
    commit(root, {"a": "2"})
    assert not Git(root).is_shallow()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    assert Git(tmp_path / "shallow").is_shallow()


def test_finds_common_ancestors(tmp_path: Path) -> None:
    """Branches meet where they parted; unrelated histories nowhere."""
    root = repository(tmp_path)
    start = commit(root, {"a": "1"})
    git(root, "switch", "--quiet", "--create", "topic")
    commit(root, {"b": "1"})
    git(root, "switch", "--quiet", "main")
    commit(root, {"c": "1"})
    git(root, "switch", "--quiet", "--orphan", "other")
    commit(root, {"d": "1"})
    assert Git(root).merge_base("main", "topic") == start
    assert Git(root).merge_base("main", "other") is None


def test_reads_blobs_by_name(tmp_path: Path) -> None:
    """Many objects are read in one go, in their bytes."""
    files = {f"f{n}": f"text {n}\0\r\n" * n for n in range(700)}
    root = repository(tmp_path, files)
    listing = {path: name for _, name, _, path in Git(root).listing("HEAD")}
    blobs = Git(root).blobs(listing.values())
    assert {path: blobs[name].decode() for path, name in listing.items()} == files


def test_a_missing_object_is_a_problem_of_the_environment(tmp_path: Path) -> None:
    """What a partial repository lacks is said, with what to fetch."""
    root = repository(tmp_path, {"a": "1"})
    with pytest.raises(EnvironmentProblem, match="missing from the repository"):
        Git(root).blobs(["1" * 40])


def test_a_damaged_object_is_listed_and_cannot_be_read(tmp_path: Path) -> None:
    """A broken store is no fault of ours, and what nobody reads disturbs nobody."""
    root = repository(tmp_path, {"a": "1", "b": "2"})
    blob = git(root, "rev-parse", "HEAD:a")
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert [row[3] for row in Git(root).listing("HEAD")] == ["a", "b"]
    tree = GitTree(root, "HEAD")
    assert tree.read("b") == b"2"
    with pytest.raises(EnvironmentProblem, match="missing from the repository"):
        tree.read("a")


def test_follows_the_first_parents_oldest_first(tmp_path: Path) -> None:
    """A merge counts as one change of its first parent, on the committer's day."""
    root = repository(tmp_path)
    one = commit(root, {"roadmap/a.yaml": "1", "README": "x"}, "2026-01-01T12:00:00Z")
    git(root, "switch", "--quiet", "--create", "topic")
    commit(root, {"roadmap/b.yaml": "1"}, "2026-01-02T12:00:00Z")
    commit(root, {"roadmap/b.yaml": "2"}, "2026-01-03T12:00:00Z")
    git(root, "switch", "--quiet", "main")
    commit(root, {"README": "y"}, "2026-01-04T12:00:00Z")
    git(
        root, "merge", "--quiet", "--no-ff", "--message=merge", "topic", date="2026-01-05T23:30:00Z"
    )
    merge = git(root, "rev-parse", "HEAD")
    (root / "roadmap/a.yaml").unlink()
    three = commit(root, {}, "2026-01-06T12:00:00Z")
    blob = {text: git(root, "rev-parse", f"{text}:roadmap/{name}.yaml")
            for text, name in ((one, "a"), (merge, "b"))}  # fmt: skip
    assert Git(root).first_parent("main", ["roadmap"], "Europe/Berlin") == [
        RawCommit(one, date(2026, 1, 1), {"roadmap/a.yaml": blob[one]}),
        RawCommit(merge, date(2026, 1, 6), {"roadmap/b.yaml": blob[merge]}),
        RawCommit(three, date(2026, 1, 6), {"roadmap/a.yaml": None}),
    ]


def test_history_is_relative_to_the_project(tmp_path: Path) -> None:
    """A project in a sub-folder sees its own paths only; names with spaces and letters survive."""
    root = repository(tmp_path, {"teams/é 1/roadmap/ä b.yaml": "1", "roadmap/c.yaml": "1"})
    prefix = "teams/é 1/"
    (found,) = Git(root).first_parent("HEAD", ["roadmap", "*"], "UTC", prefix)
    assert list(found.changed) == ["roadmap/ä b.yaml"]
    (whole,) = Git(root).first_parent("HEAD", ["."], "UTC", prefix)
    assert list(whole.changed) == ["roadmap/ä b.yaml"]


def test_what_is_no_regular_file_any_more_is_gone(tmp_path: Path) -> None:
    """A file that became a symbolic link has no content that counts."""
    root = repository(tmp_path, {"roadmap/a.yaml": "1"})
    (root / "roadmap/a.yaml").unlink()
    (root / "roadmap/a.yaml").symlink_to("b.yaml")
    commit(root, {})
    assert Git(root).first_parent("HEAD", ["roadmap"], "UTC")[1].changed == {"roadmap/a.yaml": None}


def test_no_setting_of_the_repository_changes_the_reading(tmp_path: Path) -> None:
    """Renames, external diffs, replaced objects and hooks of the repository play no part."""
    root = repository(tmp_path, {"roadmap/a.yaml": "one\ntwo\nthree\n"})
    git(root, "mv", "roadmap/a.yaml", "roadmap/b.yaml")
    commit(root, {})
    original = git(root, "rev-parse", "HEAD:roadmap/b.yaml")
    forged = write(tmp_path / "elsewhere", {"forged": "forged"}) / "forged"
    git(root, "replace", original, git(root, "hash-object", "-w", str(forged)))
    for key, value in (
        ("diff.renames", "copies"),
        ("diff.external", "false"),
        ("log.showSignature", "true"),
        ("diff.orderFile", "nowhere"),
        ("core.fsmonitor", "false; touch touched"),
        ("core.quotePath", "true"),
    ):
        git(root, "config", key, value)
    here = Git(root)
    changed = here.first_parent("HEAD", ["roadmap"], "UTC")[1].changed
    assert sorted(changed) == ["roadmap/a.yaml", "roadmap/b.yaml"]
    blob = changed["roadmap/b.yaml"]
    assert blob is not None
    assert here.blobs([blob])[blob] == b"one\ntwo\nthree\n"


def test_the_callers_environment_does_not_choose_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables that a hook sets for its own repository do not lead elsewhere."""
    other = repository(tmp_path / "other", {"a": "1"})
    root = repository(tmp_path / "here", {"b": "1"})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert [path for *_, path in Git(root).listing("HEAD")] == ["b"]
    assert len(Git(root).first_parent("HEAD", [""], "UTC")) == 1


def test_works_in_bare_repositories_and_linked_work_trees(tmp_path: Path) -> None:
    """History and objects are read wherever git keeps them."""
    root = repository(tmp_path / "full", {"roadmap/a.yaml": "1"})
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "bare.git")
    git(root, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    for place in (tmp_path / "bare.git", tmp_path / "linked"):
        assert [path for *_, path in Git(place).listing("HEAD")] == ["roadmap/a.yaml"]
        assert len(Git(place).first_parent("HEAD", ["roadmap"], "UTC")) == 1
    assert Git(tmp_path / "bare.git").toplevel() is None


def test_a_time_zone_that_does_not_exist_is_a_usage_error() -> None:
    """The message names it."""
    with pytest.raises(UsageError, match="no time zone 'Europe/Berlyn'"):
        zone("Europe/Berlyn")
