"""Changes as policies see them."""

from __future__ import annotations

from datetime import date

import pytest

from roadgate.evaluate.changes import change_message, what
from roadgate.model.change import Context, ResourceChange, Review
from roadgate.model.source import ResourceRef

CHANGE = ResourceChange("changed", ResourceRef("Initiative", "faster-ci"), "a.yaml", "a.yaml")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("spec.successCriteria[ci-duration].target", "the target of ci-duration"),
        ("spec.successCriteria[ci-duration].by", "the deadline of ci-duration"),
        ("spec.successCriteria[ci-duration]", "the criterion ci-duration"),
        ("spec.killThresholds[no-movement]", "the threshold no-movement"),
        ("spec.killThresholds[no-movement].baseline.value", "the baseline.value of no-movement"),
        ("spec.committed", "the commitment date"),
        ("spec.unit", "the unit"),
        ("", "the whole"),
    ],
)
def test_fields_in_words(path: str, words: str) -> None:
    """A path is told in the words of people."""
    assert what(path) == words


def test_approvals() -> None:
    """Of each person the last review of this head counts; authors and comments do not."""
    day = date(2026, 7, 1)
    context = Context(
        pull_request=7,
        base="b",
        head="h",
        author="example-pm",
        reviews=(
            Review("example-vp", "approved", "h", day),
            Review("example-vp", "commented", "h", day),
            Review("example-eng", "approved", "h", day),
            Review("Example-Eng", "changes-requested", "h", day),
            Review("example-ux", "approved", "older", day),
            Review("Example-PM", "approved", "h", day),
        ),
    )
    message = change_message(CHANGE, context)
    assert list(message.approvals) == ["example-vp"]  # type: ignore[attr-defined] # made in memory


def test_without_context() -> None:
    """Without a context the author is unknown: it is not set."""
    assert not change_message(CHANGE, None).HasField("author")
