"""Which tracker a verb writes to: GitHub, or a folder of Markdown files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from roadgate.model.errors import EnvironmentProblem, UsageError

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
        EnvironmentProblem: a token or the repository's name is missing.
        UsageError: a pull request must not write issues.
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

    return GitHubTracker(repository, token=token(), **settings())


def github_repository() -> str:
    """``owner/name`` from the environment.

    Raises:
        EnvironmentProblem: it is not set.
    """
    name = os.environ.get("GITHUB_REPOSITORY", "")
    if not name:
        raise EnvironmentProblem(
            "which repository on GitHub is not known",
            hint="set GITHUB_REPOSITORY to owner/name",
        )
    return name


def token() -> str:
    """The token from the environment; it is never printed.

    Raises:
        EnvironmentProblem: it is not set.
    """
    found = os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN")
    if not found:
        raise EnvironmentProblem(
            "there is no token for GitHub",
            hint="set GITHUB_TOKEN to a token that may read and write issues",
        )
    return found


def settings() -> dict[str, Any]:
    """Where the API is, and how fast to write to it."""
    pace = os.environ.get("ROADGATE_GITHUB_PACE", "1.0")
    try:
        seconds = float(pace)
    except ValueError:
        raise UsageError(
            f"ROADGATE_GITHUB_PACE is '{pace}'", hint="write seconds, such as 1.0"
        ) from None
    return {
        "api_url": os.environ.get("GITHUB_API_URL", "https://api.github.com"),
        "pace": seconds,
    }


def repository_url() -> str:
    """Where the repository's files can be read, or nothing outside GitHub Actions."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    return f"{server}/{name}" if server and name else ""


def folder_of(workspace: Workspace, folder: str) -> str:
    """The local tracker's folder as a plan names it: relative to the project where it can be."""
    path = Path(folder)
    if not path.is_absolute():
        return path.as_posix()
    try:
        return path.relative_to(workspace.root).as_posix()
    except ValueError:
        return path.as_posix()
