"""The fields of a kind for somebody who writes the first document of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from roadgate.edit.skeleton import Hint
from roadgate.model.reference import Refers
from roadgate.model.values import NAME_PATTERN, as_written, parse_days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from roadgate.model.document import Data
    from roadgate.model.kinds import Envelope

Metadata: TypeAlias = "list[Any] | tuple[Any, ...]"
_VALIDATED: dict[object, Data] = {parse_days: "14d", as_written: ">= 80"}
_PATTERNS = (
    (NAME_PATTERN, "a-name"),
    ("https://", "https://example.com/notes"),
    (r"(\[bot\])", "example-pm"),
    ("._-", "an-id"),
)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a mapping, as its model declares it."""

    hint: Hint
    about: str
    """What it is for, without the values that it takes."""
    is_required: bool
    choices: tuple[str, ...]
    """The values that it takes, where they are few."""
    refers: str | None
    """The kind of what it names."""
    is_list: bool
    is_day: bool


def form(model: type[BaseModel], example: Mapping[str, Data]) -> list[FormField]:
    """The fields of a model in order; ``example`` shows how they look, where it has them."""
    return [
        _form_field(info.alias or key, info, example) for key, info in model.model_fields.items()
    ]


def spec_form(kind: type[Envelope], example: Mapping[str, Data]) -> list[FormField]:
    """The fields of a kind's ``spec``."""
    model = kind.model_fields["spec"].annotation
    return form(model, example) if isinstance(model, type) and issubclass(model, BaseModel) else []


def _form_field(name: str, info: FieldInfo, example: Mapping[str, Data]) -> FormField:
    inner, notes = _bare(info.annotation, info.metadata)
    choices = tuple(map(str, get_args(inner))) if get_origin(inner) is Literal else ()
    sample = example.get(name, _of_field(info))
    about = (info.description or "").replace("``", "'")
    return FormField(
        Hint(name, _described(about, choices), sample),
        about=about,
        is_required=info.is_required(),
        choices=choices,
        refers=_refers(notes),
        is_list=get_origin(inner) is tuple,
        is_day=inner is date,
    )


def _described(about: str, choices: tuple[str, ...]) -> str:
    if not choices or all(each in about for each in choices):
        return about
    return f"{about} One of {', '.join(choices)}."


def _bare(annotation: object, metadata: Metadata) -> tuple[Any, list[Any]]:
    """A type without ``Annotated`` and ``| None``, and what is noted beside it."""
    found = [*metadata]
    while get_origin(annotation) in (Annotated, Union, UnionType):
        first, *rest = get_args(annotation)
        if get_origin(annotation) is Annotated:
            found += rest
        annotation = first
    return annotation, found


def _refers(notes: list[Any]) -> str | None:
    return next((each.kind for each in notes if isinstance(each, Refers)), None)


def _of_field(info: FieldInfo) -> Data:
    """A value that a field could have."""
    if info.examples:
        example: Data = info.examples[0]
        return example
    return _sample(info.annotation, info.metadata)


def _sample(annotation: object, metadata: Metadata = ()) -> Data:
    """A value of a type, good enough to show its form; None where there is none to show."""
    inner, notes = _bare(annotation, metadata)
    if get_origin(inner) is Literal:
        first = get_args(inner)[0]
        return first if isinstance(first, (int, str)) else None
    if get_origin(inner) is tuple:
        item = _sample(get_args(inner)[0])
        return None if item is None else [item]
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return _of_model(inner)
    plain: dict[object, Data] = {date: "2026-07-31", bool: True, int: 1, Decimal: 1}
    return _text(notes) if inner is str or _is_duration(notes) else plain.get(inner)


def _of_model(model: type[BaseModel]) -> Data:
    """The fields that a part cannot do without; where it needs none, the first of them."""
    infos = [(info.alias or key, info) for key, info in model.model_fields.items()]
    needed = [each for each in infos if each[1].is_required()] or infos[:1]
    fields = {name: _of_field(info) for name, info in needed}
    return fields if fields and None not in fields.values() else None


def _text(notes: list[Any]) -> Data:
    if (refers := _refers(notes)) is not None:
        return f"{'an' if refers[0] in 'EI' else 'a'}-{refers.lower()}"
    for validate, sample in _VALIDATED.items():
        if any(getattr(each, "func", None) is validate for each in notes):
            return sample
    patterns = "".join(str(getattr(each, "pattern", None) or "") for each in notes)
    return next((sample for part, sample in _PATTERNS if part in patterns), "…")


def _is_duration(notes: list[Any]) -> bool:
    return any(getattr(each, "func", None) is parse_days for each in notes)
