"""Documents that are not written yet: that they would pass, and how they come to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.edit.files import create_file
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.pipeline.reading import read

if TYPE_CHECKING:
    from roadgate.pipeline.workspace import Workspace

CSV_HEADER = b"date,value\n"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is not written yet."""

    path: str
    """Within the project."""
    text: str
    measurements: str | None
    """Where the observations of a new metric belong."""


def write(workspace: Workspace, draft: Draft, *, measurements: bool) -> list[str]:
    """Write what is not there yet; returns the paths that were written.

    Raises:
        UsageError: somebody else has written the file meanwhile.
        EnvironmentProblem: it cannot be written.
    """
    files = {draft.path: draft.text.encode()}
    if measurements and draft.measurements:
        files[draft.measurements] = CSV_HEADER
    done = []
    for path, content in files.items():
        try:
            create_file(workspace.root / path, content)
        except FileExistsError:
            if path == draft.path:
                raise UsageError(f"'{path}' is there already", hint="choose another") from None
        except OSError as error:
            raise EnvironmentProblem(
                f"cannot write '{path}': {error.strerror}",
                hint="check the folder and its permissions",
            ) from error
        else:
            done.append(path)
    return done


def refuse_taken(workspace: Workspace, path: str) -> None:
    """Never write over what is there, a link that leads nowhere included.

    Raises:
        UsageError: something is there.
    """
    place = workspace.root / path
    if place.exists() or place.is_symlink():
        raise UsageError(f"'{path}' is there already", hint="choose another name, or --path")


def refuse_wrong(workspace: Workspace, path: str, text: str) -> None:
    """Read the project as if the file were there, and refuse what check would refuse.

    Raises:
        UsageError: the file would have an error, or nothing would read it.
    """
    reading = read(replace(workspace, changed={path: text.encode()}), None)
    if all(each.path != path for each in reading.project.documents):
        raise UsageError(
            f"roadgate does not read '{path}'",
            hint="choose a path under roadmap/ (or paths.roadmap of roadgate.yaml)",
        )
    for each in reading.located(reading.findings):
        if each.fails and each.location is not None and each.location.path == path:
            raise UsageError(each.message, hint=each.fix)


def slug(text: str) -> str:
    """A name made of what somebody typed; empty where nothing of it can be one."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return words[:63].strip("-")


def or_slug(name: str) -> str:
    """An offer for a name that is none."""
    return f", such as '{slug(name)}'" if slug(name) else ""
