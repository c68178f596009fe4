"""Which tracker a verb writes to: GitHub, or a folder of Markdown files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from roadgate.forge.event import connection
from roadgate.model.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from roadgate.model.issues import Tracker
    from roadgate.pipeline.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
FOLDER = ".roadgate/issues"


def tracker_options(function: F) -> F:
    """``--to`` and ``--tracker``."""
    to = click.option(
        "--to",
        type=click.Choice(["local", "github"]),
        default="local",
        show_default=True,
        help="Where issues live: a folder of Markdown files, or the repository on GitHub.",
    )
    folder = click.option(
        "--tracker",
        metavar="DIR",
        default=FOLDER,
        show_default=True,
        help="The local tracker's folder, relative to the project.",
    )
    return to(folder(function))


def open_tracker(workspace: Workspace, to: str, repository: str, today: date) -> Tracker:
    """The tracker named ``to``; ``repository`` is its folder, or ``owner/name``.

    ``today`` is the day on which a local issue is closed.

    Raises:
        UsageError: a token is missing, or a pull request would write issues.
    """
    if to == "local":
        from roadgate.forge.local import LocalTracker  # noqa: PLC0415 - only what is used

        return LocalTracker(workspace.root / repository, today, repository)
    event = os.environ.get("GITHUB_EVENT_NAME", "")
    if event.startswith("pull_request"):
        raise UsageError(
            f"issues are not written on a '{event}' event",
            hint="run plan and apply on push, schedule or workflow_dispatch",
        )
    from roadgate.forge.github import GitHubTracker  # noqa: PLC0415 - PyGithub is slow to import

    to_github = connection(os.environ, repository)
    return GitHubTracker(repository, to_github.token, to_github.api_url, pace=to_github.pace)


def repository_of(workspace: Workspace, to: str, folder: str) -> str:
    """What plans call the tracker: ``owner/name``, or the local folder.

    Raises:
        UsageError: the repository on GitHub is named nowhere.
    """
    return _folder(workspace, folder) if to == "local" else connection(os.environ).repository


def repository_url() -> str:
    """Where the repository's files can be read, or nothing outside GitHub Actions."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    return f"{server}/{name}" if server and name else ""


def _folder(workspace: Workspace, folder: str) -> str:
    """The local tracker's folder as a plan names it: relative to the project where it can be."""
    path = Path(folder)
    if not path.is_absolute():
        return path.as_posix()
    try:
        return path.relative_to(workspace.root).as_posix()
    except ValueError:
        return path.as_posix()
