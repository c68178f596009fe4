"""CEL's compile errors in the words of those who write policies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.evaluate.environment import display_name
from roadgate.evaluate.functions.table import HOST_FUNCTIONS
from roadgate.model.suggest import closest, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from roadgate.evaluate.fields import FieldType

_FIELD = re.compile(
    r"undefined (?P<how>field|index) '(?P<field>[^']*)' not found in struct '(?P<type>[^']*)'"
)
_NAME = re.compile(r"undeclared reference to '(?P<name>[^']*)'")
_PARAMS = re.compile(r"(?:roadgate\.)?Params[0-9a-f]{16}")
_NO_VALUE = re.compile(r"No matching overloads found : (?P<call>.+)$")
_SCOPES = {
    **dict.fromkeys(("old", "new", "change", "field"), "change"),
    **dict.fromkeys(("resource", "evidence", "decisions", "verdicts"), "resource or change"),
    "group": "portfolio with match.kinds",
}
"""Where the variables are that not every expression has."""
_SELECT = re.compile(
    r"expression of type '(?P<type>[^']*)' cannot be the operand of a select operation"
)
_ELSEWHERE = {
    **dict.fromkeys(("len", "lenght", "length", "count"), "size(…)"),
    **dict.fromkeys(("today", "date", "timestamp"), "asOf, the day judged"),
    "now": "asOf for the day judged, and 'now' in quotes for the horizon",
    "get": "map['key'], after 'key' in map",
    "any": "list.exists(x, …)",
    "True": "true",
    "False": "false",
    **dict.fromkeys(("None", "nil", "undefined"), "!has(…) for what is absent"),
}
"""Names from other languages, and what stands for them here."""
_MACROS = frozenset({"all", "exists", "exists_one", "filter", "map"})
NO_ENTRY = "there is no entry "
_NO_SUCH = (
    (re.compile(r'[Kk]ey not found in map : "(.*)"'), NO_ENTRY + "'{}'"),
    (re.compile(r"no_such_field : (\w+)"), "there is no field '{}'"),
    (re.compile(r"Index error: index=(-?\d+) size=(\d+)"), "there is no item [{}] in a list of {}"),
    (re.compile(r"Iteration budget exceeded"), "it takes more steps than the budget of 10,000"),
)
_NAMED = re.compile(r"\w*[a-zA-Z]\w*(?=\()")
_OVERLOAD = re.compile(
    r"found no matching overload for '(?P<call>[^']*)' applied to '\((?P<on>.*)\)'"
)


def reword(
    message: str, fields: Mapping[str, Mapping[str, FieldType]], names: Collection[str]
) -> str:
    """Say what an expression names wrongly, and what was probably meant."""
    if found := _FIELD.search(message):
        return _no_field(found, fields)
    if found := _NAME.search(message):
        return _no_name(found["name"].split(".")[0], names, fields)
    if found := _OVERLOAD.search(message):
        return _no_overload(found["call"].strip("_"), found["on"])
    if found := _SELECT.search(message):
        return _no_fields(found["type"])
    return message[:1].lower() + message[1:]


def _no_field(found: re.Match[str], fields: Mapping[str, Mapping[str, FieldType]]) -> str:
    name, own = found["field"], fields.get(found["type"].removeprefix("roadgate."), {})
    if _PARAMS.fullmatch(found["type"]):
        return f"no parameter '{name}'{suggestion(name, own) or '; the policy declares none'}"
    if below := next((part for part, kind in own.items() if name in fields.get(kind.name, {})), ""):
        return f"no field '{name}' on {display_name(found['type'])}; did you mean '{below}.{name}'?"
    known = [each.written or called for called, each in own.items()]
    parted = next((each for each in known if each.startswith(f"{name}-")), None)
    if parted is not None:  # a hyphen takes one name from another
        return f"no field '{name}' on {display_name(found['type'])}; write [\"{parted}\"]"
    told = f"no field '{name}' on {display_name(found['type'])}{suggestion(name, known)}"
    match = closest(name, known)
    is_name = match is None or match.isidentifier() or found["how"] == "index"
    return told if is_name else f'{told} write ["{match}"]'


def _no_name(
    name: str, names: Collection[str], fields: Mapping[str, Mapping[str, FieldType]]
) -> str:
    if name in names:
        return f"'{name}' does not take what it is given{_signatures(name)}"
    if name in _SCOPES:
        return f"'{name}' is there in scope {_SCOPES[name]} only"
    told = f"nothing is called '{name}'"
    if name in _ELSEWHERE:
        return f"{told}; write {_ELSEWHERE[name]}"
    if any(name in kind.choices for each in fields.values() for kind in each.values()):
        return f"{told}; a text stands in quotes: '{name}'"
    return told + suggestion(name, names)


def _no_fields(kind: str) -> str:
    if kind.startswith("list("):
        return "a list has no fields: ask size(list), list[0] or list.exists(x, …)"
    return f"a value of type {kind} has no fields"


def reword_evaluation(message: str) -> str:
    """Say what an expression without a value was asked of."""
    for pattern, words in _NO_SUCH:
        if (missing := pattern.search(message)) is not None:
            return words.format(*missing.groups())
    found = _NO_VALUE.search(message)
    if found is None:
        is_word = message.partition(" ")[0].isalpha()
        return message[:1].lower() + message[1:] if is_word else message
    call = found["call"]
    operator = call.split("(")[0].strip("_") or call
    if named := _NAMED.search(call):
        operator = named[0].strip("_")
    if "null_type" in call:
        return f"'{operator}' is asked of something that is absent"
    return f"'{operator}' does not take what it is given: {call}"


def suggestion(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` or, where nothing is close, what there is; empty for no choice."""
    choices = sorted(known)
    if (match := closest(name, choices)) is not None:
        return f"; did you mean '{match}'?"
    return f"; there is {listed(choices)}" if choices else ""


