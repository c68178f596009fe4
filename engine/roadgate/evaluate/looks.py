"""Which fields expressions can look at: a message that has those alone gives the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from roadgate.evaluate.checked import Call, Const, Items, Loop, Select
from roadgate.evaluate.environment import base_types

if TYPE_CHECKING:
    from roadgate.evaluate.checked import Tree

Looks: TypeAlias = frozenset[tuple[str, str]]
"""Fields, each after the message that it belongs to."""
_PASS_ON = frozenset({"_?_:_", "_+_", "_[_]", "size"})
"""What may be asked of lists of messages without looking into these."""
_COMPARE = frozenset({"_==_", "_!=_"})


def looks_by_words(words: frozenset[str]) -> Looks:
    """Every field of a name that is among some words."""
    return frozenset(
        (message, name)
        for message, fields in base_types().fields.items()
        for name in fields
        if name in words
    )


def looks(tree: Tree) -> Looks | None:
    """The fields that an expression names; None where it may look at whole messages."""
    found: set[tuple[str, str]] = set()
    return frozenset(found) if _gathered(tree, found) else None


def _gathered(tree: Tree, found: set[tuple[str, str]]) -> bool:
    """Whether a tree looks at nothing but fields, which are gathered."""
    match tree:
        case Select():
            found.add((tree.operand.kind.message, tree.field))
            parts: tuple[Tree, ...] = (tree.operand,)
            plain = True
        case Call():
            parts, plain = tree.args, _passes_on(tree)
        case Items():
            parts = tree.items
            plain = all(each.kind.plain or each.kind.message == tree.kind.of for each in parts)
        case Loop():
            parts, plain = (tree.over, tree.begins, tree.step, tree.result), True
        case _:
            return True
    return plain and all(_gathered(each, found) for each in parts)


def _passes_on(call: Call) -> bool:
    """Whether a function or operator looks into no message that it is given."""
    if call.function in _PASS_ON or all(each.kind.plain for each in call.args):
        return True
    if call.function == "@in":  # a key of a map; a message would have to be compared
        return call.args[0].kind.plain
    null = any(isinstance(each, Const) and each.value is None for each in call.args)
    return call.function in _COMPARE and null
