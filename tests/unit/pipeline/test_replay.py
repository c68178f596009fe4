"""Writing a history: real commits on their days, and measurements as they were known."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from roadgate.model.errors import EnvironmentProblem
from roadgate.pipeline.replay import Replay, clean_environment, rows_until

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 2, 2)
ROWS = b"date,value,note\n2026-01-15,18,baseline\n2026-01-22,17.9,\n2026-02-05,17,\n"


def log(folder: Path, *arguments: str) -> list[str]:
    """What git log prints, line by line."""
    done = subprocess.run(
        ["git", "-C", str(folder), "log", *arguments], capture_output=True, check=True, text=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        (date(2026, 1, 14), 0),
        (date(2026, 1, 15), 2),
        (date(2026, 1, 21), 2),
        (date(2026, 1, 22), 3),
        (date(2026, 3, 1), 4),
    ],
)
def test_measurements_are_cut_to_the_day(day: date, rows: int) -> None:
    """Rows up to the day stay as they are; a file without any is left out."""
    assert rows_until(ROWS, day) == b"".join(ROWS.splitlines(keepends=True)[:rows])


def test_a_row_that_cannot_be_read_stays() -> None:
    """A broken row is not hidden from the check."""
    broken = b"date,value\nyesterday,3\n2026-09-01,4\n"
    assert rows_until(broken, DAY) == b"date,value\nyesterday,3\n"


def test_an_empty_file_stays_out() -> None:
    """There is nothing to cut in a file without a line."""
    assert rows_until(b"", DAY) == b""


def test_a_commit_carries_the_day_as_author_and_committer(tmp_path: Path) -> None:
    """Both dates of a commit are the day of the story."""
    replay = Replay.start(tmp_path / "repository")
    replay.write("roadmap/a.yaml", b"a: 1\n")
    assert replay.commit("Say a", DAY)
    told = log(replay.folder, "--format=%ae %aI %ce %cI %s")
    day = "2026-02-02T09:00:00+00:00"
    assert told == [f"platform@example.com {day} platform@example.com {day} Say a"]


def test_nothing_new_is_no_commit(tmp_path: Path) -> None:
    """The same content again leaves the history as it is."""
    replay = Replay.start(tmp_path)
    replay.write("a", b"1")
    replay.commit("first", DAY)
    replay.write("a", b"1")
    assert not replay.commit("second", DAY)
    assert len(log(tmp_path)) == len(log(tmp_path, "-1"))


def test_a_merge_is_one_commit_of_the_first_parent_history(tmp_path: Path) -> None:
    """A merged branch shows as one commit; a branch that stays open changes nothing."""
    replay = Replay.start(tmp_path)
    replay.write("a", b"1")
    replay.commit("start", DAY)
    for name in ("open", "merged"):
        replay.branch(name)
        replay.write(name, b"2")
        replay.commit(f"propose {name}", DAY)
        replay.back_to_main()
    replay.merge("merged", "Merge pull request 2", DAY)
    assert log(tmp_path, "--first-parent", "--format=%s") == ["Merge pull request 2", "start"]
    assert (tmp_path / "merged").exists()
    assert not (tmp_path / "open").exists()
    assert replay.commit_of("main") == log(tmp_path, "-1", "--format=%H")[0]


def test_what_git_refuses_is_told(tmp_path: Path) -> None:
    """An unknown revision ends in one sentence with git's own words."""
    replay = Replay.start(tmp_path)
    with pytest.raises(EnvironmentProblem, match="git rev-parse failed: "):
        replay.commit_of("nowhere")


def test_without_git_the_demo_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing git program is an error with its way out."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="no git program"):
        Replay.start(tmp_path / "repository")


def test_the_surroundings_do_not_reach_the_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables of git and of GitHub Actions are left out, others stay."""
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("GITHUB_REPOSITORY", "example/other")
    monkeypatch.setenv("LANG_OF_TEST", "en")
    environment = clean_environment()
    assert "GIT_DIR" not in environment
    assert "GITHUB_REPOSITORY" not in environment
    assert environment["LANG_OF_TEST"] == "en"
