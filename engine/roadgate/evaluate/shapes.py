"""What values a JSON Schema allows, as far as types can say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from roadgate.model.schemas.schema import Json, Place, Schema

Sort: TypeAlias = Literal["any", "null", "string", "int", "double", "bool", "list", "map", "fields"]
_SORTS: Mapping[str, Sort] = {
    "string": "string",
    "integer": "int",
    "number": "double",
    "boolean": "bool",
    "array": "list",
}
_NUMBERS = frozenset({"int", "double"})
_OF_OBJECTS = ("properties", "required", "additionalProperties", "patternProperties")
_MAX_SHAPES = 5_000


@dataclass(slots=True)
class Shape:
    """The type of a value. One that refers to itself is reached again, and not copied."""

    sort: Sort = "any"
    nullable: bool = False
    choices: tuple[str, ...] = ()
    """The only texts that are allowed; empty for any."""
    item: Shape | None = None
    """Of a list, or of a map's values; None for anything."""
    fields: dict[str, Shape] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    day: bool = False
    """Whether the text is a day."""
    is_done: bool = True


class Shapes:
    """Reads the shapes of one schema, each place once."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._known: dict[Place, Shape] = {}

    def at(self, place: Place) -> Shape:
        """The shape of what the schema at a place allows."""
        place = self._schema.followed(place)
        if place in self._known:
            return self._known[place]
        node = self._schema.node(place)
        if not isinstance(node, Mapping) or len(self._known) > _MAX_SHAPES:
            return Shape()
        shape = self._known[place] = Shape(is_done=False)
        found = self._read(place, node)
        for name in ("sort", "nullable", "choices", "item", "fields", "required", "day"):
            setattr(shape, name, getattr(found, name))
        shape.is_done = True
        return shape

    def _read(self, place: Place, node: Mapping[str, Json]) -> Shape:
        shapes = [self._own(place, node)]
        shapes += self._each(place, node, "allOf")
        shapes += [_loosely(each) for each in self._each(place, node, "then", "else")]
        for choice in ("anyOf", "oneOf"):
            if several := self._each(place, node, choice):
                shapes.append(reduce(either, several))
        return reduce(both, shapes)

    def _each(self, place: Place, node: Mapping[str, Json], *keywords: str) -> list[Shape]:
        """The shapes that stand under keywords, one each or a list of them."""
        document, steps = place
        found = []
        for keyword in keywords:
            inner = node.get(keyword)
            if isinstance(inner, list):
                places = [(document, (*steps, keyword, str(i))) for i in range(len(inner))]
                found += [self.at(each) for each in places]
            elif isinstance(inner, Mapping):
                found.append(self.at((document, (*steps, keyword))))
        return found

    def _own(self, place: Place, node: Mapping[str, Json]) -> Shape:
        """What the keywords of one schema itself say."""
        names = _types(node)
        if names == {"null"}:
            return Shape("null", nullable=True)
        nullable = "null" in names or node.get("nullable") is True
        names -= {"null"}
        if names == {"integer", "number"}:
            names = {"number"}
        if len(names) != 1:
            return Shape(nullable=nullable or not names)
        (name,) = names
        if name == "object":
            return replace(self._object(place, node), nullable=nullable)
        if name == "array":
            items = self._each(place, node, "items", "prefixItems")
            item = reduce(either, items) if items else None
            return Shape("list", nullable, item=item)
        day = name == "string" and node.get("format") == "date"
        return Shape(_SORTS.get(name, "any"), nullable, _choices(node), day=day)

    def _object(self, place: Place, node: Mapping[str, Json]) -> Shape:
        document, steps = place
        properties = node.get("properties")
        if isinstance(properties, Mapping) and properties:
            fields = {
                name: self.at((document, (*steps, "properties", name)))
                for name, each in properties.items()
                if each is not False
            }
            return Shape("fields", fields=fields, required=_required(node))
        patterns = node.get("patternProperties")
        items = self._each(place, node, "additionalProperties") + [
            self.at((document, (*steps, "patternProperties", each)))
            for each in (patterns if isinstance(patterns, Mapping) else ())
        ]
        item = reduce(either, items) if items else None
        return Shape("map", item=item, required=_required(node))


def both(one: Shape, other: Shape) -> Shape:
    """What meets both."""
    if not (one.is_done and other.is_done):
        return Shape(nullable=True)
    nullable = one.nullable and other.nullable
    if "any" in (one.sort, other.sort):
        known = other if one.sort == "any" else one
        return replace(known, nullable=known.nullable if known.sort != "any" else nullable)
    if {one.sort, other.sort} == _NUMBERS:
        return Shape("int", nullable)
    if {one.sort, other.sort} == {"fields", "map"}:
        known = one if one.sort == "fields" else other
        return replace(known, nullable=nullable, required=one.required | other.required)
    if one.sort != other.sort:
        return Shape(nullable=True)
    return Shape(
        one.sort,
        nullable,
        one.choices or other.choices,
        one.item or other.item,
        _joined(one, other, both),
        one.required | other.required,
        day=one.day or other.day,
    )


def either(one: Shape, other: Shape) -> Shape:
    """What meets one of the two."""
    if not (one.is_done and other.is_done):
        return Shape(nullable=True)
    nullable = one.nullable or other.nullable
    if "null" in (one.sort, other.sort):
        return replace(other if one.sort == "null" else one, nullable=True)
    if {one.sort, other.sort} == _NUMBERS:
        return Shape("double", nullable)
    if one.sort != other.sort or one.sort == "any":
        return Shape(nullable=nullable)
    free = not (one.choices and other.choices)
    item = either(one.item, other.item) if one.item and other.item else None
    return Shape(
        one.sort,
        nullable,
        () if free else tuple(dict.fromkeys((*one.choices, *other.choices))),
        item,
        _joined(one, other, either),
        one.required & other.required,
        day=one.day and other.day,
    )


def _joined(one: Shape, other: Shape, join: Callable[[Shape, Shape], Shape]) -> dict[str, Shape]:
    """The fields of both; those of one name joined."""
    shared = one.fields.keys() & other.fields.keys()
    joined = {name: join(one.fields[name], other.fields[name]) for name in sorted(shared)}
    return {**one.fields, **other.fields, **joined}


def _loosely(shape: Shape) -> Shape:
    """What holds only under a condition: fields of those names, of whatever sort they are."""
    fields = {name: Shape(nullable=True) for name in shape.fields}
    return Shape("fields", fields=fields) if fields else Shape(nullable=True)


def _required(node: Mapping[str, Json]) -> frozenset[str]:
    names = node.get("required")
    return frozenset(names) if isinstance(names, list) else frozenset()


def _types(node: Mapping[str, Json]) -> set[str]:
    """The names of types that a schema allows; none where it does not say."""
    written = node.get("type")
    if isinstance(written, str):
        return {written}
    if isinstance(written, list):
        return {each for each in written if isinstance(each, str)}
    if "const" in node:
        return {_type_of(node["const"])}
    if isinstance(node.get("enum"), list):
        return {_type_of(each) for each in node["enum"]}
    if any(each in node for each in _OF_OBJECTS):
        return {"object"}
    return {"array"} if "items" in node or "prefixItems" in node else set()


def _type_of(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    named = ((int, "integer"), (str, "string"), (list, "array"), ((float, Decimal), "number"))
    found = next((name for kind, name in named if isinstance(value, kind)), None)
    return found or ("null" if value is None else "object")


def _choices(node: Mapping[str, Json]) -> tuple[str, ...]:
    values: Iterable[Json] = node["enum"] if isinstance(node.get("enum"), list) else ()
    if "const" in node:
        values = (node["const"],)
    return tuple(each for each in values if isinstance(each, str))
