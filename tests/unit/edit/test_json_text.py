"""Entries for an editor's settings, which are JSON with comments."""

from __future__ import annotations

import pytest

from roadgate.edit.json_text import with_entries
from roadgate.edit.splice import Refused
from roadgate.load.outline import outline

WANTED = {"y": {"a": ["x", "z"], "b": "w"}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{"y": {"a": ["x", "z"], "b": "w"}}'),
        (
            '{\n\t"t": 2, // 2\n\t/* a */ "ü": "\\//",\n}\n',
            '{\n\t"t": 2, // 2\n\t/* a */ "ü": "\\//",\n\t"y": {"a": ["x", "z"], "b": "w"}\n}\n',
        ),
        (
            '{\n  "y": {"a": ["x"], "c": 1} // m\n}\n',
            '{\n  "y": {"a": ["x", "z"], "c": 1, "b": "w"} // m\n}\n',
        ),
        ('{"y": false}', '{"y": false}'),
    ],
)
def test_what_is_missing_is_added(before: str, after: str) -> None:
    """On lines of its own where the others have theirs; comments, tabs and commas stay."""
    assert with_entries(before, WANTED, outline) == after
    assert with_entries(after, WANTED, outline) == after


@pytest.mark.parametrize("text", ["", "[]", "{", "a: b", '{"a": 1}{"b": 2}'])
def test_what_is_no_settings_is_refused(text: str) -> None:
    """A file that cannot be read is left to its owner."""
    with pytest.raises(Refused):
        with_entries(text, WANTED, outline)
