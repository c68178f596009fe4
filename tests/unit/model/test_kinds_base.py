"""What all kinds share."""

from __future__ import annotations

from roadgate.model.kinds.base import Metadata


def test_which_fields_were_written_is_told_apart_and_kept_once() -> None:
    """Thousands of parts have the same fields; a part with others has its own, as has a copy."""
    one = Metadata.model_validate({"name": "a", "title": "A", "x-free": 1})
    other = Metadata.model_validate({"title": "B", "name": "b"})
    labelled = Metadata.model_validate({"name": "a", "title": "A", "labels": {}})

    assert one.model_fields_set == {"name", "title"}
    assert one.model_fields_set is other.model_fields_set
    assert labelled.model_fields_set == {"name", "title", "labels"}
    assert one.model_copy(update={"owner": "core"}).model_fields_set == {"name", "title", "owner"}
    assert other.model_fields_set == {"name", "title"}
    assert other.model_dump(exclude_unset=True) == {"name": "b", "title": "B"}
