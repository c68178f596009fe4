"""Following promises: what stands on disk is not asked of git again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from roadgate.model.errors import EnvironmentProblem
from roadgate.model.seal import SealState
from roadgate.pipeline.promises import sealed
from roadgate.pipeline.reading import read
from roadgate.pipeline.workspace import find
from unit.load.repositories import commit, document, git

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.seal import Seal

PATH = "roadmap/日本 ci.yaml"
DAY = date(2026, 6, 1)


def initiative(target: str) -> str:
    """A committed initiative that promises something."""
    criterion = f"{{id: a, metric: m, target: '{target}', by: 2026-12-31}}"
    return document("Initiative", "ci", f"{{horizon: now, successCriteria: [{criterion}]}}")


@pytest.fixture(params=["sha1", "sha256"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A promise that was loosened, and is on disk as it was committed last."""
    git(tmp_path, "init", "--quiet", f"--object-format={request.param}", ".")
    commit(tmp_path, {PATH: initiative(">= 80")})
    commit(tmp_path, {PATH: initiative(">= 60")}, date="2026-02-01T12:00:00Z")
    return tmp_path


def seals(root: Path) -> dict[str, Seal]:
    """The seals of what is on disk."""
    workspace = find(root)
    return sealed(workspace, read(workspace, None), DAY)


def lose(root: Path, revision: str) -> None:
    """Take an object out of the repository."""
    name = git(root, "rev-parse", f"{revision}:{PATH}")
    (root / ".git/objects" / name[:2] / name[2:]).unlink()


def test_git_is_not_asked_for_what_is_on_disk(root: Path) -> None:
    """A file is known by its content to be what was committed; seals are the same without git."""
    before = seals(root)
    assert before["ci"].state is SealState.UNSANCTIONED
    lose(root, "HEAD")
    assert seals(root) == before


def test_what_is_nowhere_else_is_asked_of_git(root: Path) -> None:
    """An older text that git does not have is told, never passed over."""
    lose(root, "HEAD~1")
    with pytest.raises(EnvironmentProblem, match="missing from the repository"):
        seals(root)


def test_what_was_edited_on_disk_is_not_taken_for_the_commit(root: Path) -> None:
    """Then the committed text is asked of git."""
    (root / PATH).write_text(initiative(">= 40"), encoding="utf-8")
    seals(root)
    lose(root, "HEAD")
    with pytest.raises(EnvironmentProblem, match="missing from the repository"):
        seals(root)
