"""What a schema refuses, as it is said to somebody who edits the file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.model.schemas.engine import draft_violations, problem, takes_no_more, violations
from roadgate.model.schemas.schema import DRAFTS, Schema, address_of, digest_of, draft_of
from roadgate.model.schemas.words import Complaint, Speaker


def schema(document: Any) -> Schema:
    """A schema of one document, with the references within it followed."""
    address = address_of("schemas/a b.json")
    documents = {address: {**document, "$id": address}}
    targets = {
        (address, steps): (address, tuple(str(node["$ref"])[2:].split("/")))
        for steps, node in _nodes(document)
        if isinstance(node, dict) and "$ref" in node
    }
    return Schema(address, digest_of(documents), documents, targets)


def _nodes(node: Any, steps: tuple[str, ...] = ()) -> Any:
    yield steps, node
    children = node.items() if isinstance(node, dict) else ()
    children = enumerate(node) if isinstance(node, list) else children
    for step, each in children:
        yield from _nodes(each, (*steps, str(step)))


def told(document: Any, value: Any) -> list[Complaint]:
    """Everything that is said about a value."""
    found = schema(document)
    return Speaker(found, "KEP").complaints(violations(found, value))


def said(document: Any, value: Any) -> list[tuple[str, str]]:
    """Messages with their fixes."""
    return [(each.message, each.fix) for each in told(document, value)]


FIELD = {"status": {"enum": ["draft", "accepted", "withdrawn"]}}


@pytest.mark.parametrize(
    ("field", "value", "message", "fix"),
    [
        (
            {"type": "string"},
            Decimal("1.20"),
            "'a' is '1.20' instead of a text",
            'put it in quotes: "1.20"',
        ),
        (
            {"type": ["integer", "null"]},
            "7",
            "'a' is '7' instead of a whole number or nothing",
            "write a whole number, without quotes",
        ),
        (
            {"enum": ["draft", "accepted"]},
            "acepted",
            "'acepted' is no value of 'a'",
            "did you mean 'accepted'? write one of draft, accepted",
        ),
        ({"const": 1}, 2, "'2' is no value of 'a'", "write 1"),
        (
            {"format": "date"},
            "2026-02-30",
            "'a': '2026-02-30' is no date",
            "write a date as YYYY-MM-DD",
        ),
        (
            {"pattern": "^v1", "examples": ["v1.30"]},
            "1.30",
            "'a': '1.30' is not of the form '^v1'",
            "write it like 'v1.30'",
        ),
        (
            {"pattern": "^v1", "description": "The release.\nMore."},
            "1.30",
            "'a': '1.30' is not of the form '^v1'",
            "The release",
        ),
        (
            {"pattern": "^@"},
            "alice",
            "'a': 'alice' is not of the form '^@'",
            "begin it with '@'",
        ),
        (
            {"pattern": "^[a-z]+[0-9]$"},
            "A",
            "'a': 'A' is not of the form '^[a-z]+[0-9]$'",
            "write it in that form; examples in the schema would show how",
        ),
        ({"minLength": 1}, "", "'a' is empty", "write at least one character"),
        ({"minItems": 2}, [1], "'a' has fewer than 2 entries", "write at least 2"),
        ({"minimum": 3}, 2, "'a' is less than 3", "write 3 or more"),
        ({"exclusiveMaximum": 3}, 3, "'a' is not below 3", "write less than 3"),
        ({"multipleOf": 5}, 7, "'a' is no multiple of 5", "write a multiple of 5"),
        (False, 1, "'a' may not be there", "delete it"),
        ({"contains": {"const": "x"}}, [], "'a' lacks an entry that it needs", "add it"),
        (
            {"not": {"const": "none"}},
            "none",
            "'a' is 'none', which its schema excludes",
            "write another value",
        ),
        ({"maxItems": 1}, [1, 2], "'a' has more than 1 entries", "shorten it"),
    ],
)
def test_sentences(field: Any, value: Any, message: str, fix: str) -> None:
    """Each keyword has a sentence that says what is wrong and one that says what to write."""
    assert said({"properties": {"a": field}}, {"a": value}) == [(message, fix)]


def test_a_misspelt_name_is_one_mistake() -> None:
    """A required field that is only misspelt is not missing besides."""
    document = {"properties": FIELD, "required": ["status"], "additionalProperties": False}
    (complaint,) = told(document, {"stauts": "draft"})
    assert (complaint.message, complaint.fix) == (
        "'stauts' is no field of KEP",
        "did you mean 'status'?",
    )
    assert complaint.path == ("stauts",)
    assert complaint.is_key


def test_a_missing_field_teaches_what_it_is_for() -> None:
    """The schema's description says what to add."""
    document = {
        "properties": {"owner": {"description": "Who answers for it."}},
        "required": ["owner"],
    }
    assert said(document, {}) == [("'owner' is missing", "add 'owner': who answers for it")]


