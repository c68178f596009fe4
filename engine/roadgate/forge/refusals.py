"""What it means when GitHub refuses, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNAUTHORISED, _FORBIDDEN, _NOT_FOUND, _GONE, _INVALID, _TOO_MANY = 401, 403, 404, 410, 422, 429
_LIMITED = frozenset({_FORBIDDEN, _TOO_MANY})
_SERVER_ERROR = 500
_DEFAULT_WAIT = 60.0
_QUOTED = 200
_PERMISSIONS = {
    "issues": "issues",
    "labels": "issues",
    "statuses": "statuses",
    "pulls": "pull-requests",
}


class AlreadyThereError(EnvironmentProblem):
    """Something by that name exists already."""


def refused(path: str, status: int, data: object, wait: float | None) -> EnvironmentProblem:
    """The problem behind an answer of GitHub's.

    Args:
        path: what was asked for.
        status: of the answer.
        data: the answer.
        wait: the seconds that it asks to wait for, if it speaks of rate limits.
    """
    message = _message(data)
    said = f": '{message}'" if message else ""
    where = _repository(path)
    if wait is not None and status in _LIMITED:
        return EnvironmentProblem(
            f"GitHub's rate limit is used up{said}", hint=f"run again in {wait:.0f} seconds"
        )
    if status == _INVALID and "already_exists" in str(data):
        return AlreadyThereError(f"GitHub has it already{said}")
    known = {
        _UNAUTHORISED: ("GitHub does not accept the token", "give GITHUB_TOKEN a valid token"),
        _FORBIDDEN: (f"the token may not do this in {where}", _permission(path, message)),
        _NOT_FOUND: (
            f"GitHub shows no {where} to this token",
            "check the repository's name and what the token may see",
        ),
        _GONE: (
            f"issues are switched off in {where}",
            "switch them on in the repository's settings",
        ),
    }
    if status in known:
        problem, hint = known[status]
        return EnvironmentProblem(f"{problem}{said}", hint=hint)
    if status >= _SERVER_ERROR:
        return EnvironmentProblem(f"GitHub failed ({status}){said}", hint="run again later")
    return EnvironmentProblem(f"GitHub refused ({status}){said}", hint="run again, or report it")


def lost(path: str, what: str) -> EnvironmentProblem:
    """The connection broke: nobody knows whether a write took effect."""
    return EnvironmentProblem(
        f"the connection to GitHub broke at '{path}' ({what})",
        hint="run again: what was done is found, nothing is done twice",
    )


def strange(path: str) -> EnvironmentProblem:
    """The answer has another shape than GitHub documents."""
    return EnvironmentProblem(
        f"the answer to '{path}' is not one of GitHub's", hint="check GITHUB_API_URL"
    )


def limit_wait(
    status: int, data: object, headers: Mapping[str, str | int], now: float
) -> float | None:
    """The seconds to wait where an answer speaks of rate limits; None where it does not."""
    if status not in _LIMITED:
        return None
    known = {name.casefold(): str(value) for name, value in headers.items()}
    after = known.get("retry-after", "")
    if after.isdigit():
        return float(after)
    reset = known.get("x-ratelimit-reset", "")
    if known.get("x-ratelimit-remaining") == "0" and reset.isdigit():
        return max(0.0, int(reset) - now) + 1
    message = _message(data).casefold()
    limited = status == _TOO_MANY or "rate limit" in message or "abuse" in message
    return _DEFAULT_WAIT if limited else None


def _message(data: object) -> str:
    found = data.get("message") if isinstance(data, dict) else None
    line = " ".join(found.split()) if isinstance(found, str) else ""
    return f"{line}{_details(data)}"[:_QUOTED]


def _details(data: object) -> str:
    """What is wrong with which field, where GitHub says so."""
    errors = data.get("errors") if isinstance(data, dict) else None
    first = errors[0] if isinstance(errors, list) and errors else None
    if not isinstance(first, dict):
        return ""
    parts = [str(first[name]) for name in ("field", "code", "message") if first.get(name)]
    return f" ({' '.join(parts)})" if parts else ""


def _repository(path: str) -> str:
    parts = path.strip("/").split("/")
    return f"'{parts[1]}/{parts[2]}'" if parts[0] == "repos" and len(parts) > 2 else "it"  # noqa: PLR2004 - repos, owner, name


def _permission(path: str, message: str) -> str:
    if "archived" in message.casefold():
        return "the repository is archived: unarchive it, or stop the schedule"
    parts = path.partition("?")[0].strip("/").split("/")
    needed = next((name for part, name in _PERMISSIONS.items() if part in parts[3:]), "issues")
    level = "read" if needed == "pull-requests" else "write"
    return f"give the job 'permissions: {needed}: {level}'"
