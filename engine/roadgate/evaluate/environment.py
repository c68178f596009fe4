"""What policies see: message types derived from the models, and resources as such messages."""

from __future__ import annotations

import re
import types as python_types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from roadgate.evaluate.cel import Types, any_value, scalar, struct
from roadgate.evaluate.computed import COMPUTED, GIVEN, PARTS
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import NOTHING
from roadgate.evaluate.views import CHANGE, VERDICTS
from roadgate.model.errors import InternalError
from roadgate.model.kinds import KINDS
from roadgate.model.kinds.base import Part
from roadgate.model.reference import Refers
from roadgate.model.roadmap import LISTS
from roadgate.model.target import Target

if TYPE_CHECKING:
    from roadgate.evaluate.cel import Message
    from roadgate.evaluate.looks import Looks

_CUSTOM = re.compile(r"(?P<kind>\w+)_[0-9a-f]{8}(?P<path>(?:__\w+)?)")
"""The message types of custom kinds: ``KEP_0123abcd__milestone``."""
Convert: TypeAlias = Callable[[Any], Any]
_NONE = ()
"""Nearly every list without entries is this very one; nothing comes of any other, too."""

ROADMAP = {"Roadmap": {name: FieldType(kind.KIND, "list") for name, kind in LISTS.items()}}


@cache
def base_types() -> Types:
    """The types of every kind, of verdicts, changes and the roadmap."""
    declared: dict[str, Mapping[str, FieldType]] = {
        NOTHING: {},
        "Config": {"apiVersion": GIVEN},
        **PARTS,
        **VERDICTS,
        **CHANGE,
        **ROADMAP,
    }
    for kind, model in KINDS.items():
        _declare(model, declared)
        if kind in COMPUTED:
            declared[f"{kind}Computed"] = COMPUTED[kind]
            computed = FieldType(f"{kind}Computed", optional=False)
            declared[kind] = {**declared[kind], "computed": computed}
        declared[f"{kind}Group"] = {"key": GIVEN, "resources": FieldType(kind, "list")}
    types = Types()
    types.declare(declared)
    return types


@cache
def maker(name: str) -> Callable[..., Message]:
    """The constructor of one of the base types."""
    return base_types().maker(name)


@cache
def converter(model: type[Part], looks: Looks | None = None) -> Convert:
    """A function from an object of ``model`` to the keywords of its message's constructor.

    With ``looks`` it leaves out every field that nobody looks at.
    """
    plan = [
        (attribute, name, _convert(field.annotation, looks))
        for attribute, field in model.model_fields.items()
        for name in [field.alias or attribute]
        if looks is None or (model.__name__, name) in looks
    ]

    def convert(part: Part) -> dict[str, Any]:
        values = part.__dict__
        made = {}
        for attribute, name, how in plan:
            value = values[attribute]
            if value is not None and value is not _NONE:
                made[name] = how(value)
        return made

    return convert


def display_name(type_name: str) -> str:
    """How a type is called in messages: ``Initiative.spec`` for ``InitiativeSpec``."""
    name = type_name.removeprefix("roadgate.")
    for suffix, field in (("Spec", "spec"), ("Computed", "computed")):
        kind = name.removesuffix(suffix)
        if kind in KINDS and kind != name:
            return f"{kind}.{field}"
    found = _CUSTOM.fullmatch(name)
    return ".".join((found["kind"], *found["path"].split("__")[1:])) if found else name


def _declare(model: type[Part], declared: dict[str, Mapping[str, FieldType]]) -> None:
    if model.__name__ in declared:
        return
    declared[model.__name__] = {}  # stands in while the model's own parts are visited
    fields = {}
    for attribute, field in model.model_fields.items():
        for part in _parts(field.annotation):
            _declare(part, declared)
        given = field.is_required() or field.default is not None or bool(field.default_factory)
        kind = _field_type(field.annotation)
        refers = next(iter(_refers(field.rebuild_annotation())), "")
        fields[field.alias or attribute] = replace(kind, optional=not given, refers=refers)
    declared[model.__name__] = fields


def _bare(annotation: object) -> Any:  # noqa: ANN401 (a type expression has no type of its own)
    """Without ``Annotated`` and without ``| None``."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, python_types.UnionType):
        kept = [each for each in get_args(annotation) if each is not type(None)]
        if len(kept) != 1:
            raise InternalError(f"a field of a kind has the type {annotation}, which has no name")
        return _bare(kept[0])
    return annotation


def _parts(annotation: object) -> list[type[Part]]:
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, Part):
        return [bare]
    return [
        part for each in get_args(bare) if get_origin(bare) is not Literal for part in _parts(each)
    ]


def _field_type(annotation: object) -> FieldType:
    bare = _bare(annotation)
    origin = get_origin(bare)
    if origin is tuple:
        return replace(_field_type(get_args(bare)[0]), shape="list")
    if origin is dict:
        key, value = get_args(bare)
        if value is Any:
            return FieldType("struct")
        return FieldType(_field_type(value).name, "map", choices=_field_type(key).choices)
    if origin is Literal:
        return FieldType("string", choices=get_args(bare))
    if bare is Any:
        return FieldType("any")
    return _named(bare)


def _refers(annotation: object) -> Iterator[str]:
    """The kinds that the texts of a field name; of a map, those of its keys."""
    yield from (each.kind for each in get_args(annotation) if isinstance(each, Refers))
    if get_origin(annotation) is not Literal:
        for each in get_args(annotation):
            yield from _refers(each)


def _named(bare: type) -> FieldType:
    if issubclass(bare, Part):
        return FieldType(bare.__name__)
    if bare is date:
        return FieldType("string", day=True)
    names = {
        bool: "bool",
        int: "int",
        Decimal: "double",
        str: "string",
        Target: "string",
    }
    if bare not in names:
        raise InternalError(f"policies have no type for {bare.__name__}")
    return FieldType(names[bare])


def _convert(annotation: object, looks: Looks | None) -> Convert:
    bare = _bare(annotation)
    origin = get_origin(bare)
    if origin is tuple:
        each = _convert_element(get_args(bare)[0], looks)
        return list if each is _itself else lambda values: [each(value) for value in values]
    if origin is dict:
        value_type = get_args(bare)[1]
        if value_type is Any:
            return struct
        of_map = _convert_element(value_type, looks)
        return lambda values: {str(key): of_map(value) for key, value in values.items()}
    if bare is Any:
        return any_value
    if isinstance(bare, type) and issubclass(bare, Part):
        return converter(bare, looks)
    plain = _plain(bare)
    return scalar if plain is _itself else lambda value: scalar(plain(value))


def _convert_element(annotation: object, looks: Looks | None) -> Convert:
    """Elements of lists and maps are never absent, so that scalars need no wrapper."""
    bare = _bare(annotation)
    if get_origin(bare) in (tuple, dict) or bare is Any:
        return _convert(annotation, looks)
    if isinstance(bare, type) and issubclass(bare, Part):
        return converter(bare, looks)
    return _plain(bare)


def _plain(bare: object) -> Convert:
    if bare is date:
        return date.isoformat
    if bare is Decimal:
        return float
    if bare is Target:
        return str
    return _itself


def _itself(value: object) -> object:
    return value
