"""The positive control: what GitHub does not document is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rig.github import ContractMissingError, Emulator, load_contract, serving
from rig.github.client import Client
from rig.github.exchange import Reply
from rig.github.operations import ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rig.github import Contract
    from rig.github.call import Call

ISSUES = "/repos/example/roadmap/issues"
STATUS = f"/repos/example/roadmap/statuses/{'a' * 40}"


@pytest.fixture
def lax(github_contract: Contract) -> Iterator[Emulator]:
    """An emulator whose violations are looked at here instead of failing the test."""
    emulator = Emulator(contract=github_contract)
    emulator.world.token("t0ken", "example-pm")
    emulator.repository("example/roadmap").add_issue("one")
    with serving(emulator):
        yield emulator


@pytest.mark.parametrize(
    ("verb", "target", "body", "status", "told"),
    [
        ("POST", ISSUES, {"body": "no title"}, 422, '"title" is a required property'),
        ("POST", ISSUES, {"title": "t", "lables": []}, 422, "'lables' was unexpected"),
        ("POST", ISSUES, {"title": " "}, 422, "title is blank"),
        ("POST", ISSUES, {"title": "t" * 257}, 422, "title is too long"),
        ("POST", ISSUES, {"title": "t", "body": "b" * 65_537}, 422, "body is too long"),
        ("POST", ISSUES, {"title": "t", "labels": ["l" * 51]}, 422, "longer than 50"),
        ("POST", ISSUES, None, 422, "needs a body"),
        ("PATCH", f"{ISSUES}/1", {"state": "shut"}, 422, "is not one of"),
        ("PATCH", f"{ISSUES}/1", {"state_reason": "completed"}, 422, "state is not given"),
        ("POST", f"{ISSUES}/1/comments", {"body": ""}, 422, "can't be blank"),
        ("POST", f"{ISSUES[:-7]}/labels", {"name": "n", "color": "#ff0000"}, 422, "six hexa"),
        ("POST", STATUS, {"state": "green"}, 422, "is not one of"),
        ("POST", STATUS, {"state": "success", "description": "d" * 141}, 422, "too long"),
        ("GET", f"{ISSUES}?per_page=500", None, 422, "per_page is 500"),
        ("GET", f"{ISSUES}?state=any", None, 422, "state"),
        ("GET", f"{ISSUES}?label=x", None, 422, "takes no 'label'"),
        ("GET", f"{ISSUES}?milestone=1", None, 200, "does not honour 'milestone'"),
        ("GET", "/repos/example/roadmap/git/refs", None, 404, "documents no such operation"),
        ("GET", "/repos/example/roadmap/milestones", None, 501, "does not know"),
    ],
)
def test_bad_request_is_a_violation(  # noqa: PLR0913, PLR0917 -- a table of cases
    lax: Emulator, verb: str, target: str, body: object, status: int, told: str
) -> None:
    """A client that strays from the documentation is answered as GitHub would, and noted."""
    answer = Client(lax.url).send(verb, target, body)

    assert answer.status == status
    assert any(told in one.message for one in lax.violations), lax.violations
    assert lax.writes() == []


def test_missing_user_agent_is_a_violation(lax: Emulator) -> None:
    """GitHub refuses requests that do not say who sends them."""
    Client(lax.url).send("GET", ISSUES, headers={"User-Agent": ""})

    assert [one.message for one in lax.violations] == ["a request without User-Agent is refused"]


@pytest.mark.parametrize("body", [{"number": 1}, "text", None])
def test_wrong_answer_is_a_violation(
    lax: Emulator, monkeypatch: pytest.MonkeyPatch, body: Any
) -> None:
    """An emulator that forgets a field is caught by the description as well."""

    def careless(_call: Call) -> Reply:
        return Reply(200, body)

    endpoint = ENDPOINTS["issues/get"]
    monkeypatch.setitem(
        ENDPOINTS,
        "issues/get",
        type(endpoint)(careless, endpoint.permission, endpoint.level),
    )
    Client(lax.url).get(f"{ISSUES}/1")

    assert lax.violations
    assert all("the answer 200 is wrong" in one.message for one in lax.violations)


def test_good_requests_leave_no_violation(lax: Emulator) -> None:
    """The control of the control: the same checks pass what is right."""
    client = Client(lax.url)
    client.post(ISSUES, {"title": "t" * 256, "body": "b" * 65_536, "labels": ["l" * 50]})
    client.post(STATUS, {"state": "success", "description": "d" * 140, "context": "roadgate"})
    client.get(f"{ISSUES}?per_page=100&state=all&since=2026-01-01T00:00:00Z")

    assert lax.violations == []


def test_every_endpoint_is_documented(github_contract: Contract) -> None:
    """The table of handlers names operations that GitHub has."""
    assert ENDPOINTS.keys() <= github_contract.operations.keys()


def test_absent_description_says_what_to_run(tmp_path: Path) -> None:
    """Without the description there is no emulator, and the message says how to get it."""
    with pytest.raises(ContractMissingError, match="make test"):
        load_contract(tmp_path / "absent.json")
