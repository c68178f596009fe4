"""Custom kinds in expressions: typed from their JSON Schema."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from roadgate.evaluate.cel import CompileError, EvaluationError
from roadgate.evaluate.environment import base_types, display_name
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.hints import reword
from roadgate.evaluate.vocabulary import OWN, Vocabulary, vocabulary
from roadgate.model.custom import CustomKind, CustomResource
from roadgate.model.resource import Resource
from roadgate.model.schemas.schema import Schema, address_of, digest_of
from roadgate.model.source import ResourceRef

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["kep-number", "title"],
    "properties": {
        "kep-number": {"type": "integer"},
        "title": {"type": "string"},
        "status": {"enum": ["draft", "accepted", None]},
        "stage": {"type": ["string", "null"]},
        "share": {"type": "number"},
        "done": {"type": "boolean"},
        "authors": {"type": "array", "items": {"type": "string"}},
        "gates": {"type": "array", "items": {"$ref": "#/$defs/gate"}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "owners": {"type": "object", "additionalProperties": {"$ref": "#/$defs/gate"}},
        "annotations": {"type": "object"},
        "either": {"type": ["string", "integer"]},
        "rows": {"type": "array", "items": {"type": "array"}},
        "in": {"type": "string"},
        "1st": {"type": "string"},
        "kepNumber": {"type": "string"},
        "parent": {"$ref": "#"},
        "source": {
            "oneOf": [
                {
                    "properties": {"kind": {"const": "http"}, "port": {"type": "integer"}},
                    "required": ["kind"],
                },
                {
                    "properties": {"kind": {"const": "file"}, "path": {"type": "string"}},
                    "required": ["kind"],
                },
            ]
        },
        "amount": {"anyOf": [{"type": "integer"}, {"type": "number"}]},
        "until": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
    "allOf": [{"properties": {"reviewer": {"type": "string"}}, "required": ["reviewer"]}],
    "if": {"properties": {"status": {"const": "accepted"}}},
    "then": {"properties": {"decided": {"type": "string"}}},
    "$defs": {
        "gate": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, "feature-gate": {"type": "string"}},
        }
    },
}
DATA: dict[str, Any] = {
    "kep-number": 1287,
    "title": "Resize",
    "status": "accepted",
    "share": Decimal("0.5"),
    "done": True,
    "authors": ["a", "b"],
    "gates": [{"name": "g", "feature-gate": "x"}],
    "labels": {"area": "node", "kep-number": "7"},
    "owners": {"node": {"name": "n"}},
    "annotations": {"x": {"y": [1]}},
    "either": "seven",
    "rows": [[1, 2]],
    "in": "i",
    "1st": "first",
    "kepNumber": "camel",
    "parent": {"kep-number": 3, "title": "T", "parent": {"title": "U"}},
    "source": {"kind": "file", "path": "p"},
    "amount": 3,
    "until": None,
    "reviewer": "r",
    "decided": "d",
}


def kind(schema: dict[str, Any], *, envelope: bool = False) -> CustomKind:
    """A custom kind with a schema of one document."""
    root = address_of("s.json")
    targets = {
        (root, steps): (root, tuple(node["$ref"][2:].split("/")) if node["$ref"] != "#" else ())
        for steps, node in _nodes(schema)
        if isinstance(node, dict) and "$ref" in node
    }
    found = Schema(root, digest_of({root: schema}), {root: schema}, targets)
    return CustomKind("KEP", "kep", ("keps/*",), "yaml", envelope, ("kep-number",), found)


def _nodes(node: Any, steps: tuple[str, ...] = ()) -> Any:
    yield steps, node
    children = node.items() if isinstance(node, dict) else ()
    children = enumerate(node) if isinstance(node, list) else children
    for step, each in children:
        yield from _nodes(each, (*steps, str(step)))


def words(schema: dict[str, Any] | None = None) -> Vocabulary:
    """A vocabulary with one custom kind."""
    return vocabulary({"KEP": kind(schema or SCHEMA)})


def value(expression: str, data: dict[str, Any] | None = None, **schema: Any) -> bool | str:
    """An expression's value on a document."""
    known = words(schema or None)
    environment = base_types().environment(
        {"resource": FieldType(known.type_of("KEP"))}, known.functions
    )
    ref = ResourceRef("KEP", "1287")
    body = CustomResource.named("KEP", "1287")
    resource = Resource("keps/1.yaml", 0, ref, body, DATA if data is None else data)
    activation = environment.activation({"resource": known.message(resource)})
    returns = "string" if expression.startswith("'") else "bool"
    return environment.compile(expression, returns).evaluate(activation)


def wrong(expression: str) -> list[tuple[int, str]]:
    """What does not compile, with its place."""
    known = words()
    names = {"resource": FieldType(known.type_of("KEP"))}
    with pytest.raises(CompileError) as caught:
        base_types().environment(names, known.functions).compile(expression, "bool")
    fields = base_types().fields
    return [(each.start, reword(each.message, fields, names)) for each in caught.value.problems]


