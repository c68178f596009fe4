"""The keywords of JSON Schema: what stands within them, and what an author probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.schemas.engine import is_pattern
from roadgate.model.suggest import only

if TYPE_CHECKING:
    from roadgate.model.schemas.schema import Json

REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_ONE = (
    *("not", "if", "then", "else", "contains", "propertyNames", "items", "contentSchema"),
    *("additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems"),
)
_LIST = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
_MAP = (
    *("properties", "patternProperties", "$defs", "definitions"),
    *("dependentSchemas", "dependencies"),
)
_PLAIN = """$anchor $comment $dynamicAnchor $id $schema $vocabulary $recursiveAnchor id const
contentEncoding contentMediaType default dependentRequired deprecated description enum examples
exclusiveMaximum exclusiveMinimum format maxContains maxItems maxLength maxProperties maximum
minContains minItems minLength minProperties minimum multipleOf nullable pattern readOnly required
title type uniqueItems writeOnly"""
_KEYWORDS = frozenset({*_PLAIN.split(), *_ONE, *_LIST, *_MAP, *REFERENCES})
_FORMATS = frozenset(
    {
        *("date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname"),
        *("ipv4", "ipv6", "iri", "iri-reference", "json-pointer", "regex", "time", "uri"),
        *("relative-json-pointer", "uri-reference", "uri-template", "uuid"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong at a place within a schema."""

    steps: tuple[str, ...]
    message: str
    fix: str

    @property
    def told(self) -> tuple[str, str]:
        """The message and the fix."""
        return self.message, self.fix


def within(node: Mapping[str, Json]) -> Iterator[tuple[str, ...]]:
    """The steps to each schema within a schema."""
    for key in _ONE:
        if isinstance(node.get(key), Mapping):
            yield (key,)
    for key in _LIST:
        if isinstance(node.get(key), list):
            yield from ((key, str(index)) for index in range(len(node[key])))
    for key in _MAP:
        if isinstance(node.get(key), Mapping):
            yield from ((key, name) for name in node[key])


def refused(node: Mapping[str, Json]) -> Iterator[Told]:
    """Patterns of a schema that are not matched in linear time, or are none."""
    patterns = node.get("patternProperties")
    names = list(patterns) if isinstance(patterns, Mapping) else []
    written = [(("patternProperties", each), each) for each in names]
    own = node.get("pattern")
    for steps, text in [*written, *([(("pattern",), own)] if isinstance(own, str) else [])]:
        if not is_pattern(text):
            message = f"'{text}' is no pattern that is taken here"
            yield Told(steps, message, "write it without look-around")


def slips(node: Mapping[str, Json]) -> Iterator[Told]:
    """What JSON Schema passes over, and what is one slip away from something that it knows."""
    named = [(key, key, "keyword", _KEYWORDS) for key in node]
    if isinstance(node.get("format"), str):
        named.append(("format", node["format"], "format", _FORMATS))
    for key, word, what, known in named:
        if word not in known and (meant := only(word, known)) is not None:
            message = f"'{word}' is no {what} of JSON Schema, which passes over it"
            yield Told((key,), message, f"did you mean '{meant}'?")
