"""Requests, replies, and the journal of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came over the wire."""

    verb: str
    target: str
    """Path and query, percent-encoded."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path, percent-encoded."""
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query's pairs in order."""
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; ``body`` of None has none."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal keeps of one request."""

    index: int
    verb: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    """The JSON that was sent, or None."""
    operation: str | None
    """GitHub's id of the operation; None when it documents none there."""
    login: str | None
    status: int | None
    """What was answered; None when the connection ended without an answer."""
    fault: str | None
    """The kind of fault that this request met."""
    committed: bool
    """Whether it changed what the emulator holds."""

    @property
    def writes(self) -> bool:
        """Whether the request asks for a change."""
        return self.verb in _WRITES


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that GitHub does not document, or that the emulator got wrong itself."""

    request: str
    message: str

    def __str__(self) -> str:
        """Show it on a line."""
        return f"{self.request}: {self.message}"


class RefusedError(Exception):
    """A handler's way to answer with an error, as GitHub would."""

    def __init__(self, status: int, message: str, *, errors: list[Any] | None = None) -> None:
        super().__init__(message)
        self.reply = problem(status, message, errors=errors)


def problem(
    status: int,
    message: str,
    *,
    errors: list[Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Return an error in GitHub's form."""
    body: dict[str, Any] = {
        "message": message,
        "documentation_url": "https://docs.github.com/rest",
        "status": str(status),
    }
    if errors is not None:
        body["errors"] = errors
    return Reply(status, body, headers or {})


def invalid(resource: str, field_name: str, code: str, message: str = "") -> RefusedError:
    """Return the error for a value that GitHub does not take."""
    error = {"resource": resource, "field": field_name, "code": code}
    if message:
        error["message"] = message
    return RefusedError(422, "Validation Failed", errors=[error])
