"""Texts in expressions that can never be right: a value that no field takes, a path to nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.absence import children
from roadgate.evaluate.cel import Problem
from roadgate.evaluate.checked import Call, Const, Ident, Items, Loop, Select
from roadgate.evaluate.field_paths import SCALARS, field_at
from roadgate.evaluate.functions.table import HOST_FUNCTIONS
from roadgate.evaluate.hints import suggestion
from roadgate.evaluate.unparsed import unparse
from roadgate.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.fields import FieldType

_BY_PATH = frozenset({"having", "lacking", "only", "total", "tally"})
_BY_VALUE = frozenset({"only", "tally"})
_NUMBERS = frozenset({"int", "double"})
_BY_KIND = frozenset({"exists", "lookup"})
_RETURNS: dict[str, tuple[str, ...]] = {}
for _each in HOST_FUNCTIONS:
    _RETURNS[_each.name] = (*_RETURNS.get(_each.name, ()), *_each.returns.choices)


def impossible(
    tree: Tree, fields: Mapping[str, Mapping[str, FieldType]], kinds: frozenset[str]
) -> list[Problem]:
    """Every text in ``tree`` that nothing can be equal to, or that leads nowhere.

    ``kinds`` are the custom ones beside our own.
    """
    return sorted(_Reading(fields, frozenset(KINDS) | kinds).read(tree, {}))


class _Reading:
    """Reads a tree with the types of fields at hand."""

    def __init__(
        self, fields: Mapping[str, Mapping[str, FieldType]], kinds: frozenset[str]
    ) -> None:
        self._fields = fields
        self._kinds = kinds

    def read(self, tree: Tree, scope: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
        """Problems of a tree; ``scope`` has what the variables of loops can be."""
        if isinstance(tree, Loop):
            yield from self.read(tree.over, scope)
            inner = {**scope, tree.variable: self._choices(tree.over, scope)}
            yield from self.read(tree.step, inner)
            return
        if isinstance(tree, Call):
            yield from self._call(tree, scope)
        for each in children(tree):
            yield from self.read(each, scope)

    def _call(self, call: Call, scope: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
        if call.function in ("_==_", "_!=_"):
            for one, other in (call.args, call.args[::-1]):
                yield from self._equal(one, other, scope)
        elif call.function == "@in":
            sought, among = call.args
            yield from self._equal(among, sought, scope)
            for each in among.items if isinstance(among, Items) else ():
                yield from self._equal(sought, each, scope)
        elif call.member and call.function in _BY_PATH:
            yield from self._path(call)
        elif call.function in _BY_KIND:
            yield from self._kind(call.args[0])

    def _equal(
        self, one: Tree, text: Tree, scope: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Problem]:
        choices = self._choices(one, scope)
        several = len(choices) > 1  # a kind's own name may be asked of every kind
        if several and isinstance(text, Const) and isinstance(text.value, str):
            yield from _unless(text, choices, f"'{unparse(one)}' is never '{text.value}'")

    def _choices(self, tree: Tree, scope: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        match tree:
            case Select(asks=False):
                field = self._fields.get(tree.operand.kind.message, {}).get(tree.field)
                return field.choices if field is not None else ()
            case Ident():
                return scope.get(tree.name, ())
            case Call():
                return _RETURNS.get(tree.function, ())
        return ()

    def _path(self, call: Call) -> Iterator[Problem]:
        kind, path = call.args[0].kind.of, call.args[1]
        if not isinstance(path, Const) or not isinstance(path.value, str) or not kind:
            return
        try:
            field = field_at(kind, path.value)
        except ValueError as error:
            yield _at(path, str(error))
            return
        if field is None:
            return
        if call.function == "total" and field.name not in _NUMBERS:
            yield _at(path, f"'{path.value}' holds no number")
        elif call.function in _BY_VALUE and field.name not in SCALARS:
            yield _at(path, f"'{path.value}' holds no plain value")
        for text in call.args[2:] if field.choices else ():
            if isinstance(text, Const) and isinstance(text.value, str):
                yield from _unless(text, field.choices, f"'{path.value}' is never '{text.value}'")

    def _kind(self, kind: Tree) -> Iterator[Problem]:
        if isinstance(kind, Const) and isinstance(kind.value, str):
            yield from _unless(kind, tuple(self._kinds), f"no kind '{kind.value}'")


def _unless(text: Const, choices: tuple[str, ...], problem: str) -> Iterator[Problem]:
    value = str(text.value)
    if value not in choices:
        yield _at(text, problem + suggestion(value, choices))


def _at(text: Const, problem: str) -> Problem:
    return Problem(text.start, text.start + len(unparse(text)), problem)
