"""What a GitHub Actions job is about: its environment and its event, as plain data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from roadgate.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["pull", "queue", "tree"]
_QUEUE_REF = re.compile(r"gh-readonly-queue/.+/pr-([0-9]+)-[0-9a-f]+$")
_NO_COMMIT = re.compile(r"0+")
_PULL_EVENTS = frozenset(
    {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"}
)


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach GitHub."""

    repository: str
    token: str
    api_url: str
    server_url: str
    pace: float
    """Seconds between two writes."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be judged."""

    kind: Kind
    """``pull``: a pull request; ``queue``: a merge queue's commit; ``tree``: what is there."""
    event: str
    pull_request: int | None = None
    """None where only the head is known: ask for the open pull requests with that head."""
    base: str | None = None
    head: str | None = None
    pusher: str = ""
    """Who pushed the head, where the event says so."""


def connection(environment: Mapping[str, str], repository: str = "") -> Connection:
    """How to reach GitHub, from the environment's variables.

    Raises:
        UsageError: the repository is named nowhere, or the pace is no number.
    """
    named = repository or environment.get("GITHUB_REPOSITORY", "")
    if not named:
        raise UsageError("no repository is named", hint="set GITHUB_REPOSITORY to owner/name")
    pace = environment.get("ROADGATE_GITHUB_PACE") or "1.0"
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", pace):
        raise UsageError(f"ROADGATE_GITHUB_PACE is '{pace}'", hint="write seconds, such as 1.0")
    return Connection(
        repository=named,
        token=environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN") or "",
        api_url=environment.get("GITHUB_API_URL") or "https://api.github.com",
        server_url=environment.get("GITHUB_SERVER_URL") or "https://github.com",
        pace=float(pace),
    )


def read_event(environment: Mapping[str, str]) -> Subject:
    """What this job is to judge, from ``GITHUB_EVENT_NAME`` and ``GITHUB_EVENT_PATH``.

    Raises:
        UsageError: it runs outside GitHub Actions, or the event cannot be read.
    """
    name, path = environment.get("GITHUB_EVENT_NAME"), environment.get("GITHUB_EVENT_PATH")
    if not name or not path:
        raise UsageError(
            "this is no job of GitHub Actions",
            hint="set GITHUB_EVENT_NAME and GITHUB_EVENT_PATH, or use --base and --context",
        )
    try:
        payload = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the event in '{path}' cannot be read", hint="look at GITHUB_EVENT_PATH"
        ) from error
    return parse_event(name, payload)


def parse_event(name: str, payload: object) -> Subject:
    """What an event asks to judge.

    Raises:
        UsageError: the event lacks what GitHub documents for it.
    """
    data = _part(payload, name)
    if name in _PULL_EVENTS:
        return _pull(name, data)
    if name == "workflow_run":
        run = _part(data.get("workflow_run"), name)
        return Subject("pull", name, head=_sha(run.get("head_sha"), name))
    if name == "merge_group":
        return _queue(data)
    if name == "push":
        return Subject("tree", name, base=_before(data), head=_sha(data.get("after"), name))
    return Subject("tree", name)


def _pull(name: str, data: Mapping[str, Any]) -> Subject:
    pull = _part(data.get("pull_request"), name)
    number = pull.get("number", data.get("number"))
    if not isinstance(number, int):
        raise _incomplete(name)
    pushed = name.startswith("pull_request") and data.get("action") in ("opened", "synchronize")
    sender = data.get("sender")
    login = sender.get("login") if pushed and isinstance(sender, dict) else None
    return Subject(
        kind="pull",
        event=name,
        pull_request=number,
        base=_sha(_part(pull.get("base"), name).get("sha"), name),
        head=_sha(_part(pull.get("head"), name).get("sha"), name),
        pusher=login if isinstance(login, str) else "",
    )


def _queue(data: Mapping[str, Any]) -> Subject:
    group = _part(data.get("merge_group"), "merge_group")
    found = _QUEUE_REF.search(str(group.get("head_ref", "")))
    return Subject(
        kind="queue",
        event="merge_group",
        pull_request=int(found[1]) if found else None,
        base=_sha(group.get("base_sha"), "merge_group"),
        head=_sha(group.get("head_sha"), "merge_group"),
    )


def _before(data: Mapping[str, Any]) -> str | None:
    """The commit before a push; None for a new branch."""
    before = data.get("before")
    return before if isinstance(before, str) and not _NO_COMMIT.fullmatch(before) else None


def _part(found: object, event: str) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise _incomplete(event)
    return found


def _sha(found: object, event: str) -> str:
    if not isinstance(found, str) or not re.fullmatch(r"[0-9a-f]{40}([0-9a-f]{24})?", found):
        raise _incomplete(event)
    return found


def _incomplete(event: str) -> UsageError:
    return UsageError(
        f"the event '{event}' does not have the parts that GitHub documents",
        hint="look at the file that GITHUB_EVENT_PATH names",
    )