def _signatures(name: str) -> str:
    """How a function of ours, or a macro of CEL's, is called; empty for its other functions."""
    told = [each.signature.split(" -> ")[0] for each in HOST_FUNCTIONS if each.name == name]
    told += [f"list.{name}(x, …) with a name for each item"] if name in _MACROS else []
    return f"; write {' or '.join(told)}" if told else ""


def _no_overload(call: str, operands: str) -> str:
    kinds = re.sub(r"wrapper\((\w+)\)", r"\1", operands)
    shown = re.sub(r"roadgate\.(\w+)", lambda found: display_name(found[1]), kinds)
    text = f"'{call}' does not take ({shown})"
    given = [each.strip() for each in re.split(r",(?![^(]*\))", kinds)]
    meant = next((words for calls, fits, words in _MEANT if call in calls and fits(given)), "")
    return f"{text}; {meant}" if meant else text


def _one_of_each(*kinds: str) -> Callable[[list[str]], bool]:
    return lambda given: sorted(given) == sorted(kinds)


def _is_list(given: list[str]) -> bool:
    return any(each.startswith("list(") for each in given)


_ORDER = frozenset({"<", "<=", ">", ">="})
_ANY = _ORDER | {"==", "!="}
_MEANT: tuple[tuple[frozenset[str], Callable[[list[str]], bool], str], ...] = (
    (
        _ANY | frozenset("+-*/%"),
        _one_of_each("double", "int"),
        "write a number that is compared with a double as 3.0",
    ),
    (_ORDER, _one_of_each("bool", "int"), "two comparisons are joined: 1 < x && x < 5"),
    (_ORDER, _one_of_each("bool", "double"), "two comparisons are joined: 1.0 < x && x < 5.0"),
    (
        _ANY,
        _one_of_each("int", "string"),
        "a number stands without quotes, a duration as its number of days",
    ),
    (_ANY, _one_of_each("double", "string"), "a number stands without quotes"),
    (frozenset({"-"}), _one_of_each("string", "string"), "days(from, to) counts the days"),
    (
        frozenset({"+"}),
        _one_of_each("int", "string"),
        "make a text of the number with string(…), or write '… %d'.format([…])",
    ),
    (
        frozenset({"+"}),
        _one_of_each("double", "string"),
        "make a text of the number with string(…), or write '… %.1f'.format([…])",
    ),
    (_ANY | {"contains"}, _is_list, "ask whether a list holds something with 'in': 'x' in list"),
    (frozenset({"%"}), lambda given: given[0] == "string", "write '%s'.format([…])"),
    (
        frozenset({"format"}),
        lambda given: len(given) == 2 and not given[1].startswith("list("),  # noqa: PLR2004
        "its values stand in brackets: .format([…])",
    ),
)
"""What was probably meant where a function or operator does not take what it is given."""
