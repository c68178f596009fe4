"""The states that fields of resources hold: what is written, else the default of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from pydantic import BaseModel

from roadgate.model.canonical import text
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from roadgate.model.custom import CustomKind
    from roadgate.model.document import Data
    from roadgate.model.raw import Raw
    from roadgate.model.schemas.schema import Place


def state_of(kind: str, data: Raw, field: str) -> str | None:
    """The state of a document; None where it has none, and its kind no default."""
    value: Data = data
    for step in field.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return text(value) if value is not None else _default(kind, field)


def with_state(data: Raw, field: str, state: Data) -> Raw:
    """The document, in another state."""
    step, _, rest = field.partition(".")
    if not rest:
        return {**data, step: state}
    below = data.get(step)
    return {**data, step: with_state(below if isinstance(below, Mapping) else {}, rest, state)}


def kinds_with(field: str) -> dict[str, frozenset[str]]:
    """The kinds that have a field, each with the only states it can hold; none where any will do.

    Kinds that a repository defines itself are not among them.
    """
    found = {kind: _field(model, field) for kind, model in KINDS.items()}
    return {
        kind: frozenset(_literals(info.annotation))
        for kind, info in found.items()
        if info is not None
    }


def declared_states(field: str, custom: Mapping[str, CustomKind]) -> dict[str, frozenset[str]]:
    """Of kinds that a repository defines and whose schema has a field, the states it can hold."""
    found = {}
    for name, kind in custom.items():
        place: Place = (kind.schema.root, ())
        for step in field.split("."):
            document, steps = kind.schema.followed(place)
            place = (document, (*steps, "properties", step))
        node = kind.schema.node(kind.schema.followed(place))
        if isinstance(node, Mapping):
            words = node.get("enum", [node["const"]] if "const" in node else [])
            found[name] = frozenset(each for each in words if isinstance(each, str))
    return found


def fields_of(custom: Mapping[str, CustomKind]) -> Iterator[str]:
    """The outermost fields of kinds that a repository defines."""
    for kind in custom.values():
        document, steps = kind.schema.followed((kind.schema.root, ()))
        properties = kind.schema.node((document, (*steps, "properties")))
        yield from properties if isinstance(properties, Mapping) else ()


def fields() -> Iterator[str]:
    """Every field of a spec that holds one of a few words: what a workflow may be about."""
    for model in KINDS.values():
        spec = _model(model.model_fields["spec"].annotation)
        for name, info in spec.model_fields.items() if spec is not None else ():
            if set(_literals(info.annotation)):
                yield f"spec.{info.alias or name}"


@cache
def _default(kind: str, field: str) -> str | None:
    info = _field(KINDS[kind], field) if kind in KINDS else None
    return info.default if info is not None and isinstance(info.default, str) else None


def _field(model: type[BaseModel], path: str) -> FieldInfo | None:
    found: FieldInfo | None = None
    inside: type[BaseModel] | None = model
    for step in path.split("."):
        fields = inside.model_fields if inside is not None else {}
        found = next((each for name, each in fields.items() if (each.alias or name) == step), None)
        if found is None:
            return None
        inside = _model(found.annotation)
    return found


def _model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model(each))), None)


def _literals(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (each for each in get_args(annotation) if isinstance(each, str))
        return
    for each in get_args(annotation):
        yield from _literals(each)
