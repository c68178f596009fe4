"""What a model refuses, in the words of somebody who edits a roadmap."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from roadgate.load import answers
from roadgate.model.field_path import join
from roadgate.model.finding import Finding, Severity
from roadgate.model.suggest import closest, listed
from roadgate.model.values import NAME_PATTERN
from roadgate.model.wording import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from roadgate.model.repair import Repair
    from roadgate.model.source import ResourceRef

Location = tuple[int | str, ...]

_PATTERNS = (
    (NAME_PATTERN, "is no name", "use lowercase letters, digits and hyphens, at most 63"),
    ("https://", "is no https link", "write a link that begins with https://"),
    (r"(\[bot\])", "is no GitHub handle", "write the handle, such as example-pm"),
    ("[A-Z]{2,8}[0-9]{3}", "is no policy id", "write capitals and 3 digits, such as ACME001"),
    ("._-", "is no id", "use letters, digits, dots and hyphens, at most 64"),
    (r"\S", "is empty", "write some text, or delete the line"),
)
_TYPES = {
    "string_type": ("a text", "write a text; put it in quotes if it looks like a number or true"),
    "int_type": ("a whole number", "write a whole number, without quotes"),
    "int_from_float": ("a whole number", "write a whole number"),
    "bool_type": ("true or false", "write true or false"),
    "tuple_type": ("a list", "write a list: '[one, two]', or one entry a line after '- '"),
    "list_type": ("a list", "write a list: '[one, two]', or one entry a line after '- '"),
    "dict_type": ("a mapping", "write a mapping: 'name: value' lines, indented"),
    "model_type": ("a mapping", "write a mapping: 'name: value' lines, indented"),
    "model_attributes_type": ("a mapping", "write a mapping: 'name: value' lines, indented"),
}
_BOUNDS = {
    "greater_than_equal": ("ge", "less than {}", "write {} or more"),
    "less_than_equal": ("le", "more than {}", "write {} or less"),
    "greater_than": ("gt", "not above {}", "write more than {}"),
    "less_than": ("lt", "not below {}", "write less than {}"),
}


def to_finding(
    error: ErrorDetails, model: type[BaseModel], kind: str, resource: ResourceRef | None
) -> Finding:
    """The finding for one of pydantic's errors."""
    path = tuple(step for step in error["loc"] if step != "[key]")
    field = join(path)
    match error["type"]:
        case "missing":
            code, message, fix = "RG008", f"'{field}' is missing", _how_to_add(model, path)
        case "extra_forbidden":
            code, (message, fix) = "RG007", _unknown_field(model, path, kind)
        case "literal_error":
            code, (message, fix) = "RG009", _not_one_of(error, field)
        case _:
            code, (message, fix) = "RG009", _wrong_value(error, field)
    answer = _answer(error, model, path)
    return Finding(
        code, Severity.ERROR, message, fix, resource=resource, field=field, repair=answer
    )


def _answer(error: ErrorDetails, model: type[BaseModel], path: Location) -> Repair | None:
    """The one right answer, if there is one."""
    match error["type"]:
        case "missing":
            return None
        case "extra_forbidden":
            return answers.of_unknown_field(str(path[-1]), _known(model, path))
        case "literal_error":
            return answers.of_choice(error.get("input"), _expected(error))
    info = next(
        (info for key, info in _fields(model, path[:-1]).items() if _alias(key, info) == path[-1]),
        None,
    )
    return answers.of_value(error, (info and info.description) or "")


def _wrong_value(error: ErrorDetails, field: str) -> tuple[str, str]:
    kind, context, value = error["type"], error.get("ctx", {}), shown(error.get("input"))
    message, fix = f"{value} cannot be '{field}'", error["msg"]
    if error["loc"][-1:] == ("[key]",):
        message, fix = f"{value} is no name", _PATTERNS[0][2]
    elif kind == "value_error":
        fix = str(context.get("error", fix))
    elif kind in _TYPES:
        wanted, fix = _TYPES[kind]
        message = f"'{field}' is {value} instead of {wanted}"
    elif kind in _BOUNDS:
        key, words, way_out = _BOUNDS[kind]
        message = f"'{field}' is {words.format(context[key])}"
        fix = way_out.format(context[key])
    elif kind in ("string_pattern_mismatch", "string_too_short"):
        pattern = str(context.get("pattern", r"\S"))
        words, fix = next((each[1:] for each in _PATTERNS if each[0] in pattern), ("", fix))
        message = f"'{field}': {value} {words}" if words else message
    elif kind == "too_short":
        message, fix = f"'{field}' is an empty list", "write at least one entry"
    return message, fix


def _not_one_of(error: ErrorDetails, field: str) -> tuple[str, str]:
    value = error.get("input")
    allowed = _expected(error)
    message = f"{shown(value)} is no value of '{field}'"
    choice = f"write one of {', '.join(allowed)}" if allowed[1:] else f"write {allowed[0]}"
    match = closest(value, allowed) if isinstance(value, str) else None
    return message, f"did you mean '{match}'? {choice}" if match else choice


def _expected(error: ErrorDetails) -> list[str]:
    text = str(error.get("ctx", {}).get("expected", ""))
    return [part.strip("'") for part in text.replace(" or ", ", ").split(", ")]


def _known(model: type[BaseModel], path: Location) -> list[str]:
    """The fields that exist beside the last step of a path."""
    return [_alias(key, info) for key, info in _fields(model, path[:-1]).items()]


def _unknown_field(model: type[BaseModel], path: Location, kind: str) -> tuple[str, str]:
    name = str(path[-1])
    place = join(path[:-1])
    known = _known(model, path)
    owner = f"'{place}' in {kind}" if place else kind
    message = f"'{name}' is no field of {owner}"
    if (match := closest(name, known)) is not None:
        return message, f"did you mean '{match}'?"
    free = "a field of your own begins with 'x-'"
    return message, f"fields here: {listed(sorted(known))}; {free}" if known else free


def _how_to_add(model: type[BaseModel], path: Location) -> str:
    name = str(path[-1])
    for key, info in _fields(model, path[:-1]).items():
        if _alias(key, info) != name:
            continue
        choices = _choices(info.annotation)
        if choices:
            return f"add '{name}': {listed(choices)}"
        if info.description:
            return f"add '{name}': {info.description[0].lower()}{info.description[1:].rstrip('.')}"
    return f"add '{name}'"


def _alias(key: str, info: FieldInfo) -> str:
    return info.alias or key


def _fields(model: type[BaseModel], path: Location) -> Mapping[str, FieldInfo]:
    """The fields that exist at a place of a model."""
    current: object = model
    for step in path:
        current = _plain(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = current.model_fields
            found = next((info for key, info in fields.items() if _alias(key, info) == step), None)
            if found is None:
                return {}
            current = found.annotation
        else:
            arguments = get_args(current)
            if not arguments:
                return {}
            current = arguments[1] if get_origin(current) is dict else arguments[0]
    current = _plain(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return current.model_fields
    return {}


def _plain(annotation: object) -> object:
    """An annotation without what wraps it: ``Annotated``, ``| None``."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, UnionType):
            annotation = next(each for each in get_args(annotation) if each is not type(None))
        else:
            return annotation


def _choices(annotation: object) -> list[str]:
    plain = _plain(annotation)
    return [str(each) for each in get_args(plain)] if get_origin(plain) is Literal else []
