"""What a model has where: its fields, by the names that authors write."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

Location = tuple[int | str, ...]


def field_at(model: type[BaseModel], path: Location) -> FieldInfo | None:
    """The field that the last step of a path names."""
    beside = fields_at(model, path[:-1])
    return next((info for key, info in beside.items() if alias(key, info) == path[-1]), None)


def names_at(model: type[BaseModel], path: Location) -> list[str]:
    """The names of the fields that exist at a place, in the order in which they are written."""
    return [alias(key, info) for key, info in fields_at(model, path).items()]


def places_of(name: str, model: type[BaseModel], *, depth: int = 4) -> Iterator[str]:
    """Where a model has a field of this name, the outermost first: ``spec``, ``spec.rice``."""
    level: list[tuple[str, type[BaseModel]]] = [("", model)]
    for _ in range(depth):
        deeper: list[tuple[str, type[BaseModel]]] = []
        for place, each in level:
            for key, info in each.model_fields.items():
                written = alias(key, info)
                if written == name:
                    yield place
                inner = _within(info.annotation)
                if inner is not None:
                    deeper.append((f"{place}.{written}" if place else written, inner))
        level = deeper


def _within(annotation: object) -> type[BaseModel] | None:
    """The model that a field, or each entry of its list, holds."""
    current = bare(annotation)
    arguments = get_args(current)
    if arguments and get_origin(current) is not Literal:
        current = bare(arguments[0])
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def alias(key: str, info: FieldInfo) -> str:
    """The name that authors write a field by."""
    return info.alias or key


def fields_at(model: type[BaseModel], path: Location) -> Mapping[str, FieldInfo]:
    """The fields that exist at a place of a model."""
    current: object = model
    for step in path:
        current = bare(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = current.model_fields
            found = next((info for key, info in fields.items() if alias(key, info) == step), None)
            if found is None:
                return {}
            current = found.annotation
        else:
            arguments = get_args(current)
            if not arguments:
                return {}
            current = arguments[1] if get_origin(current) is dict else arguments[0]
    current = bare(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return current.model_fields
    return {}


def bare(annotation: object) -> object:
    """An annotation without what wraps it: ``Annotated``, ``| None``."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, UnionType):
            annotation = next(each for each in get_args(annotation) if each is not type(None))
        else:
            return annotation


def choices(annotation: object) -> list[str]:
    """The values that a field takes, where it takes only some."""
    plain = bare(annotation)
    return [str(each) for each in get_args(plain)] if get_origin(plain) is Literal else []
