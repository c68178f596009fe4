"""Setting, inserting and appending in users' files: only what is meant to change changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.edit.fields import append_item, insert_field, set_scalar
from roadgate.edit.proof import applied
from roadgate.edit.splice import Refused, Splice, spliced
from roadgate.load.outline import outline

if TYPE_CHECKING:
    from roadgate.model.outline import Outline

TEXT = """\
# a header
apiVersion: roadgate/v1
metadata: {name: faster-ci, labels: {}}
spec:
  problem: |
    Developers
    wait.
  status: active     # as of May
  horizon: 'now'
  owner:
  evidence: [a, b]   # two
  goal: &g "daily"
  again: *g
  criteria:
  - id: one
    target: ">= 80"

  - {id: two}
# the end
---
second: 1
"""


def read(text: str) -> Outline:
    """The outline of a text that can be read."""
    found = outline(text)
    assert found is not None
    return found


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [each for each in old if each not in new], [each for each in new if each not in old]


@pytest.mark.parametrize(
    ("field", "value", "gone", "come"),
    [
        ("spec.status", "killed", "  status: active     # as of May",
         "  status: killed     # as of May"),
        ("spec.horizon", "later", "  horizon: 'now'", "  horizon: 'later'"),
        ("spec.horizon", 3, "  horizon: 'now'", "  horizon: 3"),
        ("spec.owner", "core", "  owner:", "  owner: core"),
        ("spec.evidence[1]", "c, d", "  evidence: [a, b]   # two",
         '  evidence: [a, "c, d"]   # two'),
        ("spec.again", "weekly", "  again: *g", "  again: weekly"),
        ("spec.criteria[one].target", ">= 90", '    target: ">= 80"', '    target: ">= 90"'),
        ("metadata.name", "no", "metadata: {name: faster-ci, labels: {}}",
         'metadata: {name: "no", labels: {}}'),
    ],
)  # fmt: skip
def test_setting_a_value_changes_its_characters_only(
    field: str, value: str | int, gone: str, come: str
) -> None:
    """Quotes, alignment and comments beside a value stay."""
    before = read(TEXT)

    after = applied(before, [set_scalar(before, 0, field, value)], outline)

    assert lines_changed(TEXT, after.text) == ([gone], [come])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("field", "value", "come"),
    [
        ("spec.learned", "ask first", ["  learned: ask first"]),
        ("spec.summary", "a: b", ['  summary: "a: b"']),
        ("metadata.owner", "core", ["metadata: {name: faster-ci, labels: {}, owner: core}"]),
        ("metadata.labels.area", "x", ["metadata: {name: faster-ci, labels: {area: x}}"]),
        ("spec.criteria[one].by", "2026-07-31", ["    by: 2026-07-31"]),
        ("spec.criteria[two].by", "2026-07-31", ["  - {id: two, by: 2026-07-31}"]),
        ("spec.owner.team", "core", ["    team: core"]),
        ("spec.rice", {"reach": 3, "of": ["a"]}, ["  rice:", "    reach: 3", "    of: [a]"]),
    ],
)
def test_a_field_is_inserted_in_the_style_around_it(
    field: str, value: str, come: list[str], newline: str
) -> None:
    """Block style gets a line of its own at the right indentation, flow style an entry."""
    before = read(TEXT.replace("\n", newline))

    after = applied(before, [insert_field(before, 0, field, value)], outline)

    assert lines_changed(before.text, after.text)[1] == come
    assert after.text.count("\n") == after.text.count(newline)


def test_a_field_goes_to_its_place_in_the_canonical_order() -> None:
    """Behind the last of those that come before it; in front when there is none."""
    before = read("spec:\n  horizon: now  # c\n  goal: x\n")
    order = ("problem", "horizon", "status", "goal")

    behind = applied(before, [set_scalar(before, 0, "spec.status", "active", order)], outline)
    first = applied(before, [set_scalar(before, 0, "spec.problem", "slow", order)], outline)

    assert behind.text == "spec:\n  horizon: now  # c\n  status: active\n  goal: x\n"
    assert first.text == "spec:\n  problem: slow\n  horizon: now  # c\n  goal: x\n"


@pytest.mark.parametrize(
    ("field", "value", "come"),
    [
        ("spec.evidence", "c", ["  evidence: [a, b, c]   # two"]),
        ("spec.criteria", {"id": "x", "metric": "m"}, ["  - id: x", "    metric: m"]),
        ("spec.personas", "dev", ["  personas: [dev]"]),
    ],
)
def test_an_item_is_appended_in_the_style_of_its_list(
    field: str, value: str, come: list[str]
) -> None:
    """Lists of one line grow on it, others by lines; a list that is missing is made."""
    before = read(TEXT)

    after = applied(before, [append_item(before, 0, field, value)], outline)

    assert lines_changed(TEXT, after.text)[1] == come


@pytest.mark.parametrize("text", ["a: |\n  x\n\n", "a: |+\n  x\n\n", "a: |-\n  x", "a: x", "a:"])
def test_a_field_is_inserted_behind_any_last_value(text: str) -> None:
    """Also behind block scalars that keep their line breaks, and without a last line break."""
    before = read(text)

    after = applied(before, [insert_field(before, 0, "b", "new")], outline)

    assert after.sections[0].data == {**dict(before.sections[0].data), "b": "new"}  # type: ignore[arg-type]


def test_later_documents_are_edited_too() -> None:
    """The document is chosen by its position in the file."""
    before = read(TEXT)

    after = applied(before, [set_scalar(before, 1, "second", 2)], outline)

    assert after.text == TEXT.replace("second: 1", "second: 2")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("a: &x now\nb: *x\n", "a"),  # would change b as well
        ("a: &x {c: 1}\nb: *x\n", "b.c"),  # is written elsewhere
        ("a: {b: 1}\n", "a"),  # more than a value
        ("a: 1\n", "b.c"),  # no such place
        ("a: !!int 1\n", "a"),  # the tag asks for a number
    ],
)
def test_what_would_change_more_is_refused(text: str, field: str) -> None:
    """Nothing is written that would change other values, or that cannot be placed."""
    before = read(text)

    with pytest.raises(Refused):
        applied(before, [set_scalar(before, 0, field, "later")], outline)


def test_changes_of_the_same_characters_are_refused() -> None:
    """Two right answers for one place are none."""
    with pytest.raises(Refused):
        spliced("abcdef", [Splice(1, 3, "x"), Splice(2, 4, "y")])
    assert spliced("abcdef", [Splice(1, 3, "x"), Splice(1, 3, "x")]) == "axdef"
