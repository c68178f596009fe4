"""JSON files: data, places, and what is wrong with a text."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.load.json_places import JsonProblem, scan
from roadgate.load.json_text import parse
from roadgate.load.limits import DEFAULT
from roadgate.load.places import Locator


def test_data() -> None:
    """Numbers are exact, and a byte order mark is no character."""
    documents, findings = parse(b'\xef\xbb\xbf{"a": [1, 1.50, true, null, "x"]}', "a.json", DEFAULT)
    assert findings == []
    assert documents[0].data == {"a": [1, Decimal("1.50"), True, None, "x"]}


@pytest.mark.parametrize(
    ("text", "code", "message", "place"),
    [
        ('{"a":1,}', "RG001", "a name in double quotes is missing", (1, 8)),
        ('{"a":1\r\n "b":2}', "RG001", "',' is missing", (2, 2)),
        ("{'a':1}", "RG001", "a text stands in single quotes", (1, 2)),
        ('{"a": yes}', "RG001", "'yes' is no value", (1, 7)),
        ('{"a": [1,]}', "RG001", "a value is missing before ']'", (1, 10)),
        ('{"a" 1}', "RG001", "':' is missing", (1, 6)),
        ('{"a":1} x', "RG001", "text follows the end of the document", (1, 9)),
        ("", "RG001", "a value is missing", (1, 1)),
        ("// c\n{}", "RG001", "JSON has no comments", (1, 1)),
        ('{"a": @}', "RG001", "'@' begins no value", (1, 7)),
        ('{"a":"x\ny"}', "RG001", "a text is not closed, or has a wrong escape", (1, 6)),
        ('{"a":1,\n"a":2}', "RG004", "'a' is written twice", (2, 1)),
        ('{"a":NaN}', "RG001", "'NaN' is no value", (1, 6)),
        ('{"a":1e99999}', "RG005", "the exponent of '1e99999' is out of range", (1, 6)),
        ('{"a":"\\ud800"}', "RG002", "a text has a U+D800 character", (1, 6)),
        ('{"\\u0000":1}', "RG002", "a text has a NUL character", (1, 2)),
        ("[1]", "RG009", "the document has no fields", (1, 1)),
        ('{"a":' + "[" * 70 + "]" * 70 + "}", "RG003", "64 levels", (1, 69)),
        ('{"a":' + "[" * 200_000, "RG003", "64 levels", (1, 69)),
    ],
)
def test_what_is_wrong(text: str, code: str, message: str, place: tuple[int, int]) -> None:
    """Each mistake is told at its place."""
    documents, (finding,) = parse(text.encode(), "a.json", DEFAULT)
    assert documents == []
    assert finding.id == code
    assert message in finding.message
    assert finding.fix
    assert finding.location is not None
    assert (finding.location.line, finding.location.column) == place


def test_places() -> None:
    """A field of a JSON file is found as one of a YAML file is."""
    content = b'{\n  "a": {"b": [1, {"id": "x", "c": "d"}]}\n}\n'
    locator = Locator(content, "a.json", "json")
    assert (locator.span(0, "a.b[1].c").line, locator.span(0, "a.b[1].c").column) == (2, 35)
    assert locator.span(0, "a.b[x].c") == locator.span(0, "a.b[1].c")
    assert locator.key(0, "a.b").column == 9


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(exclude_categories=["C", "Z"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc"), VALUES, max_size=3), st.sampled_from([None, 1, "\t"]))
def test_both_readings_agree(value: Any, indent: Any) -> None:
    """The quick reading and the one that knows places read the same data."""
    text = json.dumps(value, indent=indent)
    documents, findings = parse(text.encode(), "a.json", DEFAULT)
    assert findings == []
    assert documents[0].data == value == scan(text, DEFAULT.nesting)[0]


@given(st.text('{}[],:"\\ au0e-.1tn', max_size=12))
def test_no_text_is_read_that_json_does_not_know(text: str) -> None:
    """The slow reading takes exactly what the standard library takes, but for odd values."""
    try:
        scan(text, DEFAULT.nesting)
    except JsonProblem as problem:
        if problem.code == "RG001":
            assert not _is_json(text)
    else:
        json.loads(text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError:
        return False
    return True


def _refuse(name: str) -> None:
    raise ValueError(name)
