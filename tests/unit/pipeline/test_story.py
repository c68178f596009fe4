"""Reading the replay data of an example."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.pipeline.story import read_story

if TYPE_CHECKING:
    from pathlib import Path

ONE = """\
steps:
  - date: 2026-01-12
    title: Begin
    say: It begins.
    files: [roadgate.yaml]
    proposal: {branch: start, author: example-pm, approvedBy: [example-vp]}
    run:
      - {command: check}
"""


def story_of(folder: Path, text: str) -> Path:
    """A folder of replay data with this history."""
    (folder / "history.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_step_is_read_with_its_day_and_its_proposal(tmp_path: Path) -> None:
    """Every field of a step arrives as it was written."""
    (step,) = read_story(story_of(tmp_path, ONE)).steps
    assert step.date == date(2026, 1, 12)
    assert step.files == ("roadgate.yaml",)
    assert step.proposal is not None
    assert step.proposal.approved_by == ("example-vp",)
    assert [run.command for run in step.run] == ["check"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ONE.replace("title", "titel"), "steps.0.title"),
        (ONE.replace("[roadgate.yaml]", "[../secret]"), "steps.0.files"),
        (ONE.replace("[roadgate.yaml]", "[/etc/passwd]"), "steps.0.files"),
        ("steps: []\n", "steps"),
        ("steps: [\n", "tells no history"),
        (f"{ONE}---\n{ONE}", "more than one document"),
    ],
)
def test_a_broken_history_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    """A wrong history is a usage error that names the field."""
    with pytest.raises(UsageError, match="tells no history") as caught:
        read_story(story_of(tmp_path, text))
    assert message in caught.value.message


def test_a_missing_history_is_told(tmp_path: Path) -> None:
    """Without the file there is nothing to replay."""
    with pytest.raises(EnvironmentProblem, match=r"cannot read .*history\.yaml"):
        read_story(tmp_path)
