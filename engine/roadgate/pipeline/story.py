"""The replay data of an example: its history, step by step, as ``history.yaml`` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from roadgate.load import yaml_text
from roadgate.load.limits import Limits
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.kinds.base import Part
from roadgate.model.values import Day, Handle, Many, Text

if TYPE_CHECKING:
    from pathlib import Path

HISTORY = "history.yaml"
RelativePath = Annotated[Text, Field(pattern=r"^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*$")]


class Proposal(Part):
    """A pull request: a branch, who opens it, who approves it."""

    branch: RelativePath
    author: Handle
    approved_by: Many[Handle] = ()
    in_full: bool = Field(default=False, description="Show everything the check says.")


class Run(Part):
    """One command that is run on the main branch after the step's change."""

    command: Text = Field(description="What is typed after roadgate, without --as-of.")
    only: Many[Text] = Field(default=(), description="Of a status, show these initiatives.")


class Step(Part):
    """One day of the history."""

    date: Day
    title: Text = Field(description="The commit's message.")
    say: Text = Field(description="What happens, for the reader; never what roadgate will answer.")
    files: Many[RelativePath] = Field(default=(), description="Taken from the example as it is.")
    earlier: RelativePath | None = Field(
        default=None, description="A folder beside history.yaml: files as they were on this day."
    )
    proposal: Proposal | None = Field(default=None, description="None commits to the main branch.")
    run: Many[Run] = ()


class Story(Part):
    """The whole history of an example."""

    steps: Many[Step] = Field(min_length=1)


def read_story(folder: Path) -> Story:
    """Read ``history.yaml`` in a folder of replay data.

    Raises:
        EnvironmentProblem: the file cannot be read.
        UsageError: it is no YAML, or does not tell a history.
    """
    path = folder / HISTORY
    try:
        text = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot read '{path}': {error.strerror}", hint="install roadgate again"
        ) from error
    documents, findings = yaml_text.parse(text, HISTORY, Limits())
    if findings or len(documents) != 1:
        problem = findings[0].message if findings else "it holds more than one document"
        raise UsageError(f"'{path}' tells no history: {problem}", hint="mend that file")
    try:
        return Story.model_validate(documents[0].data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"'{path}' tells no history: {place}: {first['msg']}", hint="mend that file"
        ) from error
