"""A sentence for each keyword of JSON Schema: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from roadgate.model.field_path import join
from roadgate.model.suggest import closest, listed
from roadgate.model.wording import shown

if TYPE_CHECKING:
    from roadgate.model.schemas.engine import Violation
    from roadgate.model.schemas.schema import Json

_TYPES = {
    "string": ("a text", "write a text; put it in quotes if it looks like a number or true"),
    "integer": ("a whole number", "write a whole number, without quotes"),
    "number": ("a number", "write a number, without quotes"),
    "boolean": ("true or false", "write true or false"),
    "array": ("a list", "write a list: '[one, two]', or one entry a line after '- '"),
    "object": ("fields of its own", "write 'name: value' lines below it, indented by two spaces"),
    "null": ("nothing", "leave it empty"),
}
_ODD = frozenset('.[]"\\ \t\r\n')
_BEGINS = re.compile(r"\^(?P<text>[A-Za-z0-9@#_/: -]+)")
"""A pattern that asks for nothing but a beginning."""
_FORMATS = {
    "date": ("no date", "write a date as YYYY-MM-DD"),
    "date-time": ("no point in time", "write it as 2026-01-31T09:00:00Z"),
    "time": ("no time of day", "write it as 09:00:00Z"),
    "email": ("no e-mail address", "write an address such as team@example.com"),
    "idn-email": ("no e-mail address", "write an address such as team@example.com"),
    "uri": ("no full link", "write the whole link, such as https://example.com/page"),
    "iri": ("no full link", "write the whole link, such as https://example.com/page"),
}


def called(path: tuple[str | int, ...]) -> str:
    """A field as messages call it."""
    return f"'{readable(path)}'" if path else "the document"


def readable(path: tuple[str | int, ...]) -> str:
    """A field path for readers: in brackets only what would be misread without."""
    parts = [join((each,)) if _is_odd(each) else f".{each}" for each in path]
    return "".join(parts).removeprefix(".")


def _is_odd(step: str | int) -> bool:
    return isinstance(step, int) or not step.strip() or not _ODD.isdisjoint(step)


def _wrong_type(violation: Violation) -> tuple[str, str]:
    wanted = [each for each in violation.detail["types"] if each in _TYPES]
    if "number" in wanted:
        wanted = [each for each in wanted if each != "integer"]
    wanted.sort(key=lambda each: each == "null")
    words = " or ".join(_TYPES[each][0] for each in wanted)
    fix = next((_TYPES[each][1] for each in wanted if each != "null"), _TYPES["null"][1])
    is_word = isinstance(violation.value, (bool, int, float, Decimal)) and "string" in wanted
    return (
        f"{called(violation.path)} is {shown(violation.value)} instead of {words}",
        f"put it in quotes: {_quoted(violation.value)}" if is_word else fix,
    )


def _quoted(value: Json) -> str:
    return '"' + shown(value).strip("'") + '"'


def _not_one_of(violation: Violation) -> tuple[str, str]:
    detail = violation.detail
    options = detail["options"] if "options" in detail else [detail["expected_value"]]
    allowed = [shown(each).strip("'") or "''" for each in options]
    value = violation.value
    choice = f"write one of {listed(allowed)}" if allowed[1:] else f"write {' '.join(allowed)}"
    choice = choice if allowed else "its schema takes no value at all: correct the schema"
    match = closest(value, allowed) if isinstance(value, str) else None
    message = f"{shown(value)} is no value of {called(violation.path)}"
    return message, f"did you mean '{match}'? {choice}" if match else choice


def _wrong_format(violation: Violation) -> tuple[str, str]:
    name = str(violation.detail["format"])
    what, fix = _FORMATS.get(name, (f"no {name}", f"write it as the format {name} asks"))
    return f"{called(violation.path)}: {shown(violation.value)} is {what}", fix


def _wrong_pattern(violation: Violation) -> tuple[str, str]:
    pattern = violation.detail["pattern"]
    message = f"{called(violation.path)}: {shown(violation.value)} is not of the form '{pattern}'"
    begins = _BEGINS.fullmatch(str(pattern))
    if begins is not None:
        return message, f"begin it with '{begins['text']}'"
    return message, "write it in that form; examples in the schema would show how"


def _excluded(violation: Violation) -> tuple[str, str]:
    inner = violation.detail.get("schema")
    names = inner.get("required") if isinstance(inner, Mapping) else None
    if isinstance(names, list) and names and isinstance(violation.value, Mapping):
        together = " together with ".join(f"'{each}'" for each in names)
        return f"{called(violation.path)} has {together}, which its schema excludes", "delete one"
    return (
        f"{called(violation.path)} is {shown(violation.value)}, which its schema excludes",
        "write another value",
    )


def _of_several(violation: Violation) -> tuple[str, str]:
    count = sum(not branch for branch in violation.branches)
    if count == 0:
        fix = "write it in one of the forms that the schema describes"
        return f"{called(violation.path)} fits none of its forms", fix
    return (
        f"{called(violation.path)} fits {count} forms that exclude one another",
        "keep what belongs to one of them",
    )


def _bound(key: str, words: str, way_out: str) -> Callable[[Violation], tuple[str, str]]:
    """The sentence for a keyword that sets a bound."""

    def sentence(violation: Violation) -> tuple[str, str]:
        limit = violation.detail[key]
        return f"{called(violation.path)} {words.format(limit)}", way_out.format(limit)

    return sentence


def _no_fewer(thing: str) -> Callable[[Violation], tuple[str, str]]:
    """The sentence for a least number of things; at least one is to be not empty."""

    def sentence(violation: Violation) -> tuple[str, str]:
        limit = violation.detail["limit"]
        name = called(violation.path)
        if limit == 1:
            return f"{name} is empty", f"write at least one {thing}"
        return f"{name} has fewer than {limit} {_many(thing)}", f"write at least {limit}"

    return sentence


def _many(thing: str) -> str:
    return "entries" if thing == "entry" else f"{thing}s"


SENTENCES: Mapping[str, Callable[[Violation], tuple[str, str]]] = {
    "type": _wrong_type,
    "enum": _not_one_of,
    "const": _not_one_of,
    "format": _wrong_format,
    "pattern": _wrong_pattern,
    "not": _excluded,
    "anyOf": _of_several,
    "oneOf": _of_several,
    "minimum": _bound("limit", "is less than {}", "write {} or more"),
    "maximum": _bound("limit", "is more than {}", "write {} or less"),
    "exclusiveMinimum": _bound("limit", "is not above {}", "write more than {}"),
    "exclusiveMaximum": _bound("limit", "is not below {}", "write less than {}"),
    "multipleOf": _bound("multiple_of", "is no multiple of {}", "write a multiple of {}"),
    "minLength": _no_fewer("character"),
    "maxLength": _bound("limit", "has more than {} characters", "shorten it"),
    "minItems": _no_fewer("entry"),
    "maxItems": _bound("limit", "has more than {} entries", "shorten it"),
    "minProperties": _no_fewer("field"),
    "maxProperties": _bound("limit", "has more than {} fields", "shorten it"),
    "falseSchema": lambda each: (f"{called(each.path)} may not be there", "delete it"),
    "contains": lambda each: (f"{called(each.path)} lacks an entry that it needs", "add it"),
}
"""By keyword."""
