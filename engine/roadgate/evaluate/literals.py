"""Texts in expressions that can never be right: a value that no field takes, a path to nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.evaluate.absence import children
from roadgate.evaluate.cel import Problem
from roadgate.evaluate.checked import Call, Const, Items, Loop, Select
from roadgate.evaluate.field_paths import SCALARS, changed_problem
from roadgate.evaluate.functions.table import HOST_FUNCTIONS
from roadgate.evaluate.hints import suggestion
from roadgate.evaluate.named import Asked
from roadgate.evaluate.texts import ANYTHING, Reader, Texts
from roadgate.evaluate.unparsed import unparse
from roadgate.model.kinds import KINDS
from roadgate.model.values import parse_day, parse_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.fields import FieldType
    from roadgate.evaluate.texts import Scope

_BY_PATH = frozenset({"having", "lacking", "only", "total", "tally"})
_BY_VALUE = frozenset({"only", "tally"})
_NUMBERS = frozenset({"int", "double"})
_BY_KIND = frozenset({"exists", "lookup"})
_EQUAL = frozenset({"_==_", "_!=_"})
_ORDERED = frozenset({"_<_", "_<=_", "_>_", "_>=_"})
_PARTS: Mapping[str, tuple[str, Callable[[str, str], bool]]] = {
    "startsWith": ("begins with", str.startswith),
    "endsWith": ("ends with", str.endswith),
    "contains": ("contains", str.__contains__),
}
_PARSED: Mapping[str, Callable[[object], object]] = {
    "day": parse_day,
    "from": parse_day,
    "to": parse_day,
    "duration": parse_days,
}
"""By the name of an argument, how its text is read."""
_ARGUMENTS = {
    each.name: each.arguments
    for each in HOST_FUNCTIONS
    if {*each.arguments} & _PARSED.keys() and each.name != "path"
}
_NAMING: dict[str, tuple[str, ...]] = {"path": ("Initiative", "Initiative")}
"""By function, the kinds of the resources that its arguments name."""
for _each in HOST_FUNCTIONS:
    if _each.arguments[:1] in (("initiative",), ("team",)):
        _NAMING[_each.name] = (_each.arguments[0].capitalize(),)
    elif _each.arguments == ("name",) and _each.returns.name in KINDS:
        _NAMING[_each.name] = (_each.returns.name,)
_BEGINS_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?-?")
"""A year or a month, which a day can be before or after."""


def impossible(
    tree: Tree,
    fields: Mapping[str, Mapping[str, FieldType]],
    kinds: frozenset[str],
    group: tuple[str, ...] = (),
    types: tuple[str, ...] = (),
) -> list[Problem]:
    """Every text in ``tree`` that nothing can be equal to, that leads nowhere or means nothing.

    ``kinds`` are the custom ones beside our own; ``group`` what a group can be named after;
    ``types`` the message types of what a policy is about.
    """
    reading = _Reading(fields, frozenset(KINDS) | kinds, group, types)
    return sorted(set(reading.read(tree, {})))


def expected(
    tree: Tree,
    fields: Mapping[str, Mapping[str, FieldType]],
    kinds: frozenset[str],
    group: tuple[str, ...] = (),
) -> dict[str, set[str]]:
    """Of each parameter that is compared with texts of a few values, those values."""
    reading = _Reading(fields, frozenset(KINDS) | kinds, group)
    for _ in reading.read(tree, {}):
        pass
    return {
        name: among
        for name, among in reading.params.items()
        if name in reading.typed - reading.free
    }


def names(
    tree: Tree,
    fields: Mapping[str, Mapping[str, FieldType]],
    kinds: frozenset[str],
    group: tuple[str, ...] = (),
) -> tuple[list[Asked], set[tuple[str, str]]]:
    """The resources that are named, and those that ``exists`` asks for."""
    reading = _Reading(fields, frozenset(KINDS) | kinds, group)
    for _ in reading.read(tree, {}):
        pass
    return reading.names, reading.sought


class _Reading:
    """Reads a tree with the types of fields at hand."""

    def __init__(
        self,
        fields: Mapping[str, Mapping[str, FieldType]],
        kinds: frozenset[str],
        group: tuple[str, ...],
        types: tuple[str, ...] = (),
    ) -> None:
        self._types = types
        self._texts = Reader(fields, kinds, group)
        self._kinds = kinds
        self.params: dict[str, set[str]] = {}
        """The texts that parameters are compared with."""
        self.typed: set[str] = set()
        """The parameters that are compared with what has a few values only."""
        self.free: set[str] = set()
        """Those that are compared with what may have any."""
        self.names: list[Asked] = []
        self.sought: set[tuple[str, str]] = set()

    def read(self, tree: Tree, scope: Scope) -> Iterator[Problem]:
        """Problems of a tree; ``scope`` has what the variables of loops can be."""
        if isinstance(tree, Loop):
            yield from self.read(tree.over, scope)
            yield from self.read(tree.step, self._texts.inner(tree, scope))
            return
        if isinstance(tree, Call):
            self._note(tree, scope)
            yield from self._call(tree, scope)
        if isinstance(tree, Select):
            yield from self._entry(tree, scope)
        for each in (*children(tree), *(tree.keys if isinstance(tree, Items) else ())):
            yield from self.read(each, scope)

    def _call(self, call: Call, scope: Scope) -> Iterator[Problem]:
        if call.function in _EQUAL or call.function in _ORDERED:
            yield from self._compared(call, scope)
        elif call.function in ("@in", "_[_]"):
            is_in = call.function == "@in"
            one, other = call.args if is_in else call.args[::-1]
            others = self._texts.keys(other, scope)
            if is_in and others is ANYTHING:
                others = self._texts.of(other, scope)
            if is_in or others is not ANYTHING:
                yield from self._same(one, other, others, scope)
        elif call.member and call.function in _PARTS:
            yield from self._part(call, scope)
        elif call.member and call.function in _BY_PATH:
            yield from self._path(call, scope)
        elif call.function in _BY_KIND:
            yield from self._kind(call.args[0])
        elif call.function in _ARGUMENTS:
            yield from self._arguments(call, scope)

    def _entry(self, tree: Select, scope: Scope) -> Iterator[Problem]:
        """An entry of a map, written as its field, that the map cannot have."""
        keys = self._texts.keys(tree.operand, scope)
        if keys.closed and tree.field not in keys.among:
            told = f"'{unparse(tree.operand)}' never has '{tree.field}'"
            start = tree.start + 1  # past the dot
            told += suggestion(tree.field, keys.among)
            yield Problem(start, start + len(tree.field), told)

    def _note(self, call: Call, scope: Scope) -> None:
        """Remember the resources that a function is asked about."""
        written = [self._texts.of(each, scope).written for each in call.args]
        if call.function in _BY_KIND:
            pairs = [(str(kind.value), name) for kind in written[0] for name in written[1]]
        else:
            kinds = (call.function,) if call.function in self._kinds else _NAMING.get(call.function)
            named = zip(kinds or (), written, strict=False)
            pairs = [(kind, name) for kind, several in named for name in several]
        if call.function == "exists":
            self.sought |= {(kind, str(name.value)) for kind, name in pairs}
            return
        items = written[1] if call.function == "verdict" and len(written) > 1 else ()
        item = items[0] if len(items) == 1 else None
        self.names += [Asked(kind, name, is_asked=True, item=item) for kind, name in pairs]

    def _compared(self, call: Call, scope: Scope) -> Iterator[Problem]:
        one, other = call.args
        if call.function in _EQUAL:
            yield from self._same(one, other, self._texts.of(other, scope), scope)
        for left, right in (call.args, call.args[::-1]):
            if self._texts.of(left, scope).day:
                for each in self._texts.of(right, scope).written:
                    begins = call.function in _ORDERED and _BEGINS_DAY.fullmatch(str(each.value))
                    yield from () if begins else _unread(each, parse_day)

    def _same(self, one: Tree, other: Tree, others: Texts, scope: Scope) -> Iterator[Problem]:
        """Literals on either side that the other can never be."""
        ones = self._texts.of(one, scope)
        for tree, can, said in ((one, ones, others), (other, others, ones)):
            self._compare(said.params, can)
            for each in said.written if can.is_path else ():
                yield from self._changed(each, begins=False)
            if can.refers:
                self._mention(can, said)
            if not can.closed or not can.among:
                continue
            for each in said.written:
                told = f"'{unparse(tree)}' is never '{each.value}'"
                yield from _unless(each, can.possible, told)

    def _mention(self, can: Texts, said: Texts) -> None:
        """Remember names that a field is compared with; what stands in for none is no name."""
        others = {"", *(each.value for each in can.written)}
        named = [each for each in said.written if each.value not in others]
        self.names += [Asked(can.refers, each, is_asked=False) for each in named]

    def _changed(self, path: Const, *, begins: bool) -> Iterator[Problem]:
        problem = changed_problem(self._types, str(path.value), begins=begins)
        if problem:
            yield _at(path, problem)

    def _compare(self, params: tuple[str, ...], can: Texts) -> None:
        for name in params:
            self.params.setdefault(name, set()).update(can.possible)
            if not can.closed:
                self.free.add(name)
            elif can.among and not can.params:
                self.typed.add(name)

    def _part(self, call: Call, scope: Scope) -> Iterator[Problem]:
        """A text that nothing begins with, ends with or contains."""
        can = self._texts.of(call.args[0], scope)
        words, holds = _PARTS[call.function]
        if can.is_path and call.function == "startsWith":
            for each in self._texts.of(call.args[1], scope).written:
                yield from self._changed(each, begins=True)
        if not can.closed or not can.among or can.params:
            return
        for each in self._texts.of(call.args[1], scope).written:
            if not any(holds(text, str(each.value)) for text in can.possible):
                told = f"'{unparse(call.args[0])}' never {words} '{each.value}'"
                yield _at(each, told + suggestion(str(each.value), can.possible))

    def _arguments(self, call: Call, scope: Scope) -> Iterator[Problem]:
        """Days and durations that are none."""
        for name, given in zip(_ARGUMENTS[call.function], call.args, strict=False):
            if name in _PARSED:
                for each in self._texts.of(given, scope).written:
                    yield from _unread(each, _PARSED[name])

    def _path(self, call: Call, scope: Scope) -> Iterator[Problem]:
        path = call.args[1]
        try:
            field = self._texts.at_path(call)
        except ValueError as error:
            yield from (_at(each, str(error)) for each in self._texts.of(path, {}).written)
            return
        if field is None or not isinstance(path, Const):
            return
        if call.function == "total" and field.name not in _NUMBERS:
            yield _at(path, f"'{path.value}' holds no number")
        elif call.function in _BY_VALUE and field.name not in SCALARS:
            yield _at(path, f"'{path.value}' holds no plain value")
        for text in call.args[2:]:
            said = self._texts.of(text, scope)
            if field.refers:
                self.names += [Asked(field.refers, each, is_asked=False) for each in said.written]
            if not field.choices:
                continue
            self._compare(said.params, Texts(field.choices, closed=True))
            for each in said.written:
                yield from _unless(each, field.choices, f"'{path.value}' is never '{each.value}'")

    def _kind(self, kind: Tree) -> Iterator[Problem]:
        for each in self._texts.of(kind, {}).written:
            yield from _unless(each, tuple(self._kinds), f"no kind '{each.value}'")


def _unless(text: Const, choices: tuple[str, ...], problem: str) -> Iterator[Problem]:
    value = str(text.value)
    if value not in choices:
        yield _at(text, problem + suggestion(value, choices))


def _unread(text: Const, read: Callable[[object], object]) -> Iterator[Problem]:
    """A text that is no day, or no duration."""
    try:
        read(text.value)
    except ValueError as problem:
        what = "duration" if read is parse_days else "day"
        yield _at(text, f"'{text.value}' is no {what}: {problem}")


def _at(text: Const, problem: str) -> Problem:
    return Problem(text.start, text.start + len(unparse(text)), problem)
