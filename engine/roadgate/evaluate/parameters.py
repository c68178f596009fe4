"""The parameters of policies: their types, their defaults, what a binding may set."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.cel import any_value, scalar, struct
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.hints import suggestion
from roadgate.evaluate.schema_slips import schema_slip
from roadgate.model.field_path import join
from roadgate.model.schemas.engine import draft_violations, problem, violations
from roadgate.model.schemas.schema import LATEST, Schema, address_of, digest_of
from roadgate.model.schemas.words import Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.evaluate.cel import Types
    from roadgate.model.kinds.policy import Params

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LONGEST = 200
NO_SUCH = "no parameter "
"""How the sentence about a name begins that the policy does not have."""
_SCALARS = {"integer": "int", "number": "double", "string": "string", "boolean": "bool"}
_CONVERT = {"int": int, "double": float, "string": str, "bool": bool}


def field_types(params: Params | None) -> dict[str, FieldType]:
    """The type of each parameter, from its JSON Schema; what has no simple type is ``any``."""
    if params is None:
        return {}
    required = params.schema_.get("required")
    given = {*params.default, *(required if isinstance(required, list) else ())}
    return {
        name: replace(_type(schema), optional=name not in given)
        for name, schema in _properties(params).items()
    }


def type_name(fields: Mapping[str, FieldType]) -> str:
    """A name for a message type: equal fields have the same."""
    text = json.dumps(sorted((name, astuple(each)) for name, each in fields.items()))
    return "Params" + hashlib.sha256(text.encode()).hexdigest()[:16]


def message(types: Types, fields: Mapping[str, FieldType], values: Mapping[str, Any]) -> object:
    """The parameters' values as a message; one without value stays unset.

    Raises:
        ValueError: a number does not fit into 64 bits.
    """
    made = {name: _value(fields[name], value) for name, value in values.items() if name in fields}
    try:
        return types.maker(type_name(fields))(**made)
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"a parameter does not fit: {error}") from None


def schema_problem(params: Params) -> tuple[str, str] | None:
    """What is wrong with a policy's own schema or defaults, and at which field; None if nothing."""
    names = list(_properties(params))
    for name in names:
        if not _NAME.fullmatch(name):
            text = f"params.schema: '{name}' is no name: write letters, digits and _"
            return _field("schema", "properties", name), text
    if (slip := schema_slip(params.schema_, params.default)) is not None:
        return _field(*slip[0]), slip[1]
    if len({_squeezed(name) for name in names}) < len(names):
        return _field("schema", "properties"), "params.schema: two names differ in case or _ only"
    if broken := draft_violations(params.schema_, LATEST):
        complaint = Speaker(_schema({}), "JSON Schema").complaints(broken)[0]
        text = f"params.schema is no JSON Schema: {complaint.message}; {complaint.fix}"
        return _field("schema", *complaint.path), text
    error = _first_error(params, params.default, complete=False)
    if error is None:
        return None
    return _field("default", *filter(None, [error[0]])), f"params.default: {error[1]}"


def _field(*steps: str | int) -> str:
    return join(("spec", "params", *steps))


def value_problem(params: Params | None, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first parameter that cannot be set so, with a sentence; None when all can.

    What is wrong with the schema itself is said about the policy, and not here.
    """
    known = _properties(params) if params else {}
    for name in values:
        if name not in known:
            return name, f"{NO_SUCH}'{name}'{suggestion(name, known)}"
    if params is None or schema_problem(params) is not None:
        return None
    return _first_error(params, {**params.default, **values}, complete=True)


def _first_error(
    params: Params, merged: Mapping[str, Any], *, complete: bool
) -> tuple[str, str] | None:
    """Parameter and sentence; with ``complete`` what is required must be there."""
    optional = {key: value for key, value in params.schema_.items() if key != "required"}
    schema = _schema(params.schema_ if complete else optional)
    if (unusable := problem(schema)) is not None:
        return "", f"the schema cannot be used: {unusable[0]}"[:_LONGEST]
    complaints = Speaker(schema, "params").complaints(violations(schema, merged))
    for each in sorted(complaints, key=lambda each: [str(step) for step in each.path]):
        return (str(each.path[0]) if each.path else ""), each.message
    return None


def _schema(document: Mapping[str, Any]) -> Schema:
    """A policy's schema; it refers to nothing but itself."""
    address = address_of("params")
    documents = {address: {**document, "$id": address}}
    return Schema(address, digest_of(documents), documents)


def _squeezed(name: str) -> str:
    return name.replace("_", "").lower()


def _properties(params: Params) -> Mapping[str, Any]:
    found = params.schema_.get("properties")
    return found if isinstance(found, dict) else {}


def _type(schema: object) -> FieldType:
    if not isinstance(schema, dict):
        return FieldType("any")
    kind = schema.get("type")
    if kind is None and _all_texts(schema.get("enum")):
        kind = "string"
    if isinstance(kind, str) and kind in _SCALARS:
        choices = schema.get("enum") if kind == "string" else None
        texts = [each for each in choices or () if isinstance(each, str)]
        return FieldType(_SCALARS[kind], choices=tuple(texts))
    if kind == "array":
        items = _type(schema.get("items"))
        if items.shape != "one":
            return FieldType("any", "list")
        return replace(items, shape="list")
    return FieldType("struct" if kind == "object" else "any")


def _all_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)


def _value(field: FieldType, value: Any) -> object:  # noqa: ANN401 (any JSON)
    if field.shape == "list":
        return [_element(field, each) for each in value]
    if field.name in _CONVERT:
        return scalar(_CONVERT[field.name](value))
    return _element(field, value)


def _element(field: FieldType, value: Any) -> object:  # noqa: ANN401 (any JSON)
    if field.name in _CONVERT:
        return _CONVERT[field.name](value)
    return struct(value) if field.name == "struct" else any_value(value)
