"""Where fields stand in a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.load.places import Locator, locate
from roadgate.model.field_path import join, split

TEXT = """\
# a comment
apiVersion: roadgate/v1
metadata:
  name: faster-ci
  owner:
  labels: {area: x, "a.b": y}
spec:
  evidence: [interviews-2026-01, tickets-2025-h2]
  problem: |
    Developers
    wait.

  successCriteria:
    - id: ci-duration
      target: "<= 5"

    - {id: felt, by: 2026-07-31}
  shared: &s {a: 1}
  again: *s
---
second: 2
"""


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("apiVersion", "roadgate/v1"),
        ("metadata.name", "faster-ci"),
        ("metadata.owner", "owner"),
        ("metadata.labels", '{area: x, "a.b": y}'),
        ('metadata.labels["a.b"]', "y"),
        ("spec.evidence", "[interviews-2026-01, tickets-2025-h2]"),
        ("spec.evidence[1]", "tickets-2025-h2"),
        ("spec.evidence[7]", "[interviews-2026-01, tickets-2025-h2]"),
        ("spec.problem", "|\n    Developers\n    wait."),
        ("spec.successCriteria[0].target", '"<= 5"'),
        ("spec.successCriteria[ci-duration].target", '"<= 5"'),
        ("spec.successCriteria[felt].by", "2026-07-31"),
        ("spec.successCriteria[felt].nothing.below", "{id: felt, by: 2026-07-31}"),
        ("spec.successCriteria[0]", 'id: ci-duration\n      target: "<= 5"'),
        ("spec.again", "*s"),
        ("spec.again.a", "*s"),
        ("metadata.name.deeper", "faster-ci"),
    ],
)
def test_finds_the_text_of_a_field(field: str, expected: str) -> None:
    """The span is the value's; where it is absent, that of its nearest ancestor that exists."""
    assert cut(TEXT, *locate(TEXT.encode(), 0, field)) == expected


def cut(text: str, line: int, column: int, end_line: int, end_column: int) -> str:
    """The text of a span."""
    lines = text.split("\n")[line - 1 : end_line]
    lines[-1] = lines[-1][: end_column - 1]
    lines[0] = lines[0][column - 1 :]
    return "\n".join(lines)


def test_counts_from_one_with_an_exclusive_end() -> None:
    """Lines and columns are those of an editor; the end is the first column after."""
    assert locate(TEXT.encode(), 0, "spec.evidence") == (8, 13, 8, 50)


def test_the_whole_document_stands_for_what_is_nowhere() -> None:
    """A field that has no ancestor is shown as its document."""
    assert locate(TEXT.encode(), 1, "metadata.name") == (21, 1, 21, 10)


def test_finds_documents_after_a_broken_one() -> None:
    """Documents keep their index, whatever became of those before them."""
    text = b"a: 1\n---\nb: [\n---\nc: 3\n"
    assert locate(text, 2, "c") == (5, 4, 5, 5)
    assert locate(text, 1, "b") == (1, 1, 1, 1)


def test_counts_characters_and_windows_line_ends() -> None:
    """Columns are characters, not bytes; a BOM has none."""
    text = "\ufeffä: 1\r\nü日: [ö, x]\r\n".encode()
    assert locate(text, 0, "ü日[1]") == (2, 9, 2, 10)


def test_a_file_that_is_no_text_has_one_place() -> None:
    """Where nothing can be read, the beginning of the file is shown."""
    span = Locator(b"\xff", "a.yaml").span(0, "spec")
    assert (span.path, span.line, span.column) == ("a.yaml", 1, 1)


@given(st.lists(st.text(min_size=1, max_size=6) | st.integers(0, 99999), min_size=1, max_size=5))
def test_paths_are_read_as_they_were_written(steps: list[str | int]) -> None:
    """A field path names its steps whatever characters keys have."""
    expected = [(str(step), isinstance(step, int)) for step in steps]
    assert list(split(join(steps))) == expected


keys = st.text("abc-$/_ .", min_size=1, max_size=5).filter(lambda key: key.strip() == key)


@given(st.dictionaries(keys, st.lists(st.integers(0, 999999), max_size=4), max_size=5))
def test_spans_hold_the_text_they_are_of(values: dict[str, list[int]]) -> None:
    """Cutting a span out of the text gives the value that stands there."""
    text = "".join(f'"{key}": {items}\n' for key, items in values.items())
    locator = Locator(text.encode(), "x")
    for key, items in values.items():
        for field, value in [([key], items), *(([key, n], each) for n, each in enumerate(items))]:
            span = locator.span(0, join(field))
            assert cut(text, span.line, span.column, span.end_line, span.end_column) == str(value)
