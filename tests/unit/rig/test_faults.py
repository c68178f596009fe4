"""Faults happen where and when they are asked for."""

from __future__ import annotations

import http.client
import json
import time
from typing import TYPE_CHECKING

import pytest

from rig.github import Fault
from rig.github.client import Client

if TYPE_CHECKING:
    from rig.github import Emulator
    from rig.github.faults import Phase

ISSUES = "/repos/example/roadmap/issues"
TITLE = {"title": "late"}


@pytest.fixture
def client(github: Emulator) -> Client:
    """A client that may do everything in ``example/roadmap``."""
    github.world.token("t0ken", "example-pm")
    github.repository("example/roadmap")
    return Client(github.url)


def titles(client: Client, query: str = "") -> list[str]:
    """Return the titles that a list shows."""
    return [one["title"] for one in client.get(f"{ISSUES}?state=all{query}").body]


@pytest.mark.parametrize(("phase", "issues"), [("before-commit", 0), ("after-commit", 1)])
def test_reset_before_or_after_the_write(
    github: Emulator, client: Client, phase: Phase, issues: int
) -> None:
    """A lost answer leaves the write done, a lost request does not."""
    github.faults.append(Fault("POST", r"/issues$", "rst", phase=phase))

    with pytest.raises(ConnectionResetError):
        client.post(ISSUES, TITLE)

    assert len(github.repository("example/roadmap").issues) == issues
    assert [(one.status, one.fault) for one in github.journal] == [(None, "rst")]
    assert len(github.writes()) == issues


@pytest.mark.parametrize(("phase", "issues"), [("before-commit", 0), ("after-commit", 1)])
def test_error_instead_of_the_answer(
    github: Emulator, client: Client, phase: Phase, issues: int
) -> None:
    """A bad gateway may stand before a write that was done."""
    github.faults.append(Fault("POST", r"/issues$", "status", status=502, phase=phase))

    assert client.post(ISSUES, TITLE).status == 502
    assert client.post(ISSUES, TITLE).status == 201
    assert len(github.repository("example/roadmap").issues) == issues + 1


def test_fault_waits_for_its_turn(github: Emulator, client: Client) -> None:
    """Only the matching requests from the nth on meet it, as many as asked."""
    fault = Fault("POST", r"/issues$", "status", nth=2, count=2)
    github.faults.append(fault)

    client.get(ISSUES)
    answers = [client.post(ISSUES, TITLE).status for _ in range(4)]

    assert answers == [201, 500, 500, 201]
    assert (fault.seen, fault.met) == (4, 2)


def test_half_an_answer(github: Emulator, client: Client) -> None:
    """The write is done, and the answer breaks off."""
    github.faults.append(Fault("POST", r"/issues$", "truncate"))

    with pytest.raises(http.client.IncompleteRead):
        client.post(ISSUES, TITLE)

    assert len(github.writes()) == 1


def test_late_commit(github: Emulator, client: Client) -> None:
    """A client that gives up sees no issue, and a moment later there is one."""
    github.faults.append(Fault("POST", r"/issues$", "hang", seconds=0.4))
    hasty = Client(client.url, timeout=0.1)

    with pytest.raises(TimeoutError):
        hasty.post(ISSUES, TITLE)
    before = titles(client)
    deadline = time.monotonic() + 5
    while not titles(client) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert before == []
    assert titles(client) == ["late"]


def test_stale_list_misses_the_newest(github: Emulator, client: Client) -> None:
    """A list may lag behind a write; the next one has caught up."""
    github.faults.append(Fault("GET", r"/issues\?", "stale"))
    client.post(ISSUES, TITLE)

    assert titles(client) == []
    assert titles(client) == ["late"]


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [
        (Fault("GET", ISSUES, "secondary-limit", retry_after=7), 403, ("retry-after", "7")),
        (Fault("GET", ISSUES, "secondary-limit", status=429), 429, ("retry-after", None)),
        (Fault("GET", ISSUES, "primary-limit"), 403, ("x-ratelimit-remaining", "0")),
    ],
)
def test_too_many_requests(
    github: Emulator, client: Client, fault: Fault, status: int, header: tuple[str, str | None]
) -> None:
    """Limits come with or without the header that says when to come again."""
    github.faults.append(fault)

    answer = client.get(ISSUES)

    assert answer.status == status
    assert answer.headers.get(header[0]) == header[1]


def test_items_move_up_between_pages(github: Emulator, client: Client) -> None:
    """An issue that closes after the first page makes the second skip another."""
    repository = github.repository("example/roadmap")
    for number in range(4):
        repository.add_issue(f"issue {number}")
    github.faults.append(Fault("GET", r"[?&]page=2", "shift"))

    def page(number: int) -> list[str]:
        listed = client.get(f"{ISSUES}?per_page=2&page={number}").body
        return [one["title"] for one in listed]

    assert page(1) == ["issue 3", "issue 2"]
    assert page(2) == ["issue 0"]


@pytest.mark.parametrize(("phase", "seen"), [("before-commit", 0), ("after-commit", 1)])
def test_hook_runs_at_its_moment(github: Emulator, client: Client, phase: Phase, seen: int) -> None:
    """A hook sees the world before or after the write."""
    issues = github.repository("example/roadmap").issues
    counted: list[int] = []

    def hook() -> None:
        counted.append(len(issues))

    github.faults.append(Fault("POST", r"/issues$", "hook", phase=phase, hook=hook))

    client.post(ISSUES, TITLE)

    assert counted == [seen]


def test_injected_errors_are_held_to_the_description(github: Emulator, client: Client) -> None:
    """An error that no GitHub operation may answer is a violation, so no test rests on it."""
    github.faults.append(Fault("GET", ISSUES, "status", status=418))

    assert client.get(ISSUES).status == 418
    assert "status 418 is not documented" in str(github.violations.pop())


def test_world_can_be_read_from_another_process(client: Client) -> None:
    """The control address shows journal, violations and repositories as JSON."""
    client.post(ISSUES, TITLE)

    seen = client.get("/_rig").body

    assert [one["operation"] for one in seen["journal"]] == ["issues/create"]
    assert seen["violations"] == []
    assert seen["repositories"]["example/roadmap"]["issues"]["1"]["title"] == "late"
    assert json.dumps(seen)
