"""``atExpression``: the fields that it can point to, as far as they are written out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.evaluate.absence import first
from roadgate.evaluate.cel import Problem
from roadgate.evaluate.checked import Call, Const
from roadgate.evaluate.field_paths import field_at
from roadgate.evaluate.hints import suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from roadgate.evaluate.checked import Tree

_OPEN = "\0"
"""What only running it can tell."""
_PLACEHOLDER = re.compile(r"%(?:\.[0-9]+)?[a-zA-Z]")
_ITEM = re.compile(r"\[[^\]]*\]")


def misled(tree: Tree, types: Sequence[str], kinds: Collection[str]) -> Iterator[Problem]:
    """Fields that none of the ``types`` has, and kinds that there are not."""
    for at, path in _written(tree):
        known = _ITEM.sub("", path).partition(_OPEN)[0]
        kind, is_resource, _ = known.partition("/")
        if is_resource:
            problem = "" if kind in kinds else f"no kind '{kind}'{suggestion(kind, kinds)}"
        else:
            problem = _nowhere(known if _OPEN not in _ITEM.sub("", path) else _whole(known), types)
        if problem:
            start = first(at)
            yield Problem(start, start + (len(path) + 2 if isinstance(at, Const) else 1), problem)


def _whole(path: str) -> str:
    """The steps of a path that are written out to their end."""
    return path.rpartition(".")[0]


def _nowhere(path: str, types: Sequence[str]) -> str:
    """Why a path leads nowhere; empty where it does not."""
    problems = []
    for each in types if path else ():
        try:
            field_at(each, path)
        except ValueError as error:
            problems.append(str(error))
        else:
            return ""
    return problems[0] if problems else ""


def _written(tree: Tree) -> Iterator[tuple[Tree, str]]:
    """Every text that a tree can come to, with what is not known marked in it."""
    if isinstance(tree, Call) and tree.function == "_?_:_":
        for each in tree.args[1:]:
            yield from _written(each)
        return
    if isinstance(tree, Call) and tree.function == "_+_":
        for _, left in _written(tree.args[0]):
            for _, right in _written(tree.args[1]):
                yield tree, left + right
        return
    if isinstance(tree, Call) and tree.member and tree.function == "format":
        for at, text in _written(tree.args[0]):
            yield at, _PLACEHOLDER.sub(_OPEN, text)
        return
    yield tree, tree.value if isinstance(tree, Const) and isinstance(tree.value, str) else _OPEN
