"""The emulated GitHub answers like GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rig.github.client import Client

if TYPE_CHECKING:
    from rig.github import Emulator, Repository

ISSUES = "/repos/example/roadmap/issues"
LABELS = "/repos/example/roadmap/labels"
SHA = "a" * 40


@pytest.fixture
def repository(github: Emulator) -> Repository:
    """A repository that ``t0ken`` may do everything with."""
    github.world.token("t0ken", "example-pm")
    return github.repository("example/roadmap")


@pytest.fixture
def client(github: Emulator, repository: Repository) -> Client:
    """A client with that token."""
    assert repository.full_name == "example/roadmap"
    return Client(github.url)


def test_issue_lives_through_create_close_and_reopen(
    client: Client, repository: Repository
) -> None:
    """State, reason and who closed it follow each change."""
    created = client.post(ISSUES, {"title": "late", "body": "text", "labels": ["Missed"]})
    number = created.body["number"]
    closing = {"state": "closed", "state_reason": "not_planned"}
    closed = client.send("PATCH", f"{ISSUES}/{number}", closing)
    reopened = client.send("PATCH", f"{ISSUES}/{number}", {"state": "open"})

    assert created.status == 201
    assert (closed.body["state"], closed.body["state_reason"]) == ("closed", "not_planned")
    assert closed.body["closed_by"]["login"] == "example-pm"
    assert (reopened.body["state_reason"], reopened.body["closed_at"]) == ("reopened", None)
    assert repository.issues[number].body == "text"
    assert list(repository.labels) == ["missed"]


def test_numbers_are_shared_with_pull_requests(client: Client, repository: Repository) -> None:
    """A list of issues has the pull requests in it, marked as such."""
    repository.add_issue("first")
    repository.add_pull("second", head_sha=SHA, base_sha="b" * 40)

    listed = client.get(f"{ISSUES}?state=all&direction=asc").body

    assert [one["number"] for one in listed] == [1, 2]
    assert ["pull_request" in one for one in listed] == [False, True]


def test_lists_filter_by_state_and_label_without_case(
    client: Client, repository: Repository
) -> None:
    """Labels are all required, and compare without case."""
    repository.add_issue("open", labels=["Roadgate", "kill"])
    repository.add_issue("closed", labels=["roadgate"], state="closed")
    repository.add_issue("other")

    def titles(query: str) -> list[str]:
        return [one["title"] for one in client.get(f"{ISSUES}?{query}").body]

    assert titles("labels=ROADGATE") == ["open"]
    assert titles("labels=roadgate&state=all&direction=asc") == ["open", "closed"]
    assert titles("labels=roadgate,kill&state=all") == ["open"]


def test_pages_are_linked_and_keep_the_query(client: Client, repository: Repository) -> None:
    """Each page leads to the next with the same filter; the last leads nowhere further."""
    for number in range(5):
        repository.add_issue(f"issue {number}")

    first = client.get(f"{ISSUES}?state=all&per_page=2")
    last = client.get(f"{ISSUES}?state=all&per_page=2&page=3")

    assert len(first.body) == 2
    assert f'{client.url}{ISSUES}?state=all&per_page=2&page=2>; rel="next"' in first.headers["link"]
    assert 'page=3>; rel="last"' in first.headers["link"]
    assert len(last.body) == 1
    assert 'rel="next"' not in last.headers["link"]


def test_unchanged_resource_is_not_sent_again(client: Client, repository: Repository) -> None:
    """An ETag that still holds is answered with 304 and nothing else."""
    repository.add_issue("one")
    first = client.get(f"{ISSUES}/1")
    same = client.get(f"{ISSUES}/1", {"If-None-Match": first.headers["etag"]})
    repository.add_comment(1, "news")
    changed = client.get(f"{ISSUES}/1", {"If-None-Match": first.headers["etag"]})

    assert (same.status, same.body) == (304, None)
    assert changed.status == 200


def test_existing_label_is_refused_whatever_its_case(
    client: Client, repository: Repository
) -> None:
    """GitHub says already_exists, and keeps the label that it has."""
    repository.add_label("Roadgate", "112233")

    answer = client.post(LABELS, {"name": "roadgate", "color": "ffffff"})

    assert answer.status == 422
    assert answer.body["errors"] == [
        {"resource": "Label", "field": "name", "code": "already_exists"}
    ]
    assert repository.labels["roadgate"].color == "112233"


def test_labels_of_an_issue_are_added_replaced_and_removed(
    client: Client, repository: Repository
) -> None:
    """The four ways to change an issue's labels do what they say."""
    repository.add_issue("one", labels=["a"])
    labels = f"{ISSUES}/1/labels"

    added = client.post(labels, {"labels": ["b"]})
    replaced = client.send("PUT", labels, {"labels": ["c"]})
    absent = client.send("DELETE", f"{labels}/a")
    removed = client.send("DELETE", f"{labels}/c")

    assert [one["name"] for one in added.body] == ["a", "b"]
    assert [one["name"] for one in replaced.body] == ["c"]
    assert absent.status == 404
    assert removed.body == []


