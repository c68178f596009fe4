"""Slips in a policy's parameters that JSON Schema would pass over in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from roadgate.evaluate.hints import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = """$anchor $comment $defs $dynamicAnchor $dynamicRef $id $ref $schema $vocabulary const
contentEncoding contentMediaType default dependentRequired deprecated description enum examples
exclusiveMaximum exclusiveMinimum format maxContains maxItems maxLength maxProperties maximum
minContains minItems minLength minProperties minimum multipleOf pattern readOnly required title type
uniqueItems writeOnly"""
_ONE = """additionalProperties contains contentSchema else if items not propertyNames then
unevaluatedItems unevaluatedProperties"""
_SEVERAL = "allOf anyOf oneOf prefixItems"
_NAMED = "$defs dependentSchemas patternProperties properties"
_KNOWN = frozenset(f"{_PLAIN} {_ONE} {_SEVERAL} {_NAMED}".split())
_STRICTER = "x-stricter"
_WAYS = ("higher", "lower")


Path: TypeAlias = tuple[str | int, ...]


def schema_slip(schema: Mapping[str, Any], default: Mapping[str, Any]) -> tuple[Path, str] | None:
    """A keyword that does not exist, or a name that no parameter has, with its place below params.

    None without any.
    """
    for path, part in _parts(schema, ("schema",)):
        for key, value in part.items():
            if (problem := _keyword(key, value)) is not None:
                return (*path, key), f"params.schema: {problem}"
    properties = schema.get("properties")
    known = list(properties) if isinstance(properties, Mapping) else []
    required = schema.get("required")
    for position, name in enumerate(required if isinstance(required, list) else ()):
        if name not in known:
            text = f"params.schema.required: no parameter '{name}'{suggestion(str(name), known)}"
            return ("schema", "required", position), text
    for name in default:
        if name not in known:
            text = f"params.default: no parameter '{name}'{suggestion(str(name), known)}"
            return ("default", name), text
    return None


def _keyword(key: str, value: object) -> str | None:
    """What is wrong with a keyword of a schema."""
    if key == _STRICTER and value not in _WAYS:
        return f"'{key}' is '{value}'{suggestion(str(value), _WAYS)}"
    if key.startswith("x-s") and key != _STRICTER:
        return f"there is no keyword '{key}'; did you mean '{_STRICTER}'?"
    if key not in _KNOWN and not key.startswith("x-"):
        return f"there is no keyword '{key}'{suggestion(key, _KNOWN)}"
    return None


def _parts(schema: object, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """A schema and every schema in it, each with its place."""
    if not isinstance(schema, Mapping):
        return
    yield path, schema
    for key, value in schema.items():
        if key in _ONE.split():
            yield from _parts(value, (*path, key))
        elif key in _SEVERAL.split() and isinstance(value, list):
            for position, each in enumerate(value):
                yield from _parts(each, (*path, key, position))
        elif key in _NAMED.split() and isinstance(value, Mapping):
            for name, each in value.items():
                yield from _parts(each, (*path, key, str(name)))
