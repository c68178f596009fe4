"""Slips in a policy's parameters that JSON Schema would pass over in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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


def schema_slip(schema: Mapping[str, Any], default: Mapping[str, Any]) -> str | None:
    """A keyword that does not exist, or a name that no parameter has; None without any."""
    for part in _parts(schema):
        for key, value in part.items():
            if key == _STRICTER and value not in _WAYS:
                return f"params.schema: '{key}' is '{value}'{suggestion(str(value), _WAYS)}"
            if key not in _KNOWN and not key.startswith("x-"):
                return f"params.schema: there is no keyword '{key}'{_meant(key)}"
            if key.startswith("x-s") and key != _STRICTER:
                return f"params.schema: there is no keyword '{key}'; did you mean '{_STRICTER}'?"
    properties = schema.get("properties")
    known = list(properties) if isinstance(properties, Mapping) else []
    required = schema.get("required")
    named = {"params.schema.required": required, "params.default": list(default)}
    for where, names in named.items():
        for name in names if isinstance(names, list) else ():
            if name not in known:
                return f"{where}: no parameter '{name}'{suggestion(str(name), known)}"
    return None


def _meant(key: str) -> str:
    return suggestion(key, _KNOWN)


def _parts(schema: object) -> Iterator[Mapping[str, Any]]:
    """A schema, and every schema in it."""
    if not isinstance(schema, Mapping):
        return
    yield schema
    for key, value in schema.items():
        if key in _ONE.split():
            yield from _parts(value)
        elif key in _SEVERAL.split() and isinstance(value, list):
            for each in value:
                yield from _parts(each)
        elif key in _NAMED.split() and isinstance(value, Mapping):
            for each in value.values():
                yield from _parts(each)
