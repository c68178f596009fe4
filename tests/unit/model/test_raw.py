"""Documents by kind and name, brought from one moment to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.raw import Documents

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = st.sampled_from(["a", "b", "c"])
File = tuple[str, list[dict[str, Any]]]


def document(name: str, aliases: Sequence[str]) -> dict[str, Any]:
    """A document of one kind."""
    metadata = {"name": name, "aliases": [*aliases]}
    return {"apiVersion": "roadgate/v1", "kind": "Metric", "metadata": metadata}


FILES = st.lists(
    st.tuples(
        st.sampled_from(["1.yaml", "2.yaml", "3.yaml"]),
        st.lists(st.builds(document, NAMES, st.lists(NAMES, max_size=2)), max_size=2),
    ),
    max_size=6,
)


def taken(documents: Documents, files: Sequence[File]) -> Documents:
    """The same documents, after these files were written one after the other."""
    for path, content in files:
        documents.replace(path, content)
    return documents


def told(documents: Documents) -> list[object]:
    """Everything that can be asked of documents."""
    names = sorted(documents.names("Metric"))
    found = [documents.find("Metric", name) for name in ("a", "b", "c")]
    return [documents.paths, names, *found, *(documents.named("Metric", each) for each in names)]


@given(FILES, FILES)
def test_a_copy_goes_its_own_way(before: list[File], after: list[File]) -> None:
    """It is what it would be had it been made from nothing, and leaves the first as it was."""
    first = taken(Documents(), before)
    was = told(first)

    second = taken(first.copy(), after)

    assert told(first) == was
    assert told(second) == told(taken(Documents(), [*before, *after]))
