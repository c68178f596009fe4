"""GitHub's JSON, checked for the shape that is relied on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from roadgate.model.errors import EnvironmentProblem
from roadgate.model.issues import ActualIssue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Literal

GHOST = "ghost"
"""Who GitHub says wrote what a deleted account wrote."""


def items(data: object) -> Sequence[Mapping[str, Any]]:
    """A list of objects."""
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise _strange("a list")
    return data


def mapping(data: object) -> Mapping[str, Any]:
    """An object."""
    if not isinstance(data, dict):
        raise _strange("an object")
    return data


def text(data: object, name: str) -> str:
    """A text that must be there."""
    found = mapping(data).get(name)
    if not isinstance(found, str):
        raise _strange(f"'{name}'")
    return found


def optional_text(data: object, name: str) -> str:
    """A text, or nothing."""
    return text(data, name) if mapping(data).get(name) is not None else ""


def number(data: object, name: str) -> int:
    """A whole number that must be there."""
    found = mapping(data).get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise _strange(f"'{name}'")
    return found


def login(data: object) -> str:
    """Whose it is; a deleted account is ``ghost``."""
    return GHOST if data is None else text(data, "login")


def day(data: object, name: str) -> date | None:
    """The UTC day of a moment, or nothing."""
    found = optional_text(data, name)
    try:
        return datetime.fromisoformat(found).date() if found else None
    except ValueError as error:
        raise _strange(f"'{name}'") from error


def issue(data: Mapping[str, Any]) -> ActualIssue:
    """One issue of a list."""
    return ActualIssue(
        number=number(data, "number"),
        title=text(data, "title"),
        body=optional_text(data, "body"),
        state=_state(data),
        state_reason=optional_text(data, "state_reason") or None,
        labels=tuple(
            each if isinstance(each, str) else text(each, "name")
            for each in data.get("labels") or ()
        ),
        author=login(data.get("user")),
        url=optional_text(data, "html_url"),
        closed_on=day(data, "closed_at"),
        locked=data.get("locked") is True,
    )


def _state(data: Mapping[str, Any]) -> Literal["open", "closed"]:
    found = text(data, "state")
    if found == "open":
        return "open"
    if found == "closed":
        return "closed"
    raise _strange("'state'")


def _strange(what: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"GitHub's answer does not have the shape that it documents: {what} is missing or wrong",
        hint="check GITHUB_API_URL",
    )
