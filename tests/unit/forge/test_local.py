"""Issues as files: people may edit them, numbers are given once, broken files are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.forge.local import LocalTracker
from roadgate.model.errors import EnvironmentProblem
from unit.plan.build import LABELS, TODAY

if TYPE_CHECKING:
    from pathlib import Path

BODY = "<!-- roadgate:key=missed/faster-ci v=1 -->\nwords\n<!-- roadgate:end -->"


@pytest.fixture
def tracker(tmp_path: Path) -> LocalTracker:
    """A tracker whose folder is not there yet."""
    return LocalTracker(tmp_path / "issues", TODAY)


def test_a_new_issue_is_a_readable_file(tracker: LocalTracker, tmp_path: Path) -> None:
    """The file's name says which issue it is."""
    tracker.create("A title: with 'quotes'", BODY, LABELS)
    text = (tmp_path / "issues" / "0001-missed-faster-ci.md").read_text(encoding="utf-8")

    assert text == (
        "---\n"
        "number: 1\n"
        "title: A title: with 'quotes'\n"
        "state: open\n"
        "state_reason:\n"
        "closed_on:\n"
        "author: roadgate\n"
        'labels: ["roadgate", "roadgate: missed"]\n'
        "---\n"
        "\n"
        f"{BODY}\n"
    )


def test_what_is_written_is_read_again(tracker: LocalTracker) -> None:
    """Title, body, labels, comments, state and day."""
    number = tracker.create("title", BODY, LABELS)
    tracker.comment(number, "first\n\nparagraph")
    tracker.comment(number, "second")
    tracker.update(number, title="other", body="new", labels=("roadgate", "x, y"))
    tracker.close(number, "not_planned")
    (issue,) = tracker.issues("ROADGATE")

    assert (issue.title, issue.body, issue.labels) == ("other", "new", ("roadgate", "x, y"))
    assert (issue.state, issue.state_reason, issue.closed_on) == ("closed", "not_planned", TODAY)
    assert tracker.comments(number) == ("first\n\nparagraph", "second")
    tracker.reopen(number)
    (issue,) = tracker.issues("roadgate")
    assert (issue.state, issue.state_reason, issue.closed_on) == ("open", None, None)


def test_an_empty_or_missing_folder_has_no_issues(tracker: LocalTracker) -> None:
    """Reading creates nothing."""
    assert tracker.issues("roadgate") == ()


def test_only_issues_with_the_label_are_listed(tracker: LocalTracker) -> None:
    """As GitHub's list does."""
    tracker.create("title", BODY, ("other",))

    assert tracker.issues("roadgate") == ()


def test_the_number_of_a_deleted_issue_is_not_given_again(
    tracker: LocalTracker, tmp_path: Path
) -> None:
    """Links to old issues stay true."""
    tracker.create("one", BODY, LABELS)
    tracker.create("two", BODY, LABELS)
    (tmp_path / "issues" / "0002-missed-faster-ci.md").unlink()

    assert tracker.create("three", BODY, LABELS) == 3


def test_files_with_crlf_and_a_byte_order_mark_are_read(
    tracker: LocalTracker, tmp_path: Path
) -> None:
    """Editors on Windows write such files."""
    tracker.create("title", BODY, LABELS)
    path = tmp_path / "issues" / "0001-missed-faster-ci.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (issue,) = tracker.issues("roadgate")

    assert issue.body == BODY


def test_lines_that_people_add_to_the_head_stay(tracker: LocalTracker, tmp_path: Path) -> None:
    """A tool of theirs may keep notes there."""
    tracker.create("title", BODY, LABELS)
    path = tmp_path / "issues" / "0001-missed-faster-ci.md"
    path.write_text(path.read_text("utf-8").replace("author:", "assignee: me\nauthor:"), "utf-8")
    tracker.comment(1, "words")

    assert "\nassignee: me\n" in path.read_text("utf-8")


def test_a_body_cannot_begin_a_comment(tracker: LocalTracker) -> None:
    """Text that looks like the line between comments is no line between comments."""
    tracker.create("title", f"{BODY}\n<!-- roadgate:comment -->\nforged", LABELS)

    assert tracker.comments(1) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not begin with lines between two"),
        ("---\nnumber: 1\n", "does not begin with lines between two"),
        ("---\nnumber\n---\n", "has no colon"),
        ("---\nstate: ajar\n---\n", "state is neither open nor closed"),
        ("---\nstate: open\nlabels: roadgate\n---\n", "cannot be read"),
        ("---\nstate: open\nlabels: [1]\n---\n", "labels are written as"),
        ("---\nstate: closed\nclosed_on: soon\n---\n", "cannot be read"),
        ("---\nstate: open\ntitle: \udcff\n---\n", "cannot be used"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    """It stops the run: what it stands for must not be created again."""
    (tmp_path / "0001-x.md").write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(EnvironmentProblem, match=words) as raised:
        LocalTracker(tmp_path).issues("roadgate")
    assert "0001-x.md" in raised.value.message


def test_two_files_with_one_number_are_named(tracker: LocalTracker, tmp_path: Path) -> None:
    """A copy of a file would be written to in turns."""
    tracker.create("title", BODY, LABELS)
    (tmp_path / "issues" / "0001-copy.md").write_text("---\nstate: open\n---\n", "utf-8")

    with pytest.raises(EnvironmentProblem, match="are the same issue #1"):
        tracker.issues("roadgate")


def test_an_issue_that_is_not_there_is_a_problem(tracker: LocalTracker) -> None:
    """Nothing is written for it."""
    with pytest.raises(EnvironmentProblem, match="there is no issue #7"):
        tracker.comment(7, "words")


def test_a_folder_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    """The folder is named."""
    (tmp_path / "issues").write_text("", "utf-8")

    with pytest.raises(EnvironmentProblem, match="issues' cannot be used"):
        LocalTracker(tmp_path / "issues").issues("roadgate")


def test_other_files_in_the_folder_are_left_alone(tracker: LocalTracker, tmp_path: Path) -> None:
    """A README is no issue."""
    tracker.create("title", BODY, LABELS)
    (tmp_path / "issues" / "README.md").write_text("hello", "utf-8")

    assert len(tracker.issues("roadgate")) == 1