@pytest.mark.parametrize(
    "expression",
    [
        "resource.title == 'Resize' && resource.share == 0.5 && resource.done",
        "resource['kep-number'] == 1287 && resource.kep_number == 1287",
        "resource.kepNumber == 'camel' && resource['kepNumber'] == 'camel'",
        "resource['in'] == 'i' && resource.in_ == 'i' && resource['1st'] == 'first'",
        "has(resource['kep-number']) && !has(resource.stage) && has(resource['in'])",
        "resource.authors.size() == 2 && 'a' in resource.authors",
        "resource.gates.all(g, has(g['feature-gate']) && g['feature-gate'] == 'x')",
        "resource.gates.exists(g, g.name == 'g')",
        "resource.labels.area == 'node' && resource.labels['kep-number'] == '7'",
        "resource.owners['node'].name == 'n' && 'area' in resource.labels",
        "resource.annotations.x.y[0] == 1.0",
        "resource.either == 'seven' && resource.rows[0][1] == 2.0",
        "resource.parent.parent.title == 'U' && !has(resource.parent.parent.parent)",
        "resource.source.kind == 'file' && resource.source.path == 'p'",
        "has(resource.source.path) && !has(resource.source.port)",
        "resource.amount == 3.0 && !has(resource.until) && resource.reviewer == 'r'",
        "resource.decided == 'd'",
        "resource[\n  'kep-number'\n] == 1287",
        "[resource].all(x, x['kep-number'] == 1287 && has(x['kep-number']))",
    ],
)
def test_what_documents_say(expression: str) -> None:
    """Fields of every shape are read as they were written."""
    assert value(expression) is True


@pytest.mark.parametrize(
    ("expression", "problems"),
    [
        ("resource.titel == 'x'", [(9, "no field 'titel' on KEP; did you mean 'title'?")]),
        (
            "resource['kep-numbr'] == 3",
            [(9, "no field 'kep-numbr' on KEP; did you mean 'kep-number'?")],
        ),
        (
            "resource.title == 'x' && has(resource['kep-numbr'])",
            [(38, "no field 'kep-numbr' on KEP; did you mean 'kep-number'?")],
        ),
        (
            "resource.gates.all(g, g['feature-gat'] == 'x')",
            [(24, "no field 'feature-gat' on KEP.gates; did you mean 'feature-gate'?")],
        ),
        (
            "resource.source.prot == 1",
            [(16, "no field 'prot' on KEP.source; did you mean 'port'?")],
        ),
        (
            "resource['kep-number'] == 'x'",
            [
                (
                    23,
                    (
                        "'==' does not take (int, string); a number stands without "
                        "quotes, a duration as its number of days"
                    ),
                )
            ],
        ),
        (
            "resource.authors == 'x'",
            [
                (
                    17,
                    (
                        "'==' does not take (list(string), string); ask whether a list "
                        "holds something with 'in': 'x' in list"
                    ),
                )
            ],
        ),
    ],
)
def test_what_does_not_compile(expression: str, problems: list[tuple[int, str]]) -> None:
    """A misspelt field or a wrong type is told where it stands, by the name that was meant."""
    assert wrong(expression) == problems


def test_names_of_every_sort() -> None:
    """Fields whose names differ by little, or have no letter that CEL takes, are told apart."""
    texts = ["a b", "a.b", "a_b", "aB", "状態", "名前", 'q"', "", "1", "in"]
    properties = {each: {"type": "string"} for each in texts}
    maps = {"m_x": {"additionalProperties": {"type": "string"}}}
    schema = {"properties": {**properties, **maps, "mX": maps["m_x"]}}
    data = {**{each: each for each in texts}, "m_x": {"k": "1"}, "mX": {"k": "2"}}
    told = " && ".join(
        f"resource['{each}'] == '{each}'" for each in texts if each not in ('q"', "")
    )
    assert value(f"{told} && resource.a_b == 'a_b' && resource.aB == 'aB'", data, **schema) is True
    assert value("resource.mX.k == '2' && resource['m_x'].k == '1'", data, **schema) is True


def test_has_of_a_key_of_a_map_is_no_field() -> None:
    """``has()`` of a map's entry is refused, and never false by mistake."""
    ((_, message),) = wrong("has(resource.labels['kep-number'])")
    assert "field selection" in message


@pytest.mark.parametrize(
    "expression",
    ["resource.share > 0.0", "resource.title.size() > 0", "resource.labels['none'] == 'x'"],
)
def test_what_is_absent_never_passes(expression: str) -> None:
    """An absent field is an error where it is used."""
    with pytest.raises(EvaluationError):
        value(expression, {"kep-number": 1})


def test_a_number_that_does_not_fit() -> None:
    """A whole number beyond 64 bits has no message."""
    with pytest.raises(ValueError, match="range"):
        value("resource['kep-number'] == 1", {"kep-number": 1 << 70})


@pytest.mark.parametrize(
    "schema",
    [{"type": "object"}, {"oneOf": [{"type": "object"}]}, {"$ref": "#"}, {"type": "array"}],
)
def test_schemas_that_name_no_field(schema: dict[str, Any]) -> None:
    """Where a schema names no fields, none can be asked for."""
    known = words(schema)
    environment = base_types().environment({"resource": FieldType(known.type_of("KEP"))})
    with pytest.raises(CompileError, match="undefined field"):
        environment.compile("resource.title == 'x'", "bool")


def test_lists_and_functions_of_the_kind() -> None:
    """The roadmap lists custom kinds by their name, and each is looked up by a function."""
    known = words()
    names = {"roadmap": FieldType(known.roadmap)}
    environment = base_types().environment(names, known.functions)
    environment.compile("roadmap.KEP.exists(k, k['kep-number'] == 3)", "bool")
    environment.compile("KEP('1287').parent['kep-number'] == 3", "bool")
    with pytest.raises(CompileError, match="titel"):
        environment.compile("KEP('1287').titel == 'x'", "bool")


def test_equal_schemas_have_one_vocabulary() -> None:
    """Two definitions that say the same make the same types; another schema makes others."""
    assert vocabulary({}) is OWN
    assert words().types == words().types
    other = {**SCHEMA, "properties": {**SCHEMA["properties"], "more": {}}}
    assert words().types != words(other).types
    assert display_name(f"roadgate.{words().type_of('KEP')}") == "KEP"
