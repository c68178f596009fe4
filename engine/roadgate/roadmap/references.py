"""Every field that names another resource: read from the types of the kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union, get_args, get_origin

from roadgate.model.kinds import KINDS, Decision
from roadgate.model.kinds.base import Item, Part
from roadgate.model.reference import Refers
from roadgate.roadmap.items import placed

if TYPE_CHECKING:
    from roadgate.model.kinds import Envelope


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names a resource."""

    field: str
    kind: str
    name: str


_Walk: TypeAlias = Callable[[Any, str], Iterator[Reference]]
"""From a value and the path of its field to the references in it."""


def references(body: Envelope) -> Iterator[Reference]:
    """Every reference that a resource makes."""
    yield from _of_part(body, "", type(body))
    if isinstance(body, Decision):
        kind, slash, name = (body.spec.concerns.resource or "").partition("/")
        if slash and kind in KINDS and name:
            yield Reference("spec.concerns.resource", kind, name)


def _of_part(part: Part, path: str, model: type[Part]) -> Iterator[Reference]:
    for attribute, name, walk in _steps(model):
        value = getattr(part, attribute)
        if value:
            yield from walk(value, f"{path}.{name}" if path else name)


@cache
def _steps(model: type[Part]) -> tuple[tuple[str, str, _Walk], ...]:
    """The fields of a model that lead to references, as attribute and as in YAML."""
    walks = (
        (attribute, info.alias or attribute, _walk(info.annotation, info.metadata))
        for attribute, info in model.model_fields.items()
    )
    return tuple((attribute, name, walk) for attribute, name, walk in walks if walk is not None)


def _walk(annotation: object, metadata: Sequence[object] = ()) -> _Walk | None:
    """How to find the references in a value of this type; None where there can be none."""
    bare, kind = _bare(annotation, metadata)
    if kind is not None:
        return partial(_of_name, kind=kind)
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is tuple:
        return _walk_list(arguments[0])
    if origin is dict:
        key, value = map(_walk, arguments)
        return partial(_of_map, keys=key, inside=value) if key or value else None
    if isinstance(bare, type) and issubclass(bare, Part) and _steps(bare):
        return partial(_of_part, model=bare)
    return None


def _bare(annotation: object, metadata: Sequence[object]) -> tuple[object, str | None]:
    """A type without ``Annotated`` and ``| None``, and the kind that it refers to."""
    found = [*metadata]
    while get_origin(annotation) in (Annotated, Union, UnionType):
        first, *rest = get_args(annotation)
        if get_origin(annotation) is Annotated:
            found += rest
        annotation = first
    return annotation, next((each.kind for each in found if isinstance(each, Refers)), None)


def _walk_list(entry: object) -> _Walk | None:
    walk = _walk(entry)
    if walk is None:
        return None
    identified = isinstance(entry, type) and issubclass(entry, Item)
    return partial(_of_items if identified else _of_entries, walk=walk)


def _of_name(value: str, path: str, kind: str) -> Iterator[Reference]:
    yield Reference(path, kind, value)


def _of_entries(values: Sequence[Any], path: str, walk: _Walk) -> Iterator[Reference]:
    for position, value in enumerate(values):
        yield from walk(value, f"{path}[{position}]")


def _of_items(values: Sequence[Item], path: str, walk: _Walk) -> Iterator[Reference]:
    for place, value in placed(path, values):
        yield from walk(value, place)


def _of_map(
    values: Mapping[str, Any], path: str, keys: _Walk | None, inside: _Walk | None
) -> Iterator[Reference]:
    for key, value in values.items():
        if keys is not None:
            yield from keys(key, f"{path}.{key}")
        if inside is not None:
            yield from inside(value, f"{path}.{key}")
