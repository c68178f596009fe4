"""CEL's compile errors in the words of those who write policies."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from roadgate.evaluate.environment import display_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.evaluate.cel import FieldType

_FIELD = re.compile(r"undefined field '(?P<field>[^']*)' not found in struct '(?P<type>[^']*)'")
_NAME = re.compile(r"undeclared reference to '(?P<name>[^']*)'")
_OVERLOAD = re.compile(
    r"found no matching overload for '(?P<call>[^']*)' applied to '\((?P<on>.*)\)'"
)
_MOST_SHOWN = 5


def reword(
    message: str, fields: Mapping[str, Mapping[str, FieldType]], names: Iterable[str]
) -> str:
    """Say what an expression names wrongly, and what was probably meant."""
    if found := _FIELD.search(message):
        known = sorted(fields.get(found["type"].removeprefix("roadgate."), {}))
        where = display_name(found["type"])
        return f"no field '{found['field']}' on {where}{suggestion(found['field'], known)}"
    if found := _NAME.search(message):
        name = found["name"].split(".")[0]
        return f"nothing is called '{name}'{suggestion(name, names)}"
    if found := _OVERLOAD.search(message):
        return _no_overload(found["call"].strip("_"), found["on"])
    return message[:1].lower() + message[1:]


def suggestion(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` or, where nothing is close, what there is."""
    choices = sorted(known)
    close = get_close_matches(name, choices, n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    if not choices:
        return ""
    shown = ", ".join(f"'{each}'" for each in choices[:_MOST_SHOWN])
    more = len(choices) - _MOST_SHOWN
    return f"; there is {shown}" + (f" and {more} more" if more > 0 else "")


def _no_overload(call: str, operands: str) -> str:
    kinds = re.sub(r"wrapper\((\w+)\)", r"\1", operands)
    shown = re.sub(r"roadgate\.(\w+)", lambda found: display_name(found[1]), kinds)
    text = f"'{call}' does not take ({shown})"
    if {"double", "int"} <= set(re.findall(r"\w+", kinds)):
        return text + "; write a number that is compared with a double as 3.0"
    return text
