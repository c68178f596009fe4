"""The parameters of policies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.parameters import field_types, schema_problem, type_name, value_problem
from roadgate.model.kinds.policy import Params

PARAMS = Params.model_validate(
    {
        "schema": {
            "type": "object",
            "required": ["most"],
            "properties": {
                "most": {"type": "integer"},
                "share": {"type": "number"},
                "on": {"type": "boolean"},
                "word": {"type": "string"},
                "words": {"type": "array", "items": {"type": "string"}},
                "more": {"type": "object"},
                "either": {"type": ["string", "integer"]},
                "any": {},
                "lists": {"type": "array", "items": {"type": "array"}},
            },
        }
    }
)


def test_types() -> None:
    """Each parameter has the type that its schema says, or any."""
    assert field_types(PARAMS) == {
        "most": FieldType("int", optional=False),
        "share": FieldType("double"),
        "on": FieldType("bool"),
        "word": FieldType("string"),
        "words": FieldType("string", "list"),
        "more": FieldType("struct"),
        "either": FieldType("any"),
        "any": FieldType("any"),
        "lists": FieldType("any", "list"),
    }
    assert field_types(None) == {}


def test_equal_types_have_one_name() -> None:
    """The order of parameters plays no part in the name of their type."""
    one = {"a": FieldType("int"), "b": FieldType("string")}
    other = {"b": FieldType("string"), "a": FieldType("int")}
    assert type_name(one) == type_name(other) != type_name({"a": FieldType("int")})


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"most": 3, "share": Decimal("0.5")}, None),
        ({"most": Decimal("3.0")}, None),
        ({"most": Decimal("3.5")}, ("most", "'most' is '3.5' instead of a whole number")),
        ({}, ("most", "'most' is missing")),
        ({"most": 3, "wrod": "x"}, ("wrod", "no parameter 'wrod'; did you mean 'word'?")),
    ],
)
def test_values(values: dict[str, object], problem: tuple[str, str] | None) -> None:
    """Values are held to the schema; numbers count as they were written."""
    assert value_problem(PARAMS, values) == problem


def test_a_policy_without_parameters() -> None:
    """Where there are no parameters, none can be set."""
    assert value_problem(None, {"most": 3}) == ("most", "no parameter 'most'")


def test_defaults_may_be_left_to_the_binding() -> None:
    """What is required may have no default: the binding must give it."""
    assert schema_problem(PARAMS) is None


@pytest.mark.parametrize(
    ("schema", "default", "field", "problem"),
    [
        (
            {"propertis": {}},
            {},
            "schema.propertis",
            "params.schema: there is no keyword 'propertis'; did you mean",
        ),
        (
            {"properties": {"a": {"minimun": 1}}},
            {},
            "schema.properties.a.minimun",
            "params.schema: there is no keyword 'minimun'; did you mean 'minimum'?",
        ),
        (
            {"properties": {"a": {"x-stricter": "hihger"}}},
            {},
            "schema.properties.a.x-stricter",
            "params.schema: 'x-stricter' is 'hihger'; did you mean 'higher'?",
        ),
        (
            {"properties": {"a": {"x-striter": "higher"}}},
            {},
            "schema.properties.a.x-striter",
            "params.schema: there is no keyword 'x-striter'; did you mean 'x-stricter'?",
        ),
        (
            {"properties": {"a": {}}},
            {"b": 1},
            "default.b",
            "params.default: no parameter 'b'; there is a",
        ),
        (
            {"properties": {"most": {}}, "required": ["mots"]},
            {},
            "schema.required[0]",
            "params.schema.required: no parameter 'mots'; did you mean 'most'?",
        ),
    ],
)
def test_slips(
    schema: dict[str, object], default: dict[str, object], field: str, problem: str
) -> None:
    """What JSON Schema passes over in silence is told: keywords and names that do not exist."""
    found = schema_problem(Params.model_validate({"schema": schema, "default": default}))
    assert found is not None
    assert found[0] == f"spec.params.{field}"
    assert found[1].startswith(problem)
