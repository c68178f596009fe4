"""``'%d of %d'.format([…])``: placeholders that do not fit what they are given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.evaluate.absence import children, first
from roadgate.evaluate.cel import Problem
from roadgate.evaluate.checked import Call, Const, Ident, Items, Loop, Select
from roadgate.evaluate.unparsed import unparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.evaluate.checked import Tree

_PLACEHOLDER = re.compile(r"%(?P<precision>\.[0-9]*)?(?P<verb>.?)", re.DOTALL)
_ANYTHING = frozenset({"string", "int", "double", "bool", "list", "map"})
_TAKES = {
    "s": _ANYTHING,
    "d": frozenset({"int", "double"}),
    "f": frozenset({"int", "double"}),
    "e": frozenset({"int", "double"}),
    "b": frozenset({"int", "bool"}),
    "x": frozenset({"int", "string"}),
    "X": frozenset({"int", "string"}),
    "o": frozenset({"int"}),
}
"""What each placeholder takes."""
_KNOWN = "%s for anything, %d and %.1f for numbers, %% for a percent sign"


def misfits(tree: Tree) -> list[Problem]:
    """Every placeholder without a value that fits, and every value without a placeholder."""
    return sorted(_read(tree))


def _read(tree: Tree) -> Iterator[Problem]:
    if isinstance(tree, Loop):
        inner: tuple[Tree, ...] = (tree.over, tree.step)
    else:
        inner = (*children(tree), *(tree.keys if isinstance(tree, Items) else ()))
    if isinstance(tree, Call) and tree.member and tree.function == "format":
        yield from _formatted(*tree.args)
    for each in inner:
        yield from _read(each)


def _formatted(text: Tree, values: Tree) -> Iterator[Problem]:
    if not isinstance(text, Const) or not isinstance(text.value, str):
        return
    found = [each for each in _PLACEHOLDER.finditer(text.value) if each["verb"] != "%"]
    for each in found:
        if each["verb"] not in _TAKES or each["precision"] == ".":
            shown = f"'{each[0]}'" if each["verb"] else "a single '%' at the end"
            yield _problem(text, f"{shown} is no placeholder; there is {_KNOWN}")
            return
    if not isinstance(values, Items):
        return
    if len(found) != len(values.items):
        places, given = _count(len(found), "placeholder"), _count(len(values.items), "value")
        yield _problem(text, f"the text has {places}, and is given {given}")
        return
    for each, value in zip(found, values.items, strict=True):
        kind = value.kind.scalar or ("map" if value.kind.message else "")
        if kind and kind not in _TAKES[each["verb"]]:
            yield _problem(value, f"'{each[0]}' takes no {kind}; write '%s' for it")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _problem(tree: Tree, message: str) -> Problem:
    start = first(tree)
    whole = isinstance(tree, Const | Ident | Select)
    return Problem(start, start + (len(unparse(tree)) if whole else 1), message)
