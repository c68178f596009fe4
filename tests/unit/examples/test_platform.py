"""The example of a platform team, and the data from which its history is replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.model.bundled import bundled
from roadgate.pipeline.replay import rows_until
from roadgate.pipeline.story import Step, read_story

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = bundled("examples") / "platform"
HISTORY = bundled("examples") / "platform-history"
STEPS = read_story(HISTORY).steps


def files_of(folder: Path) -> set[str]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def written(steps: tuple[Step, ...]) -> dict[str, bytes]:
    """What the history leaves of every file, when each proposal is merged that is not undone."""
    files: dict[str, bytes] = {}
    for step in steps:
        files |= {name: (EXAMPLE / name).read_bytes() for name in step.files}
        if step.earlier:
            folder = HISTORY / step.earlier
            files |= {name: (folder / name).read_bytes() for name in files_of(folder)}
    return files


def test_the_history_ends_in_the_example() -> None:
    """Every file of the example is committed at some day, and last as it stands there."""
    final = written(STEPS)
    measured = {name for name in files_of(EXAMPLE) if name.startswith("measurements/")}
    assert set(final) == files_of(EXAMPLE) - measured
    assert final == {name: (EXAMPLE / name).read_bytes() for name in final}


def test_the_last_day_knows_every_measurement() -> None:
    """No row is dated after the last step."""
    for path in sorted((EXAMPLE / "measurements").glob("*.csv")):
        assert rows_until(path.read_bytes(), STEPS[-1].date) == path.read_bytes(), path.name


def test_days_go_forward() -> None:
    """Commits are in the order of their dates."""
    days = [step.date for step in STEPS]
    assert days == sorted(set(days))


def test_no_earlier_state_is_left_over() -> None:
    """Each folder of earlier files belongs to a step."""
    folders = {path.name for path in HISTORY.iterdir() if path.is_dir()}
    assert folders == {step.earlier for step in STEPS if step.earlier}


def test_earlier_files_are_plans_only() -> None:
    """Evidence, decisions and measurements come from the example itself, never from elsewhere."""
    plans = ("roadmap/initiatives/", "roadmap/launches/", "roadmap/services.yaml")
    for name in files_of(HISTORY) - {"history.yaml"}:
        assert name.split("/", 1)[1].startswith(plans), name


@pytest.mark.parametrize("word", ["refuse", "merged", "passes", "RG1", "RG5", "error"])
def test_the_history_does_not_know_the_answers(word: str) -> None:
    """What people do is told; what roadgate answers is left to roadgate."""
    assert not [step.title for step in STEPS if word in f"{step.title} {step.say}"]
