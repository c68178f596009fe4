"""Every field that names another resource: read from the types of the kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, get_args, get_origin

from roadgate.model.kinds import KINDS, Decision
from roadgate.model.reference import Refers
from roadgate.roadmap.walk import Shape, bare, below, entries, parts, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds import Envelope
    from roadgate.model.kinds.base import Part


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names a resource."""

    field: str
    kind: str
    name: str
    is_key: bool = False
    """Whether the name is the field's key instead of its value."""


def references(body: Envelope) -> Iterator[Reference]:
    """Every reference that a resource makes."""
    for place, part in parts(body):
        for each in naming_fields(type(part)):
            value = getattr(part, each.attribute)
            if value:
                path = below(place, each.name)
                if each.keys is not None:
                    yield from (
                        Reference(f"{path}.{key}", each.keys, key, is_key=True) for key in value
                    )
                if each.kind is not None:
                    for at, name in entries(path, value, each.shape):
                        yield Reference(at, each.kind, name)
    if isinstance(body, Decision):
        kind, slash, name = (body.spec.concerns.resource or "").partition("/")
        if slash and kind in KINDS and name:
            yield Reference("spec.concerns.resource", kind, name)


@dataclass(frozen=True, slots=True)
class Naming:
    """A field of a part that names resources."""

    attribute: str
    name: str
    shape: Shape
    kind: str | None
    """What its value, or each of its values, names."""
    keys: str | None
    """What the keys of a map name."""


@cache
def naming_fields(model: type[Part]) -> tuple[Naming, ...]:
    """The fields of a model that name resources."""
    found = []
    for attribute, info in model.model_fields.items():
        shape, inner = shape_of(info.annotation)
        plain, _ = bare(info.annotation)
        keys = _kind(get_args(plain)[0]) if get_origin(plain) is dict else None
        kind = _kind(inner, *(info.metadata if shape == "one" else ()))
        if kind or keys:
            found.append(Naming(attribute, info.alias or attribute, shape, kind, keys))
    return tuple(found)


def _kind(annotation: object, *more: object) -> str | None:
    _, notes = bare(annotation)
    return next((each.kind for each in (*notes, *more) if isinstance(each, Refers)), None)
