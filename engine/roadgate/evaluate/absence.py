"""Where an expression holds because something is absent: unguarded ``!=`` and ``all()``.

In CEL ``null != 'x'`` and ``[].all(…)`` are true. An expression that rests on either must say that
it means so: by ``has()`` or ``size()``, beside it with ``&&``, or with ``!has(…) || …``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from roadgate.evaluate.cel import Problem
from roadgate.evaluate.checked import Call, Const, Ident, Items, Loop, Select
from roadgate.evaluate.unparsed import macro, unparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.fields import FieldType

Known: TypeAlias = frozenset[str]
"""What is there for sure, as text; a list that is not empty as ``some …``."""
_LONGEST = 60
A_GROUP: Known = frozenset({"some group.resources"})
"""What ``groupBy`` makes sure of: there is no group of nothing."""
_NONE: Known = frozenset()
_MIRRORED = {"_<_": "_>_", "_<=_": "_>=_", "_>_": "_<_", "_>=_": "_<=_"}
_OPPOSITE = {
    "_==_": "_!=_",
    "_!=_": "_==_",
    "_<_": "_>=_",
    "_<=_": "_>_",
    "_>_": "_<=_",
    "_>=_": "_<_",
}


def unguarded(
    tree: Tree, fields: Mapping[str, Mapping[str, FieldType]], known: Known = frozenset()
) -> list[Problem]:
    """Every part that makes the expression hold when something is absent.

    ``known`` is there whenever the expression is asked: see ``true``.
    """
    return sorted(_Reading(fields).holds(tree, known))


class _Reading:
    """Reads a tree with the types of fields at hand."""

    def __init__(self, fields: Mapping[str, Mapping[str, FieldType]]) -> None:
        self._fields = fields

    def holds(self, tree: Tree, known: Known) -> Iterator[Problem]:
        """What is true by absence where ``tree`` should be true, and ``known`` is there."""
        if isinstance(tree, Loop):
            yield from self._loop(tree, known, wanted=True)
        elif not isinstance(tree, Call):
            return
        elif tree.function in ("_&&_", "_||_"):
            yield from self._both(tree, known, wanted=True)
        elif tree.function == "!_":
            yield from self.fails(tree.args[0], known)
        elif tree.function == "_?_:_":
            condition, yes, no = tree.args
            yield from self.holds(yes, known | true(condition))
            yield from self.holds(no, known | false(condition))
        else:
            yield from self._compared(tree, known, wanted=True)

    def fails(self, tree: Tree, known: Known) -> Iterator[Problem]:
        """What is false by absence where ``tree`` should be false."""
        if isinstance(tree, Loop):
            yield from self._loop(tree, known, wanted=False)
        elif not isinstance(tree, Call):
            return
        elif tree.function in ("_&&_", "_||_"):
            yield from self._both(tree, known, wanted=False)
        elif tree.function == "!_":
            yield from self.holds(tree.args[0], known)
        else:
            yield from self._compared(tree, known, wanted=False)

    def _both(self, call: Call, known: Known, *, wanted: bool) -> Iterator[Problem]:
        """Each side, with what the other one makes sure of: its truth beside ``&&``, else not."""
        left, right = call.args
        sure = true if call.function == "_&&_" else false
        read = self.holds if wanted else self.fails
        yield from read(left, known | sure(right))
        yield from read(right, known | sure(left))

    def _compared(self, call: Call, known: Known, *, wanted: bool) -> Iterator[Problem]:
        differs = call.function == ("_!=_" if wanted else "_==_")
        same = call.function == ("_==_" if wanted else "_!=_")
        asks = any(isinstance(each, Const) and each.value is None for each in call.args)
        absent = [each for each in call.args if self._absent(each, known)]
        if (differs and absent and not asks) or (same and len(absent) > 1):
            yield _problem(absent[0], "has({})", "is absent")
        elif call.function == "@in" and not wanted and self._absent(call.args[0], known):
            yield _problem(call.args[0], "has({})", "is absent")
        for each in call.args:
            yield from self._within(each, known)

    def _within(self, tree: Tree, known: Known) -> Iterator[Problem]:
        """Loops inside values: what ``filter`` lets through should be there too."""
        if isinstance(tree, Loop):
            yield from self._loop(tree, known, wanted=True)
        for each in children(tree):
            yield from self._within(each, known)

    def _loop(self, loop: Loop, known: Known, *, wanted: bool) -> Iterator[Problem]:
        yield from self._within(loop.over, known)
        found = macro(loop)
        if found is None:
            return
        name, parts = found
        if name == "all" and wanted and not isinstance(loop.over, Items):
            text = unparse(loop.over)
            if f"some {text}" not in known:
                yield _problem(loop.over, "size({}) > 0", "is empty")
        read = self.holds if wanted or name not in ("all", "exists") else self.fails
        if name != "map" or len(parts) > 1:
            yield from read(parts[0], known)
        if name == "map":
            yield from self._within(parts[-1], known)

    def _absent(self, tree: Tree, known: Known) -> bool:
        """Whether a value may be null."""
        if not isinstance(tree, Select) or tree.asks or unparse(tree) in known:
            return False
        if isinstance(tree.operand, Call) and tree.operand.function == "lookup":
            return True
        siblings = self._fields.get(tree.operand.kind.message, {})
        field = siblings.get(tree.field)
        if field is not None and field.shape == "one" and field.optional:
            whole = unparse(tree.operand)
            beside = (f"{whole}.{name}" for name, each in siblings.items() if each.together)
            return not (field.together and any(each in known for each in beside))
        return self._absent(tree.operand, known)


def true(tree: Tree) -> Known:
    """What is there for sure when ``tree`` is true."""
    found = _NONE
    match tree:
        case Select(asks=True):
            found = _there(tree.operand) | {unparse(tree)[len("has(") : -1]}
        case Loop() if (made := macro(tree)) is not None and made[0] == "exists":
            found = _some(tree.over)
        case Call(function="_&&_"):
            found = true(tree.args[0]) | true(tree.args[1])
        case Call(function="_||_"):
            found = true(tree.args[0]) & true(tree.args[1])
        case Call(function="!_"):
            found = false(tree.args[0])
        case Call(function="@in"):
            found = _there(tree.args[0])
        case Call() if tree.function in _OPPOSITE:
            found = _compared(tree.function, *tree.args)
    return found


def false(tree: Tree) -> Known:
    """What is there for sure when ``tree`` is false."""
    match tree:
        case Call(function="_||_"):
            return false(tree.args[0]) | false(tree.args[1])
        case Call(function="_&&_"):
            return false(tree.args[0]) & false(tree.args[1])
        case Call(function="!_"):
            return true(tree.args[0])
        case Call() if tree.function in _OPPOSITE:
            return _compared(_OPPOSITE[tree.function], *tree.args)
    return _NONE


def _compared(operator: str, left: Tree, right: Tree) -> Known:
    """What a comparison that holds makes sure of."""
    if isinstance(left, Const) and not isinstance(right, Const):
        return _compared(_MIRRORED.get(operator, operator), right, left)
    null = isinstance(right, Const) and right.value is None
    if operator == "_!=_":
        if null:
            return _there(left)
        return _counted(left) if isinstance(right, Const) and right.value == 0 else _NONE
    if null:
        return _NONE
    pair = operator == "_==_" and not isinstance(right, Const)  # both may be absent
    there = _NONE if pair else _there(left) | _there(right)
    lowest = right.value if isinstance(right, Const) else 1  # a limit is not zero on purpose
    more = operator == "_>_" or (operator in ("_>=_", "_==_") and lowest != 0)
    return there | _counted(left) if more else there


def _counted(tree: Tree) -> Known:
    """``size(x)``, which is not zero, says that x is not empty."""
    if isinstance(tree, Call) and tree.function == "size":
        return _some(tree.args[0])
    return _NONE


def _some(tree: Tree) -> Known:
    """A list that is not empty; one that was filtered from another shows that one too."""
    found = frozenset({f"some {unparse(tree)}"})
    if (
        isinstance(tree, Loop)
        and (made := macro(tree)) is not None
        and made[0] in ("filter", "map")
    ):
        return found | _some(tree.over)
    return found


def _there(tree: Tree) -> Known:
    """A value that is there, with everything that it is a part of."""
    if not isinstance(tree, Select):
        return _NONE
    return _there(tree.operand) | {unparse(tree)}


def children(tree: Tree) -> tuple[Tree, ...]:
    """What a node is made of, loops left aside."""
    match tree:
        case Select():
            return (tree.operand,)
        case Call():
            return tree.args
        case Items():
            return tree.items
    return ()


def first(tree: Tree) -> int:
    """Where the text of a tree begins."""
    match tree:
        case Select():
            return min(tree.start, first(tree.operand))
        case Call() if tree.args and (tree.member or not tree.function[0].isalpha()):
            return min(tree.start, first(tree.args[0]))
        case Call():
            return tree.start - len(tree.function)  # CEL points to the parenthesis
        case Loop():
            return min(tree.start, first(tree.over))
    return tree.start


def _problem(tree: Tree, guard: str, state: str) -> Problem:
    text, start = unparse(tree), first(tree)
    end = start + len(text) if isinstance(tree, Ident | Select) else start + 1
    if len(text) > _LONGEST:
        return Problem(start, end, f"the expression holds when '{text[:_LONGEST]}…' {state}")
    problem = f"the expression holds when '{text}' {state}; ask for it with {guard.format(text)}"
    return Problem(start, end, problem)
