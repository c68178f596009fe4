"""The context file: what is taken, and what is refused with the key that is wrong."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.model.change import Context, Review
from roadgate.model.errors import ExitCode, UsageError
from roadgate.pipeline.context import parse_context, read_context

if TYPE_CHECKING:
    from pathlib import Path

SHA = "ab" * 20
BASE = "cd" * 20
REVIEW = {"by": "example-vp", "state": "approved", "commit": SHA, "date": "2026-06-19"}
FULL: dict[str, Any] = {
    "version": 1,
    "pullRequest": 7,
    "base": BASE,
    "head": SHA,
    "author": "example-pm",
    "authors": ["example-pm"],
    "reviews": [REVIEW],
    "teams": {"product-leads": ["example-vp"]},
}


def test_every_part_is_read() -> None:
    """As the action writes it."""
    assert parse_context(json.dumps(FULL).encode()) == Context(
        pull_request=7,
        base=BASE,
        head=SHA,
        author="example-pm",
        authors=("example-pm",),
        reviews=(Review("example-vp", "approved", SHA, date(2026, 6, 19)),),
        teams={"product-leads": ("example-vp",)},
    )


def test_authors_and_teams_may_be_missing() -> None:
    """And a pull request without reviews has an empty list."""
    short = {key: FULL[key] for key in ("version", "pullRequest", "base", "head", "author")}

    found = parse_context(json.dumps({**short, "reviews": []}).encode())

    assert (found.authors, found.reviews, found.teams, found.evaluated) == ((), (), {}, None)


def test_a_merge_queue_names_what_it_evaluates() -> None:
    """The commit on top of the head."""
    assert parse_context(json.dumps({**FULL, "evaluated": BASE}).encode()).evaluated == BASE


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"version": 2}, "version"),
        ({"version": True}, "version"),
        ({"version": "1"}, "version"),
        ({"extra": 1}, "extra"),
        ({"pullRequest": "7"}, "pullRequest"),
        ({"base": "main"}, "base"),
        ({"head": 7}, "head"),
        ({"author": ""}, "author"),
        ({"author": None}, "author"),
        ({"authors": "example-pm"}, "authors"),
        ({"authors": [1]}, "authors[0]"),
        ({"reviews": {}}, "reviews"),
        ({"reviews": None}, "reviews"),
        ({"reviews": ["x"]}, "reviews[0]"),
        ({"reviews": [{**REVIEW, "state": "APPROVED"}]}, "reviews[0].state"),
        ({"reviews": [{**REVIEW, "commit": None}]}, "reviews[0].commit"),
        ({"reviews": [{**REVIEW, "date": "19 June"}]}, "reviews[0].date"),
        ({"reviews": [{**REVIEW, "on": 1}]}, "on"),
        ({"reviews": [{"by": "x"}]}, "reviews[0].state"),
        ({"teams": ["x"]}, "teams"),
        ({"teams": {"leads": "x"}}, "teams.leads"),
        ({"evaluated": "HEAD"}, "evaluated"),
    ],
)
def test_what_has_no_meaning_is_refused_by_its_key(changes: dict[str, Any], key: str) -> None:
    """It never reads as "no approvals"."""
    with pytest.raises(UsageError) as refused:
        parse_context(json.dumps({**FULL, **changes}).encode())

    assert f"'{key}'" in refused.value.message
    assert refused.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("key", ["version", "base", "head", "author", "reviews"])
def test_a_part_that_is_missing_is_named(key: str) -> None:
    """The file is not guessed at."""
    with pytest.raises(UsageError, match=f"'{key}' is missing"):
        parse_context(json.dumps({each: FULL[each] for each in FULL if each != key}).encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "the whole has no fields"),
        (b'{"version": 1, "version": 1}', "twice"),
        (b" " * (4 * 1024 * 1024 + 1), "larger"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, words: str) -> None:
    """In one line, with exit code 2."""
    with pytest.raises(UsageError, match=words):
        parse_context(content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(UsageError, match="no-such"):
        read_context(tmp_path / "no-such.json")


def test_a_file_is_read(tmp_path: Path) -> None:
    """From where the action put it."""
    (tmp_path / "context.json").write_text(json.dumps(FULL), encoding="utf-8")

    assert read_context(tmp_path / "context.json").author == "example-pm"
