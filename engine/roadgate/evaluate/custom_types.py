"""Message types of a custom kind, from its JSON Schema, and its documents as such messages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from roadgate.evaluate.cel import any_value, scalar, struct
from roadgate.evaluate.computed import GIVEN
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.fields import FieldType, name_of
from roadgate.evaluate.shapes import Shape, Shapes

if TYPE_CHECKING:
    from roadgate.model.custom import CustomKind

Convert: TypeAlias = Callable[[Any], Any]
_CASTS: Mapping[str, Convert] = {"string": str, "int": int, "double": float, "bool": bool}


@dataclass(frozen=True, slots=True)
class Declared:
    """A custom kind's message type, and how a document becomes one."""

    type: str
    convert: Convert
    """From data to the keywords of the message's constructor."""


def declare(kind: CustomKind) -> Declared:
    """Declare the types of a kind; the same kind has the same ones."""
    text = f"{kind.schema.digest} {kind.envelope}"
    name = f"{kind.name}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    root = Shapes(kind.schema).at((kind.schema.root, ()))
    if root.sort != "fields":
        root = Shape("fields")
    if kind.envelope:
        root = replace(root, fields={k: v for k, v in root.fields.items() if k not in _HEAD})
    types = _Types()
    types.message(root, name)
    if kind.envelope:
        types.declared[name] |= {**_HEAD, "spec": types.declared[name].get("spec", _FREE)}
    group = {"key": GIVEN, "resources": FieldType(name, "list")}
    base_types().declare({**types.declared, f"{name}Group": group})
    return Declared(name, _Converters(types.names).fields(root))


_HEAD = {"apiVersion": GIVEN, "kind": GIVEN, "metadata": FieldType("Metadata", optional=False)}
_FREE = FieldType("struct")


def _names(fields: Mapping[str, Shape]) -> dict[str, str]:
    """A name for each field; where two would have the same, the second has a number.

    Maps have types that are named without ``_`` and case, so that they must differ by more.
    """
    taken: set[str] = set()
    found = {}
    for written in sorted(fields, key=lambda each: (name_of(each) != each, each)):
        name, count = name_of(written), 1
        is_map = fields[written].sort == "map"
        while {name, *([_squeezed(name)] if is_map else [])} & taken:
            count += 1
            name = f"{name_of(written)}_{count}"
        taken |= {name, _squeezed(name)} if is_map else {name}
        found[written] = name
    return found


def _squeezed(name: str) -> str:
    return f"map {name.replace('_', '').lower()}"


class _Types:
    """Declares the message types of one kind, each shape once."""

    def __init__(self) -> None:
        self.declared: dict[str, dict[str, FieldType]] = {}
        self.names: dict[int, dict[str, str]] = {}
        """What the fields of a shape are called."""
        self._types: dict[int, str] = {}

    def message(self, shape: Shape, name: str) -> str:
        """The message type of a shape with fields."""
        if id(shape) in self._types:
            return self._types[id(shape)]
        while name in self.declared:
            name += "_"
        self._types[id(shape)] = name
        fields = self.declared[name] = {}
        names = self.names[id(shape)] = _names(shape.fields)
        for written, each in shape.fields.items():
            given = written in shape.required and not each.nullable
            kind = self._field(each, f"{name}__{names[written]}", optional=not given)
            own = "" if names[written] == written else written
            fields[names[written]] = replace(kind, written=own)
        return name

    def _field(self, shape: Shape, name: str, *, optional: bool) -> FieldType:
        match shape.sort:
            case "string" | "int" | "double" | "bool":
                return FieldType(
                    shape.sort, optional=optional, choices=shape.choices, day=shape.day
                )
            case "fields":
                return FieldType(self.message(shape, name), optional=optional)
            case "list":
                of = self._item(shape.item, name, "any")
                item = shape.item if shape.item is not None and of == "string" else Shape()
                return FieldType(of, "list", choices=item.choices, day=item.day)
            case "map":
                of = self._item(shape.item, name, "struct")
                return FieldType(of, "one" if of == "struct" else "map", optional=optional)
        return FieldType("any", optional=optional)

    def _item(self, item: Shape | None, name: str, otherwise: str) -> str:
        """The type of what a list or a map holds, where it has one that is never null."""
        if item is None or item.nullable or item.sort in ("any", "null", "list", "map"):
            return otherwise
        return self._field(item, name, optional=False).name


class _Converters:
    """Makes functions from data to what constructors of messages take, each shape once."""

    def __init__(self, names: Mapping[int, Mapping[str, str]]) -> None:
        self._names = names
        self._known: dict[int, Convert] = {}

    def fields(self, shape: Shape) -> Convert:
        """From a mapping to the keywords of its message."""
        if id(shape) in self._known:
            return self._known[id(shape)]
        plan: list[tuple[str, str, Convert]] = []

        def convert(data: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON)
            if not isinstance(data, Mapping):
                raise TypeError("a value is no mapping of fields")
            values = ((name, data.get(written), how) for written, name, how in plan)
            return {name: how(value) for name, value, how in values if value is not None}

        self._known[id(shape)] = convert
        for written, name in self._names[id(shape)].items():
            plan.append((written, name, self._value(shape.fields[written])))
        return convert

    def _value(self, shape: Shape) -> Convert:
        match shape.sort:
            case "string" | "int" | "double" | "bool":
                cast = _CASTS[shape.sort]
                return lambda value: scalar(cast(value))
            case "fields":
                return self.fields(shape)
            case "list":
                each = self._item(shape.item) or any_value
                return lambda values: [each(value) for value in values]
            case "map":
                of = self._item(shape.item)
                if of is None:
                    return struct
                return lambda values: {key: of(value) for key, value in values.items()}
        return any_value

    def _item(self, item: Shape | None) -> Convert | None:
        if item is None or item.nullable or item.sort in ("any", "null", "list", "map"):
            return None
        return _CASTS.get(item.sort) or self.fields(item)
