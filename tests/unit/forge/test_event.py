"""What a job is about, from its environment and its event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.forge.event import Connection, Subject, connection, parse_event, read_event
from roadgate.model.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

BASE, HEAD = "b" * 40, "a" * 40
PULL: dict[str, Any] = {
    "action": "synchronize",
    "pull_request": {"number": 7, "base": {"sha": BASE}, "head": {"sha": HEAD}},
    "sender": {"login": "example-dev"},
}


@pytest.mark.parametrize(
    ("name", "payload", "subject"),
    [
        (
            "pull_request_target",
            PULL,
            Subject("pull", "pull_request_target", 7, BASE, HEAD, "example-dev"),
        ),
        (
            "pull_request",
            {**PULL, "action": "edited"},
            Subject("pull", "pull_request", 7, BASE, HEAD),
        ),
        (
            "workflow_run",
            {"workflow_run": {"head_sha": HEAD, "pull_requests": [{"number": 99}]}},
            Subject("pull", "workflow_run", None, None, HEAD),
        ),
        (
            "merge_group",
            {
                "merge_group": {
                    "base_sha": BASE,
                    "head_sha": HEAD,
                    "head_ref": f"refs/heads/gh-readonly-queue/main/pr-7-{BASE}",
                }
            },
            Subject("queue", "merge_group", 7, BASE, HEAD),
        ),
        ("push", {"before": BASE, "after": HEAD}, Subject("tree", "push", None, BASE, HEAD)),
        ("push", {"before": "0" * 40, "after": HEAD}, Subject("tree", "push", None, None, HEAD)),
        ("schedule", {"schedule": "17 3 * * *"}, Subject("tree", "schedule")),
        ("workflow_dispatch", {"inputs": {}}, Subject("tree", "workflow_dispatch")),
    ],
)
def test_an_event_names_what_to_judge(name: str, payload: dict[str, Any], subject: Subject) -> None:
    """A workflow's run tells the head only: the rest is asked from GitHub."""
    assert parse_event(name, payload) == subject


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("pull_request", {}),
        ("pull_request", []),
        ("pull_request", {"pull_request": {"number": "7"}}),
        ("pull_request", {"pull_request": {"number": 7, "base": {"sha": "x"}, "head": {}}}),
        ("workflow_run", {"workflow_run": {"head_sha": "main; rm -rf /"}}),
        ("merge_group", {"merge_group": None}),
        ("push", {"after": 1}),
    ],
)
def test_an_incomplete_event_is_refused(name: str, payload: object) -> None:
    """Nothing is guessed, and a commit is a commit's name."""
    with pytest.raises(UsageError, match=name):
        parse_event(name, payload)


def test_the_event_is_read_from_its_file(tmp_path: Path) -> None:
    """Its name and path come from the environment."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(PULL), encoding="utf-8")
    environment = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(path)}

    assert read_event(environment).pull_request == 7


@pytest.mark.parametrize("text", [None, "{", "\udcff"])
def test_an_event_that_cannot_be_read_is_a_mistake_of_the_set_up(
    tmp_path: Path, text: str | None
) -> None:
    """A missing file, and one that is no JSON."""
    path = tmp_path / "event.json"
    if text is not None:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(UsageError, match="cannot be read"):
        read_event({"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(path)})


def test_outside_of_a_job_there_is_no_event() -> None:
    """The message says what to use instead."""
    with pytest.raises(UsageError, match="no job of GitHub Actions"):
        read_event({})


def test_the_connection_has_defaults_for_all_but_the_repository() -> None:
    """The token comes from the environment only."""
    assert connection({"GITHUB_REPOSITORY": "acme/roadmap", "GH_TOKEN": "t"}) == Connection(
        "acme/roadmap", "t", "https://api.github.com", "https://github.com", 1.0
    )


@pytest.mark.parametrize(
    "environment", [{}, {"GITHUB_REPOSITORY": "a/b", "ROADGATE_GITHUB_PACE": "fast"}]
)
def test_a_connection_that_makes_no_sense_is_refused(environment: dict[str, str]) -> None:
    """No repository, or a pace that is no number."""
    with pytest.raises(UsageError):
        connection(environment)
