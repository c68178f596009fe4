"""The errors that end a run. Problems in the user's files are findings, not errors."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command's exit status means."""

    OK = 0
    FINDINGS = 1  # the run was complete and found errors
    USAGE = 2  # the command line, the configuration, or nothing to check
    ENVIRONMENT = 3  # git, network, permission, disk
    BUG = 4  # a fault of roadgate's own
    INTERRUPTED = 130


class RoadgateError(Exception):
    """A run cannot go on.

    ``message`` says what is wrong (lowercase, no full stop); ``hint`` says what to do next.
    """

    exit_code = ExitCode.BUG

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RoadgateError):
    """The command line, the context file or the configuration asks for what has no meaning."""

    exit_code = ExitCode.USAGE


class EnvironmentProblem(RoadgateError):  # noqa: N818 - EnvironmentError is one of Python's own
    """Git, the network, the file system or a permission stands in the way."""

    exit_code = ExitCode.ENVIRONMENT


class InternalError(RoadgateError):
    """An assumption of roadgate's own does not hold: a bug, or a broken installation."""

    exit_code = ExitCode.BUG