SHAPES = {
    "oneOf": [
        {
            "properties": {"kind": {"const": "http"}, "port": {"type": "integer"}},
            "required": ["kind", "port"],
        },
        {
            "properties": {"kind": {"const": "file"}, "path": {"type": "string"}},
            "required": ["kind", "path"],
            "additionalProperties": False,
        },
    ]
}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"kind": "http", "port": "x"}, "'source.port' is 'x' instead of a whole number"),
        ({"kind": "file"}, "'source.path' is missing"),
        ({"kind": "file", "path": "x", "pth": 1}, "'pth' is no field of 'source' in KEP"),
        ({"kind": "htp"}, "'htp' is no value of 'source.kind'"),
        (3, "'source' is '3' instead of fields of its own"),
    ],
)
def test_of_alternatives_the_one_that_was_meant(value: Any, message: str) -> None:
    """A field that tells alternatives apart leads to the cause, however deep it lies."""
    shapes = {"oneOf": [{"type": "object", **each} for each in SHAPES["oneOf"]]}
    referred = {
        "properties": {"source": {"$ref": "#/$defs/source"}},
        "$defs": {"source": shapes},
    }
    assert [each[0] for each in said(referred, {"source": value})] == [message]


def test_alternatives_of_one_sort_are_told_as_one() -> None:
    """Types, values and missing fields of several alternatives are merged into one sentence."""
    types = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    values = {"oneOf": [{"const": "a"}, {"enum": ["b", "c"]}]}
    fields = {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    assert said(types, 3) == [
        (
            "the document is '3' instead of a text or a list",
            'put it in quotes: "3"',
        )
    ]
    assert said(values, "d") == [("'d' is no value of the document", "write one of a, b, c")]
    assert said(fields, {}) == [("one of 'a', 'b' is missing", "add one of a, b")]
    assert said(types, ["x", 3])[0][0] == "'[1]' is '3' instead of a text"


def test_forms_that_exclude_one_another() -> None:
    """Where more than one alternative holds, none of them is to blame."""
    document = {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
    assert said(document, {"a": 1, "b": 2}) == [
        (
            "the document fits 2 forms that exclude one another",
            "keep what belongs to one of them",
        )
    ]


def test_names_and_repetitions() -> None:
    """Wrong names point to the name, repetitions to the second of two."""
    (wrong,) = told({"propertyNames": {"pattern": "^[a-z]+$"}}, {"A b": 1})
    assert (wrong.message, wrong.path, wrong.is_key) == (
        "'A b' cannot be a name in the document",
        ("A b",),
        True,
    )
    (twice,) = told({"properties": {"a": {"uniqueItems": True}}}, {"a": ["x", "y", "x"]})
    assert (twice.message, twice.path) == ("'a' lists 'x' twice", ("a", 2))


def test_every_draft_has_its_schema_of_schemas() -> None:
    """A schema that is none is refused by whatever draft it names."""
    for draft in DRAFTS:
        (found,) = draft_violations({"type": "strng"}, draft)
        assert found.path == ("type",)
        assert draft_violations({"type": "string"}, draft) == []


@pytest.mark.parametrize(
    ("named", "draft"),
    [
        ("https://json-schema.org/draft/2020-12/schema", "2020-12"),
        ("http://json-schema.org/draft-07/schema#", "07"),
        ("https://json-schema.org/draft-04/schema", "04"),
        ("https://example.com/schema", None),
        (7, None),
    ],
)
def test_drafts(named: object, draft: str | None) -> None:
    """The draft is what ``$schema`` names; the latest where it names none."""
    assert draft_of({"$schema": named}) == draft
    assert draft_of({}) == "2020-12"


def test_what_takes_more_time_than_the_text_is_long_is_refused() -> None:
    """Look-around is no part of the patterns that are taken."""
    assert problem(schema({"pattern": "(a+)+$"})) is None
    assert problem(schema({"properties": {"a": {"pattern": "(?=a)b"}}})) is not None


def test_a_schema_that_takes_no_more() -> None:
    """A schema is at least as strict where it takes nothing that the other refused."""
    loose = schema({"type": "object", "properties": FIELD})
    strict = schema({"type": "object", "properties": FIELD, "required": ["status"]})
    assert takes_no_more(loose, strict)
    assert takes_no_more(loose, loose)
    assert not takes_no_more(strict, loose)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(JSON)
def test_whatever_is_refused_is_told(value: Any) -> None:
    """A value that breaks a schema has at least one complaint, one that meets it has none."""
    document = {"type": "object", "anyOf": [{"required": ["a"]}, SHAPES], "maxProperties": 2}
    found = schema(document)
    assert bool(violations(found, value)) == bool(told(document, value))
