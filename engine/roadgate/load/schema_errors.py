"""What a model refuses, in the words of somebody who edits a roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load import answers, hints
from roadgate.load.elsewhere import advice, belongs, meant
from roadgate.load.model_fields import choices, field_at, fields_at, names_at
from roadgate.model.field_path import join
from roadgate.model.finding import Finding, Severity
from roadgate.model.suggest import closest, listed
from roadgate.model.values import NAME_PATTERN, Refused
from roadgate.model.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from roadgate.load.model_fields import Location
    from roadgate.model.repair import Repair
    from roadgate.model.source import ResourceRef

_PATTERNS: tuple[tuple[str, str, Callable[[object], str]], ...] = (
    (NAME_PATTERN, "is no name", hints.as_name),
    ("https://", "is no https link", hints.as_link),
    (r"(\[bot\])", "is no GitHub handle", hints.as_handle),
    (
        "[A-Z]{2,8}[0-9]{3}",
        "is no policy id",
        lambda _: "write capitals and 3 digits, such as ACME001",
    ),
    ("[A-Z][A-Za-z0-9]", "is no name of a kind", hints.as_kind),
    ("._-", "is no id", hints.as_id),
    (r"\S", "is empty", lambda _: "write some text, or delete the line"),
)
_BOUNDS = {
    "greater_than_equal": ("ge", "less than {}", "write {} or more"),
    "less_than_equal": ("le", "more than {}", "write {} or less"),
    "greater_than": ("gt", "not above {}", "write more than {}"),
    "less_than": ("lt", "not below {}", "write less than {}"),
}


def to_findings(
    errors: Sequence[ErrorDetails], model: type[BaseModel], kind: str, resource: ResourceRef | None
) -> list[Finding]:
    """The findings for pydantic's errors; what only follows from another is left out.

    A field in the wrong place is also missing in its own, and a misspelt one where it stands; and
    where nothing stands below ``metadata``, its fields stand beside it.
    """
    missing = {error["loc"] for error in errors if error["type"] == "missing"}
    astray = _astray(errors, model)
    flat: dict[Location, list[str]] = {}
    for at, place in astray.items():
        if place in missing:
            flat.setdefault(place, []).append(str(at[-1]))
    found = {(*place, at[-1]) for at, place in astray.items()}
    found |= missing & _misspelt(errors, model)
    told = []
    for error in errors:
        loc = error["loc"]
        if error["type"] == "too_short" and _has_entries(error):
            continue  # its entries are wrong, and have findings of their own
        if loc in flat:
            told.append(_nothing_below(loc, flat[loc], resource))
        elif loc not in found - astray.keys() and astray.get(loc) not in flat:
            told.append(_finding(error, model, kind, resource))
    return told


def _misspelt(errors: Sequence[ErrorDetails], model: type[BaseModel]) -> set[Location]:
    """The fields that unknown ones at the same place were probably meant to be."""
    unknown = (error["loc"] for error in errors if error["type"] == "extra_forbidden")
    near = ((loc[:-1], meant(str(loc[-1]), loc[:-1], model)) for loc in unknown)
    return {(*place, name) for place, name in near if name is not None}


def _astray(errors: Sequence[ErrorDetails], model: type[BaseModel]) -> dict[Location, Location]:
    """Where fields that stand in the wrong place belong."""
    unknown = (error["loc"] for error in errors if error["type"] == "extra_forbidden")
    places = ((loc, belongs(str(loc[-1]), loc[:-1], model)) for loc in unknown)
    return {loc: place for loc, place in places if place is not None}


def _has_entries(error: ErrorDetails) -> bool:
    """Whether a list that is called empty has entries; those that were refused are not counted."""
    entries = error.get("input")
    return isinstance(entries, (list, tuple)) and bool(entries)


def _nothing_below(place: Location, names: Sequence[str], resource: ResourceRef | None) -> Finding:
    field = join(place)
    message = f"nothing stands below '{field}'"
    what = listed(names)
    fix = f"add '{field}:' if it is not there, and indent by two spaces what belongs to it: {what}"
    return Finding("RG008", Severity.ERROR, message, fix, resource=resource, field=field)


def _finding(
    error: ErrorDetails, model: type[BaseModel], kind: str, resource: ResourceRef | None
) -> Finding:
    path = tuple(step for step in error["loc"] if step != "[key]")
    field = join(path)
    answer = _answer(error, model, path)
    match error["type"]:
        case "missing":
            code, message, fix = "RG008", f"'{field}' is missing", _how_to_add(model, path)
        case "extra_forbidden":
            code, (message, fix) = "RG007", _unknown_field(error, model, path, kind)
        case "literal_error":
            code, (message, fix) = "RG009", _not_one_of(error, model, path)
        case _:
            code, (message, fix) = "RG009", _wrong_value(error, model, path, answer)
    return Finding(
        code,
        Severity.ERROR,
        message,
        fix,
        resource=resource,
        field=field,
        of_name=code == "RG007" or path != error["loc"],
        repair=answer,
    )


def _answer(error: ErrorDetails, model: type[BaseModel], path: Location) -> Repair | None:
    """The one right answer, if there is one."""
    match error["type"]:
        case "missing":
            return None
        case "extra_forbidden":
            return answers.of_unknown_field(str(path[-1]), names_at(model, path[:-1]))
        case "literal_error":
            return answers.of_choice(error.get("input"), _expected(error))
    info = field_at(model, path)
    return answers.of_value(error, (info and info.description) or "")


def _wrong_value(
    error: ErrorDetails, model: type[BaseModel], path: Location, answer: Repair | None
) -> tuple[str, str]:
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    field = join(path)
    message, fix = _cannot_be(error, field), error["msg"]
    if error["loc"][-1:] == ("[key]",):
        message, fix = f"{shown(value)} is no name", hints.as_name(value)
    elif kind == "value_error":
        fix = _way_out(error, model, path, answer)
    elif kind in _BOUNDS:
        key, words, way_out = _BOUNDS[kind]
        message = f"'{field}' is {words.format(context[key])}"
        fix = way_out.format(context[key])
    elif kind in ("string_pattern_mismatch", "string_too_short"):
        pattern = str(context.get("pattern", r"\S"))
        for part, words, way in _PATTERNS:
            if part in pattern:
                return f"'{field}': {shown(value)} {words}", way(value)
    elif kind == "too_long":
        most = context["max_length"]
        message, fix = f"'{field}' has more than {most} entries", "split it"
    elif kind == "too_short":
        message, fix = f"'{field}' is an empty list", "write at least one entry"
    elif (wanted := _of_type(error, model, path)) is not None:
        message, fix = f"'{field}' is {shown(value)} instead of {wanted[0]}", wanted[1]
    return message, fix


def _cannot_be(error: ErrorDetails, field: str) -> str:
    refused = error.get("ctx", {}).get("error")
    if isinstance(refused, Refused):
        return f"'{field}' {refused.problem}"
    return f"{shown(error.get('input'))} cannot be '{field}'"


def _of_type(error: ErrorDetails, model: type[BaseModel], path: Location) -> tuple[str, str] | None:
    """What a value of another type should have been, and how to write it."""
    value, info = error.get("input"), field_at(model, path)
    match error["type"]:
        case "model_type" | "model_attributes_type":
            wanted = "fields of its own", hints.as_fields(model, path, value)
        case "tuple_type" | "list_type" if fields_at(model, (*path, 0)):
            wanted = "a list", hints.as_entries(value)
        case "tuple_type" | "list_type":
            wanted = "a list", hints.as_list(value, join(path))
        case "string_type":
            wanted = "a text", hints.as_text(value, join(path))
        case "int_type" | "int_from_float":
            wanted = "a whole number", hints.as_number(value, info)
        case "bool_type":
            wanted = "true or false", hints.as_answer(value)
        case "dict_type":
            wanted = "names with values", hints.as_pairs(info.annotation if info else None)
        case _:
            return None
    return wanted


def _way_out(
    error: ErrorDetails, model: type[BaseModel], path: Location, answer: Repair | None
) -> str:
    """The fix for a value that means nothing: what it must have meant, or the form to write."""
    said = str(error.get("ctx", {}).get("error", error["msg"]))
    if answer is not None:
        return f"write {answer.value}"
    if said.startswith("write a date"):
        return hints.as_day(error.get("input"), said)
    if said == "write a number, without quotes or a unit":
        return hints.as_number(error.get("input"), field_at(model, path))
    return said


def _not_one_of(error: ErrorDetails, model: type[BaseModel], path: Location) -> tuple[str, str]:
    value = error.get("input")
    allowed = _expected(error)
    message = f"{shown(value)} is no value of '{join(path)}'"
    choice = f"write one of {', '.join(allowed)}" if allowed[1:] else f"write {allowed[0]}"
    match = closest(value, allowed) if isinstance(value, str) else None
    if match is None and (meaning := hints.described(field_at(model, path))):
        choice = f"{choice} ({meaning})"
    if match is not None:
        return message, f"did you mean '{match}'? write one of {listed(allowed)}"
    return message, choice


def _expected(error: ErrorDetails) -> list[str]:
    text = str(error.get("ctx", {}).get("expected", ""))
    return [part.strip("'") for part in text.replace(" or ", ", ").split(", ")]


def _unknown_field(
    error: ErrorDetails, model: type[BaseModel], path: Location, kind: str
) -> tuple[str, str]:
    name, place = str(path[-1]), join(path[:-1])
    owner = f"'{place}' in {kind}" if place else kind
    message = f"'{name}' is no field of {owner}"
    return message, advice(name, error.get("input"), path, model, kind)


def _how_to_add(model: type[BaseModel], path: Location) -> str:
    name, info = str(path[-1]), field_at(model, path)
    if info is not None and (several := choices(info.annotation)):
        return f"add '{name}': {listed(several)}"
    meaning = hints.described(info)
    inner = hints.needed(model, path)
    if inner and not meaning:
        return f"add '{name}:' and below it, indented by two spaces, {listed(inner)}"
    return f"add '{name}': {meaning}" if meaning else f"add '{name}'"
