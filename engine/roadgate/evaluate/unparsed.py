"""A tree as text again: one spelling for one meaning, so that two parts can be compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from roadgate.evaluate.checked import Call, Const, Ident, Items, Loop, Select

if TYPE_CHECKING:
    from roadgate.evaluate.checked import Tree

_INFIX = {
    "_&&_": "&&",
    "_||_": "||",
    "_==_": "==",
    "_!=_": "!=",
    "_<_": "<",
    "_<=_": "<=",
    "_>_": ">",
    "_>=_": ">=",
    "_+_": "+",
    "_-_": "-",
    "_*_": "*",
    "_/_": "/",
    "_%_": "%",
    "@in": "in",
}
_PREFIX = {"!_": "!", "-_": "-"}
_MEMBERS = frozenset({"size"})


def unparse(tree: Tree) -> str:
    """The text of a tree; ``size(x)`` and ``x.size()`` are one."""
    match tree:
        case Const():
            return _const(tree.value)
        case Ident():
            return tree.name
        case Select():
            text = f"{unparse(tree.operand)}.{tree.field}"
            return f"has({text})" if tree.asks else text
        case Call():
            return _call(tree)
        case Items():
            return f"[{', '.join(map(unparse, tree.items))}]"
        case Loop():
            return _loop(tree)


def _const(value: object) -> str:
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)[1:-1].replace('\\"', '"')
        return "'" + quoted.replace("'", "\\'") + "'"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)


def _call(call: Call) -> str:
    args = [unparse(each) for each in call.args]
    name = call.function
    if name in _INFIX:
        return f" {_INFIX[name]} ".join(map(_wrapped, call.args))
    if name in _PREFIX:
        return _PREFIX[name] + _wrapped(call.args[0])
    if name == "_?_:_":
        return "{} ? {} : {}".format(*map(_wrapped, call.args))
    if name == "_[_]":
        return f"{_wrapped(call.args[0])}[{args[1]}]"
    if call.member and name not in _MEMBERS:
        return f"{_wrapped(call.args[0])}.{name}({', '.join(args[1:])})"
    return f"{name}({', '.join(args)})"


def _wrapped(tree: Tree) -> str:
    text = unparse(tree)
    infix = isinstance(tree, Call) and (tree.function in _INFIX or tree.function == "_?_:_")
    return f"({text})" if infix else text


def macro(loop: Loop) -> tuple[str, tuple[Tree, ...]] | None:
    """Which of ``all``, ``exists``, ``exists_one``, ``filter`` and ``map`` a loop is, and of what.

    None for another one.
    """
    step = loop.step
    if not isinstance(step, Call):
        return None
    if isinstance(loop.begins, Const):
        name = {"_&&_": "all", "_||_": "exists", "_?_:_": "exists_one"}.get(step.function)
        return (name, (step.args[0 if name == "exists_one" else 1],)) if name else None
    return _list_macro(loop.variable, step)


def _list_macro(variable: str, step: Call) -> tuple[str, tuple[Tree, ...]] | None:
    conditions = (step.args[0],) if step.function == "_?_:_" else ()
    added = _added(step.args[1] if conditions else step)
    if added is None:
        return None
    if conditions and isinstance(added, Ident) and added.name == variable:
        return "filter", conditions
    return "map", (*conditions, added)


def _added(step: Tree) -> Tree | None:
    """What a step appends to the list that a loop makes."""
    if isinstance(step, Call) and step.function == "_+_" and isinstance(step.args[1], Items):
        return step.args[1].items[0]
    return None


def _loop(loop: Loop) -> str:
    found = macro(loop)
    over = _wrapped(loop.over)
    if found is None:
        return f"{over}.fold({loop.variable}, {unparse(loop.step)})"
    name, parts = found
    return f"{over}.{name}({', '.join((loop.variable, *map(unparse, parts)))})"
