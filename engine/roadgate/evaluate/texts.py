"""Which texts a part of an expression can be: what its type allows, what is written, parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from roadgate.evaluate.checked import Call, Const, Ident, Items, Loop, Select
from roadgate.evaluate.field_paths import field_at
from roadgate.evaluate.functions.table import HOST_FUNCTIONS
from roadgate.evaluate.unparsed import macro

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.fields import FieldType

_SAME = frozenset({"distinct", "min", "max", "trim"})
"""Member functions whose value is one, or some, of what they are given."""
_CASES = {"lowerAscii": str.lower, "upperAscii": str.upper}
_PARAMS = "Params"
_RETURNS: dict[str, tuple[str, ...]] = {}
_DAYS = frozenset(each.name for each in HOST_FUNCTIONS if each.returns.day)
for _each in HOST_FUNCTIONS:
    _RETURNS[_each.name] = (*_RETURNS.get(_each.name, ()), *_each.returns.choices)


@dataclass(frozen=True, slots=True)
class Texts:
    """What a text can be; of a list, each of its entries."""

    among: tuple[str, ...] = ()
    """What a type or a function allows."""
    written: tuple[Const, ...] = ()
    """The literals that come out of it."""
    params: tuple[str, ...] = ()
    """The parameters that come out of it."""
    closed: bool = False
    """Whether there is nothing else that it can be, but for the values of parameters."""
    day: bool = False
    """Whether it is a day."""
    refers: str = ""
    """The kind of resource that it names, if it does."""
    is_path: bool = False
    """Whether it is the path of a field that a change touches."""

    @property
    def possible(self) -> tuple[str, ...]:
        """Everything that it can be, where it is closed; parameters left aside."""
        return tuple(dict.fromkeys((*self.among, *(str(each.value) for each in self.written))))


ANYTHING = Texts()
Scope: TypeAlias = "Mapping[str, Texts]"
"""What the variables of loops can be."""


def either(several: Iterable[Texts]) -> Texts:
    """What is one of several."""
    parts = tuple(several)
    return Texts(
        tuple(dict.fromkeys(text for each in parts for text in each.among)),
        tuple(const for each in parts for const in each.written),
        tuple(dict.fromkeys(name for each in parts for name in each.params)),
        closed=bool(parts) and all(each.closed for each in parts),
        day=bool(parts) and all(each.day for each in parts),
        refers=next((each.refers for each in parts if each.refers), ""),
    )


class Reader:
    """Reads which texts trees can be, with the types of fields at hand."""

    def __init__(
        self,
        fields: Mapping[str, Mapping[str, FieldType]],
        kinds: frozenset[str],
        group: tuple[str, ...] = (),
    ) -> None:
        self._fields = fields
        self._kinds = kinds
        self._group = group
        """What a group can be named after."""

    def of(self, tree: Tree, scope: Scope) -> Texts:
        """What a tree can be."""
        match tree:
            case Const(value=str()):
                return Texts(written=(tree,), closed=True)
            case Ident():
                return {"asOf": Texts(day=True), **scope}.get(tree.name, ANYTHING)
            case Select(asks=False):
                return self._field(tree)
            case Items():
                return either(self.of(each, scope) for each in tree.items)
            case Call() | Loop():
                return self._made(tree, scope)
        return ANYTHING

    def keys(self, tree: Tree, scope: Scope) -> Texts:
        """What the keys of a map can be."""
        if isinstance(tree, Items) and tree.keys:
            return either(self.of(each, scope) for each in tree.keys)
        if isinstance(tree, Select):
            field = self._field_of(tree)
            if field is not None and field.shape == "map" and (field.choices or field.refers):
                return Texts(field.choices, closed=bool(field.choices), refers=field.refers)
        if isinstance(tree, Call) and tree.function == "tally":
            found = self.at_path(tree)
            if found is not None and found.choices:
                return Texts(found.choices, closed=True)
        return ANYTHING

    def at_path(self, call: Call) -> FieldType | None:
        """The field that a function is told to look at by its path.

        Raises:
            ValueError: there is no such field.
        """
        kind, path = call.args[0].kind.of, call.args[1]
        if not isinstance(path, Const) or not isinstance(path.value, str) or not kind:
            return None
        return field_at(kind, path.value)

    def inner(self, loop: Loop, scope: Scope) -> Scope:
        """The scope within a loop."""
        return {**scope, loop.variable: self.of(loop.over, scope)}

    def _field(self, tree: Select) -> Texts:
        message = tree.operand.kind.message
        if message.endswith("Group") and tree.field == "key":
            return Texts(self._group, closed=bool(self._group))
        field = self._field_of(tree)
        if field is None or field.shape == "map":
            return ANYTHING
        if message == "FieldChange" and tree.field == "path":
            return Texts(is_path=True)
        choices = field.choices
        is_kind = tree.field == "kind" and (message == "Change" or {*choices} & self._kinds)
        if is_kind:  # of every kind may be asked whether it is this one
            choices = tuple(sorted({*choices, *self._kinds, "Config"}))
        if message.startswith(_PARAMS):
            return Texts(choices, params=(tree.field,), closed=bool(choices))
        return Texts(choices, closed=bool(choices), day=field.day, refers=field.refers)

    def _field_of(self, tree: Select) -> FieldType | None:
        return self._fields.get(tree.operand.kind.message, {}).get(tree.field)

    def _made(self, tree: Call | Loop, scope: Scope) -> Texts:
        return self._loop(tree, scope) if isinstance(tree, Loop) else self._called(tree, scope)

    def _called(self, call: Call, scope: Scope) -> Texts:
        name, args = call.function, call.args
        if name == "_?_:_":
            return either(self.of(each, scope) for each in args[1:])
        if name == "_[_]":
            return self.of(args[0], scope)
        if name == "_+_" and call.kind.scalar == "list":
            return either(self.of(each, scope) for each in args)
        if call.member and name in _SAME:
            return self.of(args[0], scope)
        if call.member and name in _CASES:
            found = self.of(args[0], scope)
            spelt = tuple(_CASES[name](each) for each in found.among)
            return Texts(spelt, closed=True) if found.closed and spelt else ANYTHING
        choices = _RETURNS.get(name, ())
        return Texts(choices, closed=bool(choices), day=name in _DAYS)

    def _loop(self, loop: Loop, scope: Scope) -> Texts:
        found = macro(loop)
        if found is None or found[0] not in ("filter", "map"):
            return ANYTHING
        name, parts = found
        over = self.of(loop.over, scope)
        return over if name == "filter" else self.of(parts[-1], {**scope, loop.variable: over})
