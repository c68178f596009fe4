"""Who writes a document of which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.project import load_project
from roadgate.model.errors import UsageError
from roadgate.model.kinds import KINDS
from roadgate.model.suggest import advice
from roadgate.pipeline.authoring.custom import CustomAuthor
from roadgate.pipeline.authoring.new import Author

if TYPE_CHECKING:
    from datetime import datetime

    from roadgate.model.custom import CustomKind
    from roadgate.pipeline.workspace import Workspace


def kind_named(workspace: Workspace, text: str) -> str | CustomKind:
    """The kind that is meant, whatever its case: one of roadgate's, or one of the project's own.

    Raises:
        UsageError: there is none.
    """
    found = next((kind for kind in KINDS if kind.lower() == text.lower()), None)
    if found is not None:
        return found
    own = load_project(workspace.tree(None)).governed
    for name, kind in own.items():
        if name.lower() == text.lower():
            return kind
    raise UsageError(f"there is no kind '{text}'", hint=advice(text, [*KINDS, *own], otherwise=""))


def author(
    workspace: Workspace, kind: str | CustomKind, name: str, now: datetime
) -> Author | CustomAuthor:
    """Begin a document.

    Raises:
        UsageError: the name is taken or can be none.
        EnvironmentProblem: a folder cannot be read.
    """
    if isinstance(kind, str):
        return Author(workspace, kind, name, now)
    return CustomAuthor(workspace, kind, name)
