"""``matches('…')``: patterns that cannot be read, or that no text which a field takes has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.absence import children
from roadgate.evaluate.cel import CompileError, EvaluationError, Problem
from roadgate.evaluate.checked import Call, Const, Loop
from roadgate.evaluate.unparsed import unparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.evaluate.cel import Environment
    from roadgate.evaluate.checked import Tree
    from roadgate.evaluate.texts import Reader, Scope


def mismatched(
    tree: Tree, environment: Environment, texts: Reader, scope: Scope
) -> Iterator[Problem]:
    """Problems of patterns, which the library itself is asked about."""
    if isinstance(tree, Loop):
        yield from mismatched(tree.over, environment, texts, scope)
        yield from mismatched(tree.step, environment, texts, texts.inner(tree, scope))
        return
    if isinstance(tree, Call) and tree.function == "matches":
        text, pattern = tree.args
        if isinstance(pattern, Const) and isinstance(pattern.value, str):
            can = texts.of(text, scope)
            among = can.possible if can.closed and can.among and not can.params else ()
            problem = _problem(text, pattern, among, environment)
            if problem:
                yield Problem(pattern.start, pattern.start + len(unparse(pattern)), problem)
    for each in children(tree):
        yield from mismatched(each, environment, texts, scope)


def _problem(tree: Tree, pattern: Const, among: tuple[str, ...], environment: Environment) -> str:
    """Why a pattern cannot be right; empty where it may be."""
    nothing = environment.activation({})
    found = False
    for text in among or ("",):
        literal = unparse(Const(0, pattern.kind, text))
        try:
            asked = environment.compile(f"{literal}.matches({unparse(pattern)})", "bool")
            found = bool(asked.evaluate(nothing)) or found
        except (CompileError, EvaluationError):
            return f"'{pattern.value}' is no pattern that can be read"
    return "" if found or not among else f"'{unparse(tree)}' never matches '{pattern.value}'"
