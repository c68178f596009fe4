"""The functions that policies may call besides CEL's own: the table, and how one is declared."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NOTHING = "Nothing"
"""A message type without values: lists of it stand for lists of anything, where they run."""
ANY = FieldType("any")
OF_ANYTHING = "A"
"""A type that the checker works out at each call: what goes in comes out."""
_SPELLED = {"any": "dyn", **{name: name for name in ("string", "int", "double", "bool")}}


@dataclass(frozen=True, slots=True)
class HostFunction:
    """One overload of a function, as the type checker knows it."""

    name: str
    parameters: tuple[FieldType, ...]
    returns: FieldType
    implementation: Callable[..., Any]
    meaning: str
    example: str
    """CEL of type bool, true on the roadmap of the conformance cases."""
    is_member: bool = False
    reads: frozenset[str] = frozenset()
    """The fields that it looks at in the resources it is given."""
    arguments: tuple[str, ...] = ()
    """What the parameters are called in the reference."""

    @property
    def id(self) -> str:
        """The overload's own name."""
        parts = (f"{each.name}_{each.shape}" for each in self.parameters)
        return "_".join((self.name, *parts)).lower()

    @property
    def shape(self) -> tuple[str, ...]:
        """What the runtime knows of the parameters: it tells lists from scalars, and no more."""
        return tuple(each.shape if each.shape != "one" else each.name for each in self.parameters)

    @property
    def signature(self) -> str:
        """How the reference writes it: ``list(A).max() -> A``."""
        given = [written(each) for each in self.parameters]
        names = (*self.arguments, *("" for _ in given[len(self.arguments) :]))
        named = [f"{name} {kind}".strip() for name, kind in zip(names, given, strict=True)]
        if self.is_member:
            return f"{given[0]}.{self.name}({', '.join(named[1:])}) -> {written(self.returns)}"
        return f"{self.name}({', '.join(named)}) -> {written(self.returns)}"


@dataclass(frozen=True, slots=True)
class Overload:
    """What is declared to the library: checked by its types, or run by its shape, or both."""

    function: HostFunction
    parameters: tuple[FieldType, ...]
    returns: FieldType
    id: str
    runs: bool


def overloads(functions: Iterable[HostFunction]) -> Iterator[Overload]:
    """The declarations of a table of functions.

    The runtime tells overloads apart by their shape alone and takes no result of a type that it
    does not know. Where several share a shape, or the result's type is worked out at each call, one
    more overload runs them all, typed on lists that nobody can write, and the others only give
    their types.
    """
    by_shape: dict[tuple[str, ...], list[HostFunction]] = defaultdict(list)
    for each in functions:
        by_shape[each.name, *each.shape].append(each)
    for several in by_shape.values():
        first = several[0]
        alone = len(several) == 1 and first.returns.name != OF_ANYTHING
        for each in several:
            yield Overload(each, each.parameters, each.returns, each.id, runs=alone)
        if not alone:
            hidden = tuple(
                replace(each, name=NOTHING) if each.shape == "list" else each
                for each in first.parameters
            )
            yield Overload(first, hidden, ANY, f"{first.id}_runs", runs=True)


def declaration(functions: Iterable[HostFunction]) -> str:
    """What the library reads, as JSON: of all its ways to declare, the one with types that vary."""
    declared: dict[str, list[dict[str, Any]]] = {}
    for each in overloads(functions):
        types = [_spelled(parameter) for parameter in each.parameters]
        overload: dict[str, Any] = {"id": each.id, "return": _spelled(each.returns)}
        if each.function.is_member:
            overload["target"], *types = types
        declared.setdefault(each.function.name, []).append({**overload, "args": types})
    told = [{"name": name, "overloads": several} for name, several in declared.items()]
    return json.dumps({"name": "roadgate", "functions": told})


def _spelled(field: FieldType) -> dict[str, Any]:
    if field.name == OF_ANYTHING:
        one: dict[str, Any] = {"type_name": OF_ANYTHING, "is_type_param": True}
    else:
        one = {"type_name": _SPELLED.get(field.name, f"roadgate.{field.name}")}
    if field.shape == "list":
        return {"type_name": "list", "params": [one]}
    if field.shape == "map":
        return {"type_name": "map", "params": [{"type_name": "string"}, one]}
    return one


def written(kind: FieldType) -> str:
    """A type as the reference writes it."""
    name = {"any": "dyn"}.get(kind.name, kind.name)
    return {"one": name, "list": f"list({name})", "map": f"map(string, {name})"}[kind.shape]