def test_status_of_a_context_is_replaced_by_the_next(
    client: Client, repository: Repository
) -> None:
    """The combined status sees the newest of each context."""
    target = f"/repos/example/roadmap/statuses/{SHA}"
    client.post(target, {"state": "pending", "context": "roadgate"})
    client.post(target, {"state": "success", "context": "RoadGate", "description": "fine"})

    combined = client.get(f"/repos/example/roadmap/commits/{SHA}/status").body
    listed = client.get(f"/repos/example/roadmap/commits/{SHA}/statuses").body

    assert (combined["state"], combined["total_count"]) == ("success", 1)
    assert [one["state"] for one in listed] == ["success", "pending"]
    assert len(repository.statuses) == 2


def test_reviews_come_in_the_order_of_submission(client: Client, repository: Repository) -> None:
    """A review names the commit that it looked at."""
    repository.add_pull("change", head_sha=SHA, base_sha="b" * 40)
    repository.add_review(1, "example-vp", "CHANGES_REQUESTED", commit="c" * 40)
    repository.add_review(1, "example-vp")

    reviews = client.get("/repos/example/roadmap/pulls/1/reviews").body
    pull = client.get("/repos/example/roadmap/pulls/1").body
    found = client.get(f"/repos/example/roadmap/commits/{SHA}/pulls").body

    assert [(one["state"], one["commit_id"]) for one in reviews] == [
        ("CHANGES_REQUESTED", "c" * 40),
        ("APPROVED", SHA),
    ]
    assert pull["head"]["sha"] == SHA
    assert [one["number"] for one in found] == [1]


def test_missing_permission_names_what_is_needed(github: Emulator, repository: Repository) -> None:
    """A job without ``issues: write`` cannot open an issue."""
    github.world.token("job", permissions={"issues": "read"})
    client = Client(github.url, "job")

    refused = client.post(ISSUES, {"title": "late"})

    assert refused.status == 403
    assert refused.body["message"] == "Resource not accessible by integration"
    assert refused.headers["x-accepted-github-permissions"] == "issues=write"
    assert repository.issues == {}
    assert github.writes() == []


def test_unknown_token_is_refused(github: Emulator, client: Client) -> None:
    """Bad credentials see nothing."""
    stranger = Client(client.url, "stranger")

    assert stranger.get(ISSUES).status == 401
    assert [one.login for one in github.journal] == [None]


def test_locked_issue_takes_no_comment_of_a_job(github: Emulator, repository: Repository) -> None:
    """An installation may not comment on a locked issue."""
    github.world.token("job", permissions={"issues": "write"})
    repository.add_issue("one", locked=True)

    refused = Client(github.url, "job").post(f"{ISSUES}/1/comments", {"body": "late"})

    assert refused.status == 403


def test_journal_tells_every_request(github: Emulator, client: Client) -> None:
    """Operation, body, status and effect of each request are kept in order."""
    client.post(ISSUES, {"title": "late"})
    client.get(f"{ISSUES}/1")
    client.get(f"{ISSUES}/2")

    told = [(one.operation, one.status, one.committed) for one in github.journal]

    assert told == [
        ("issues/create", 201, True),
        ("issues/get", 200, False),
        ("issues/get", 404, False),
    ]
    assert [one.body for one in github.writes()] == [{"title": "late"}]
