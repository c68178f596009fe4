"""A JSON Schema with every document that it refers to, all of them from the repository."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

Json: TypeAlias = Any
"""Plain JSON data."""
Place: TypeAlias = tuple[str, tuple[str, ...]]
"""A schema's place: the document's address, and the steps of a JSON Pointer."""

ORIGIN = "roadgate:///"
"""What the addresses of schema documents begin with: a path of the repository follows."""
_DRAFT = re.compile(
    r"https?://json-schema\.org/(?:draft-(?P<old>0[467])|draft/(?P<new>2019-09|2020-12))/schema#?"
)
LATEST = "2020-12"
DRAFTS = ("2020-12", "2019-09", "07", "06", "04")
_FOLLOWED = 100
_PLACED = frozenset({"$schema", "$id", "id"})
_TOLD = frozenset(
    {"$schema", "$id", "id", "title", "description", "examples", "default", "$comment"}
)
_NAMES = frozenset({"properties", "patternProperties", "$defs", "definitions"})


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema that can be used. Two are equal when they say the same."""

    root: str
    """The address of the document that a value is held against."""
    digest: str
    documents: Mapping[str, Json] = field(compare=False, default_factory=dict)
    """Every document that is reachable, by its address; references are full addresses."""
    targets: Mapping[Place, Place] = field(compare=False, default_factory=dict)
    """Where the ``$ref`` of the schema at a place leads."""
    embedded: Mapping[str, Place] = field(compare=False, default_factory=dict)
    """Schemas within documents that have an ``$id`` of their own."""

    def node(self, place: Place) -> Json:
        """What stands at a place; None where there is nothing."""
        document, steps = place
        found = self.documents.get(document)
        for step in steps:
            found = child(found, step)
        return found

    def followed(self, place: Place) -> Place:
        """The place itself or, where it only refers to another, that one."""
        for _ in range(_FOLLOWED):
            target = self.targets.get(place)
            if target is None:
                break
            place = target
        return place

    def at(self, address: str | None) -> Place | None:
        """The place that an absolute address with a JSON Pointer names."""
        if address is None:
            return None
        document, _, pointer = address.partition("#")
        start = self.embedded.get(document, (document, ()))
        return start[0], (*start[1], *steps_of(pointer))


def address_of(path: str) -> str:
    """The address of a file of the repository."""
    return ORIGIN + quote(path)


def path_of(address: str) -> str:
    """The path of the file that an address names."""
    return unquote(address.removeprefix(ORIGIN))


def steps_of(pointer: str) -> tuple[str, ...]:
    """The steps of a JSON Pointer as it is written after ``#``."""
    parts = unquote(pointer).split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def pointer_of(steps: Sequence[str]) -> str:
    """A JSON Pointer, as it is written after ``#``."""
    return "".join("/" + quote(each.replace("~", "~0").replace("/", "~1")) for each in steps)


def child(node: Json, step: str) -> Json:
    """The entry of a mapping or a list; None where there is none."""
    if isinstance(node, Mapping):
        return node.get(step)
    is_index = isinstance(node, list) and step.isascii() and step.isdecimal()
    return node[int(step)] if is_index and int(step) < len(node) else None


def draft_of(document: Json) -> str | None:
    """The draft that a schema is written in, the latest if it does not say; None if unknown."""
    named = document.get("$schema") if isinstance(document, Mapping) else None
    if named is None:
        return LATEST
    found = _DRAFT.fullmatch(named) if isinstance(named, str) else None
    return None if found is None else found["old"] or found["new"]


def digest_of(documents: Mapping[str, Json]) -> str:
    """What tells one set of documents from another."""
    text = json.dumps(documents, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def bundled(schema: Schema, *, told: bool = False) -> Json:
    """One document that says the same, without addresses; ``told`` keeps what is only told."""
    order = {address: str(index) for index, address in enumerate(schema.documents)}

    def start(index: str) -> str:
        return f"#/$defs/{index}" if len(order) > 1 else "#"

    def moved(node: Json, *, keyword: bool = True) -> Json:
        if isinstance(node, list):
            return [moved(each) for each in node]
        if not isinstance(node, Mapping):
            return node
        found = {}
        for key, value in node.items():
            if keyword and key in (_PLACED if told else _TOLD):
                continue
            if keyword and key == "$ref" and isinstance(value, str):
                address, _, pointer = value.partition("#")
                index = order.get(address)
                found[key] = value if index is None else f"{start(index)}{pointer}"
            else:
                found[key] = moved(value, keyword=not (keyword and key in _NAMES))
        return found

    documents = {order[address]: moved(each) for address, each in schema.documents.items()}
    named = schema.documents[schema.root]
    draft = named.get("$schema") if isinstance(named, Mapping) else None
    head = {} if draft is None else {"$schema": draft}
    if len(documents) == 1:
        only = documents["0"]
        return {**head, **only} if isinstance(only, Mapping) else only
    return {**head, "allOf": [{"$ref": f"#/$defs/{order[schema.root]}"}], "$defs": documents}
