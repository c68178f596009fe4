"""One change at a time to documents: a field dropped, a threshold moved, a word replaced."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin

from roadgate.model.kinds import KINDS
from roadgate.model.kinds.base import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Document: TypeAlias = "dict[str, Any]"
Documents: TypeAlias = "tuple[Document, ...]"
Path: TypeAlias = "tuple[str | int, ...]"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONDITION = re.compile(r"(?P<operator>[<>]=?) *(?P<number>-?\d+(?:\.\d+)?)?(?P<rest>.*)")
_TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
_FAR = (-400, -30, -1, 1, 30, 400)
_PRIVATE = "ask jo.doe@example.com"
_COPIES = 4
_KEPT = {("apiVersion",), ("kind",), ("metadata", "name")}


def mutants(documents: Documents) -> Iterator[tuple[str, Documents]]:
    """What was done to the documents, and what they are then."""
    for index, document in enumerate(documents):
        name = _name(document)
        before, after = documents[:index], documents[index + 1 :]
        yield f"{name} is taken out", (*before, *after)
        if "metadata" not in document:
            continue
        yield f"{name} is there {_COPIES + 1} times", (*documents, *_copies(document))
        for path in list(_paths(document)):
            for what, mutant in _changes(document, path):
                yield f"{name}: {what}", (*before, mutant, *after)


def _name(document: Document) -> str:
    metadata = document.get("metadata", {})
    return f"{document.get('kind', 'file')} {metadata.get('name') or document.get('path')}"


def _copies(document: Document) -> Iterator[Document]:
    """Later ones of the same kind, under other names."""
    for number in range(1, _COPIES + 1):
        copy = deepcopy(document)
        copy["metadata"]["name"] += f"-{number}"
        spec = copy.get("spec", {})
        if isinstance(spec.get("date"), str):
            spec["date"] = _moved(spec["date"], number)
        yield copy


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    children: Sequence[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, (list, tuple)):
        children = list(enumerate(value))
    for key, child in children:
        yield (*path, key)
        yield from _paths(child, (*path, key))


def _changes(document: Document, path: Path) -> Iterator[tuple[str, Document]]:
    if path in _KEPT:
        return
    place = ".".join(map(str, path))
    if path not in {("metadata",), ("spec",)}:
        dropped = _thawed(document)
        del _at(dropped, path[:-1])[path[-1]]
        yield f"without {place}", dropped
    old = _at(document, path)
    for new in _others(old, str(path[-1])):
        changed = _thawed(document)
        _at(changed, path[:-1])[path[-1]] = new
        yield f"{place} is {str(new)[:40]!r} instead of {str(old)[:40]!r}", changed


def _thawed(value: Any) -> Any:
    """A copy that can be changed: parsed documents hold tuples."""
    if isinstance(value, dict):
        return {key: _thawed(each) for key, each in value.items()}
    return [_thawed(each) for each in value] if isinstance(value, (list, tuple)) else value


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _others(value: Any, key: str) -> Iterator[Any]:
    """Other values that could stand there."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, Decimal)):
        yield from (value * 10, value + 1, value - 1, 0)
        yield value // 10
    elif isinstance(value, str):
        yield from _other_texts(value, key)


def _other_texts(value: str, key: str) -> Iterator[str]:
    if key in WORDS and value in WORDS[key]:
        yield from (each for each in WORDS[key] if each != value)
    elif _DAY.fullmatch(value):
        yield from (_moved(value, days) for days in _FAR)
    elif found := _CONDITION.fullmatch(value):
        yield _TURNED[found["operator"]] + value.removeprefix(found["operator"])
        if found["number"]:
            for factor in (Decimal("0.1"), Decimal(10)):
                number = Decimal(found["number"]) * factor
                yield f"{found['operator']} {number:f}{found['rest']}"
    else:
        yield from (_PRIVATE, "something else", f"{value} " * 60)


def _moved(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _words() -> dict[str, list[str]]:
    """The words that a field may hold, by the field's name, from the models themselves."""
    found: dict[str, set[str]] = {}
    seen: set[type] = set()

    def visit(model: type[Part]) -> None:
        if model in seen:
            return
        seen.add(model)
        for name, field in model.model_fields.items():
            for each in _types(field.annotation):
                if isinstance(each, str):
                    found.setdefault(field.alias or name, set()).add(each)
                elif isinstance(each, type) and issubclass(each, Part):
                    visit(each)

    for kind in KINDS.values():
        visit(kind)
    return {name: sorted(words) for name, words in found.items()}


def _types(annotation: Any) -> Iterator[Any]:
    """The models and the words in a type expression."""
    if get_origin(annotation) is None:
        yield annotation
    for each in get_args(annotation):
        yield from _types(each)


WORDS = _words()
"""Such as ``horizon``: exploring, later, next, now."""
