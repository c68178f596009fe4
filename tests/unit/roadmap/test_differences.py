"""The fields in which two documents differ."""

from __future__ import annotations

from typing import Any

import pytest

from roadgate.roadmap.differences import differences


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3, "c": 2}}, [("a.b", "1", "3")]),
        ({"a": [1]}, {"a": [1, 2]}, [("a", "[1]", "[1, 2]")]),
        ({"a": None}, {}, []),
        ({"a": []}, {"a": None}, []),
        ({}, {"a": "x"}, [("a", None, "x")]),
        (
            {"a": [{"id": "x", "v": 1}, {"id": "y", "v": 2}]},
            {"a": [{"id": "y", "v": 3}, {"id": "x", "v": 1}]},
            [("a[y].v", "2", "3")],
        ),
        ({"a": [{"id": "x"}]}, {}, [("a[x]", "{id: x}", None)]),
        (
            {"a": [{"phase": "pilot", "v": 1}]},
            {"a": [{"phase": "pilot"}]},
            [("a[pilot].v", "1", None)],
        ),
        (
            {"a": [{"id": "x"}, {"id": "x"}]},
            {"a": [{"id": "x"}]},
            [("a", "[{id: x}, {id: x}]", "[{id: x}]")],
        ),
    ],
)
def test_each_field_that_differs_in_meaning_is_named(
    old: dict[str, Any], new: dict[str, Any], expected: list[Any]
) -> None:
    """Items with an id by it, other lists as a whole; order of keys and null do not count."""
    assert [(each.field, *each.texts) for each in differences(old, new)] == expected
