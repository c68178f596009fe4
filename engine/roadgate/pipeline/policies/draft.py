"""Policies of one file, wherever it lies: drafts that nobody has merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.files import read_file
from roadgate.load.limits import DEFAULT
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.finding import Severity
from roadgate.model.kinds import Policy

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.resource import Resource
    from roadgate.pipeline.workspace import Workspace


def read_policies(workspace: Workspace, path: Path) -> tuple[Resource[Policy], ...]:
    """The policies in a file.

    Raises:
        EnvironmentProblem: it cannot be read.
        UsageError: it holds no policy that can be used.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            f"'{path}' cannot be read: {error.strerror}", hint="name a file that can be read"
        ) from error
    shown = path.resolve()
    if shown.is_relative_to(workspace.root):
        shown = shown.relative_to(workspace.root)
    read = read_file(shown.as_posix(), content, DEFAULT, policies=True)
    wrong = [each for each in read.findings if each.severity is Severity.ERROR]
    if wrong:
        first = wrong[0]
        line = f":{first.location.line}" if first.location is not None else ""
        raise UsageError(f"'{path}'{line}: {first.message}", hint=first.fix or "correct the file")
    found = [each for each in read.resources if isinstance(each.body, Policy)]
    if not found:
        raise UsageError(f"'{path}' holds no policy", hint="name the file of a policy")
    return tuple(found)  # type: ignore[arg-type] # narrowed by the isinstance above
