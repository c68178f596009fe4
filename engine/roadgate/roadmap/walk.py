"""Every part of a resource, with the path that leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from roadgate.model.kinds.base import Item, Part
from roadgate.roadmap.items import placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadgate.model.kinds import Envelope

Shape: TypeAlias = Literal["one", "list", "items", "map"]
"""How a field holds what it holds; ``items`` is a list whose entries have an id."""


def parts(body: Envelope) -> list[tuple[str, Part]]:
    """The resource itself, and every part in it, outermost first."""
    found: list[tuple[str, Part]] = []
    _collect("", body, found)
    return found


def _collect(place: str, part: Part, found: list[tuple[str, Part]]) -> None:
    found.append((place, part))
    for field in inner_fields(type(part)):
        value = getattr(part, field.attribute)
        if not value:
            continue
        path = below(place, field.name)
        if field.shape == "one":
            _collect(path, value, found)
        else:
            for at, inner in entries(path, value, field.shape):
                _collect(at, inner, found)


def below(place: str, name: str) -> str:
    """The path of a field of the part at ``place``."""
    return f"{place}.{name}" if place else name


def entries(place: str, value: Any, shape: Shape) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a field's value
    """What a field at ``place`` holds, each with its own path."""
    match shape:
        case "one":
            yield place, value
        case "list":
            for position, each in enumerate(value):
                yield f"{place}[{position}]", each
        case "items":
            yield from placed(place, value)
        case "map":
            for key, each in value.items():
                yield f"{place}.{key}", each


@dataclass(frozen=True, slots=True)
class Inner:
    """A field that holds parts."""

    attribute: str
    name: str
    """As in YAML."""
    shape: Shape
    model: type[Part]
    """What each part is."""


@cache
def inner_fields(model: type[Part]) -> tuple[Inner, ...]:
    """The fields of a model that hold parts."""
    found: list[Inner] = []
    for attribute, info in model.model_fields.items():
        shape, inner = shape_of(info.annotation)
        plain, _ = bare(inner)
        if isinstance(plain, type) and issubclass(plain, Part):
            found.append(Inner(attribute, info.alias or attribute, shape, plain))
    return tuple(found)


def shape_of(annotation: object) -> tuple[Shape, object]:
    """How a type holds what it holds, and the type of one of it."""
    plain, _ = bare(annotation)
    origin, arguments = get_origin(plain), get_args(plain)
    if origin is tuple:
        inner = bare(arguments[0])[0]
        is_item = isinstance(inner, type) and issubclass(inner, Item)
        return "items" if is_item else "list", arguments[0]
    return ("map", arguments[1]) if origin is dict else ("one", annotation)


def bare(annotation: object) -> tuple[object, Sequence[object]]:
    """A type without ``Annotated`` and ``| None``, and what it was annotated with."""
    notes: list[object] = []
    while get_origin(annotation) in (Annotated, Union, UnionType):
        first, *rest = get_args(annotation)
        if get_origin(annotation) is Annotated:
            notes += rest
        annotation = first
    return annotation, notes
