"""The parameters of policies: their types, their defaults, what a binding may set.

The only importer of jsonschema.
"""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.cel import any_value, scalar, struct
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.hints import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonschema import ValidationError

    from roadgate.evaluate.cel import Types
    from roadgate.model.kinds.policy import Params

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LONGEST = 200
_SCALARS = {"integer": "int", "number": "double", "string": "string", "boolean": "bool"}
_CONVERT = {"int": int, "double": float, "string": str, "bool": bool}


def field_types(params: Params | None) -> dict[str, FieldType]:
    """The type of each parameter, from its JSON Schema; what has no simple type is ``any``."""
    if params is None:
        return {}
    return {name: _type(schema) for name, schema in _properties(params).items()}


def type_name(fields: Mapping[str, FieldType]) -> str:
    """A name for a message type: equal fields have the same."""
    text = json.dumps([(name, each.name, each.shape) for name, each in sorted(fields.items())])
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


def schema_problem(params: Params) -> str | None:
    """What is wrong with a policy's own schema or defaults, or None."""
    from jsonschema import Draft202012Validator, SchemaError  # noqa: PLC0415 (slow to import)

    names = list(_properties(params))
    for name in names:
        if not _NAME.fullmatch(name):
            return f"params.schema: '{name}' is no name: write letters, digits and _"
    if len({_squeezed(name) for name in names}) < len(names):
        return "params.schema: two names differ in case or _ only"
    try:
        Draft202012Validator.check_schema(_plain(params.schema_))
    except SchemaError as error:
        return f"params.schema is no JSON Schema: {error.message}"
    problem = _first_error(params, params.default, complete=False)
    return None if problem is None else f"params.default: {problem[1]}"


def value_problem(params: Params | None, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first parameter that cannot be set so, with a sentence; None when all can.

    What is wrong with the schema itself is said about the policy, and not here.
    """
    known = _properties(params) if params else {}
    for name in values:
        if name not in known:
            return name, f"no parameter '{name}'{suggestion(name, known)}"
    if params is None or schema_problem(params) is not None:
        return None
    return _first_error(params, {**params.default, **values}, complete=True)


def _first_error(
    params: Params, merged: Mapping[str, Any], *, complete: bool
) -> tuple[str, str] | None:
    """Parameter and sentence; with ``complete`` what is required must be there."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 (slow to import)
    from referencing import Registry  # noqa: PLC0415 (slow to import)
    from referencing.exceptions import Unresolvable  # noqa: PLC0415 (slow to import)

    schema = _plain(params.schema_)
    if not complete:
        schema.pop("required", None)
    # an empty registry, so that no reference is ever fetched from the network
    validator = Draft202012Validator(schema, registry=Registry())
    try:
        errors = sorted(validator.iter_errors(_plain(merged)), key=_place)
    except (Unresolvable, RecursionError, re.error) as problem:
        return "", f"the schema cannot be used: {type(problem).__name__}: {problem}"[:_LONGEST]
    for error in errors:
        name = str(error.path[0]) if error.path else ""
        text = error.message[:1].lower() + error.message[1:]
        return name, f"'{name}': {text}" if name else text
    return None


def _place(error: ValidationError) -> list[str]:
    return [str(each) for each in error.path]


def _squeezed(name: str) -> str:
    return name.replace("_", "").lower()


def _properties(params: Params) -> Mapping[str, Any]:
    found = params.schema_.get("properties")
    return found if isinstance(found, dict) else {}


def _type(schema: object) -> FieldType:
    if not isinstance(schema, dict):
        return FieldType("any")
    kind = schema.get("type")
    if isinstance(kind, str) and kind in _SCALARS:
        return FieldType(_SCALARS[kind])
    if kind == "array":
        items = _type(schema.get("items"))
        return FieldType(items.name if items.shape == "one" else "any", "list")
    return FieldType("struct" if kind == "object" else "any")


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


def _plain(value: Any) -> Any:  # noqa: ANN401 (any JSON)
    """Plain JSON data: whole Decimals as integers, other ones as floats."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
