"""Answers of another shape than documented end the run with a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.forge import refusals, shapes
from roadgate.model.errors import EnvironmentProblem

ISSUE: dict[str, Any] = {"number": 1, "title": "t", "state": "open", "user": {"login": "me"}}


def test_a_deleted_account_is_a_ghost() -> None:
    """As GitHub shows it."""
    assert shapes.issue({**ISSUE, "user": None}).author == "ghost"


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "1"},
        {"number": True},
        {"title": None},
        {"state": "ajar"},
        {"user": "me"},
        {"body": 1},
        {"closed_at": "soon"},
        {"labels": [{"id": 1}]},
    ],
)
def test_an_issue_of_another_shape_is_refused(wrong: dict[str, Any]) -> None:
    """It is never read as something that it is not."""
    with pytest.raises(EnvironmentProblem, match="does not have the shape"):
        shapes.issue({**ISSUE, **wrong})


@pytest.mark.parametrize("data", [None, {}, "text", [1]])
def test_a_list_of_another_shape_is_refused(data: object) -> None:
    """An error page is no empty list."""
    with pytest.raises(EnvironmentProblem):
        shapes.items(data)


@pytest.mark.parametrize(
    ("status", "data", "headers", "wait"),
    [
        (403, {}, {"Retry-After": "7"}, 7.0),
        (429, {}, {}, 60.0),
        (403, {"message": "secondary rate limit"}, {}, 60.0),
        (403, {}, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "130"}, 31.0),
        (403, {}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "5"}, 1.0),
        (403, {"message": "Resource not accessible by integration"}, {}, None),
        (403, "not even JSON", {}, None),
        (500, {}, {"retry-after": "7"}, None),
    ],
)
def test_only_an_answer_about_limits_is_waited_for(
    status: int, data: object, headers: dict[str, str | int], wait: float | None
) -> None:
    """A missing permission does not come with time."""
    assert refusals.limit_wait(status, data, headers, 100.0) == wait


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/repos/a/b/issues/1", "issues: write"),
        ("/repos/a/issues/statuses/aa", "statuses: write"),
        ("/repos/a/b/pulls/7/reviews", "pull-requests: read"),
    ],
)
def test_a_missing_permission_is_named_as_a_workflow_writes_it(path: str, hint: str) -> None:
    """Whatever the repository is called."""
    assert hint in refusals.refused(path, 403, {"message": "no"}, None).hint


def test_an_unknown_refusal_quotes_github() -> None:
    """Cut to a line."""
    problem = refusals.refused("/repos/a/b/issues", 418, {"message": "tea\npot" * 99}, None)

    assert problem.message.startswith("GitHub refused (418): 'tea pottea")
    assert len(problem.message) < 250
