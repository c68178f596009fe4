"""Options that several verbs share, and the types of their values."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from roadgate.model.values import parse_day

F = TypeVar("F", bound=Callable[..., Any])


class DayType(click.ParamType[date]):
    """A day as ``YYYY-MM-DD``."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the day, or say how to write one."""
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


def directory(function: F) -> F:
    """``-C``: where to look for the project."""
    return click.option(
        "-C",
        "--directory",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        show_default="here",
        help="Look for the project in this folder, or above it.",
    )(function)


def at(function: F) -> F:
    """``--at``: which revision is read."""
    return click.option(
        "--at",
        metavar="REV",
        help="Read this git revision instead of the files on disk; nothing is checked out.",
    )(function)


def as_of(function: F) -> F:
    """``--as-of``: the day everything is judged at."""
    return click.option(
        "--as-of",
        type=DayType(),
        metavar="DATE",
        help="Judge as of this day (YYYY-MM-DD); default: today in the calendar's time zone.",
    )(function)


def context(function: F) -> F:
    """``--context``: what the forge knows about the pull request."""
    return click.option(
        "--context",
        "context_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="What GitHub knows about the pull request: author and reviews (JSON).",
    )(function)


def color(function: F) -> F:
    """``--color``: whether to colour text."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colour text output; auto means on a terminal, unless NO_COLOR is set.",
    )(function)


def text_or_json(function: F) -> F:
    """``--format``: for people or for programs."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to print it.",
    )(function)


def quiet(function: F) -> F:
    """``-q``: only what needs attention."""
    return click.option("-q", "--quiet", is_flag=True, help="Print findings of level error only.")(
        function
    )


def verbose(function: F) -> F:
    """``-v``: everything."""
    return click.option(
        "-v", "--verbose", is_flag=True, help="Print every finding in full; fold and cut nothing."
    )(function)


def is_public(format_: str) -> bool:
    """Whether others than the person at the keyboard may read the output.

    Markdown is made for pages and summaries, SARIF for code scanning, and logs of GitHub Actions
    are as public as the repository.
    """
    return format_ in ("markdown", "github", "sarif") or os.environ.get("GITHUB_ACTIONS") == "true"


def now() -> datetime:
    """The present moment; the only clock of roadgate."""
    return datetime.now(tz=UTC)
