"""What the models say to somebody who writes: titles, examples and the meanings of values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from roadgate.model.kinds import KINDS, Config
from roadgate.model.kinds.base import Part
from roadgate.pipeline.schema_examples import documents

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST = 2
"""Examples of one field."""
MEANINGS = "enumDescriptions"
"""What each value of an ``enum`` means: known to editors, not to JSON Schema."""
_OFFERED = {"examples", "enum", "const", "$ref"}
"""Where these stand an editor has something to offer already."""


def teach(schema: dict[str, Any], model: type[Part]) -> None:
    """Give a schema's definitions their titles, and each plain field an example."""
    for part in {each.__name__: each for each in parts(model)}.values():
        definition = schema.get("$defs", {}).get(part.__name__)
        if definition is None:
            continue
        definition["title"] = _title(part)
        for field, rule in definition.get("properties", {}).items():
            shown = _examples(part, field)
            items = rule.get("items", {})
            if shown and not _OFFERED & {*rule, *items}:
                rule["examples"] = shown
                if items:
                    items["examples"] = [each for value in shown for each in value]


def without_meanings(node: Any) -> Any:  # noqa: ANN401 - a JSON value
    """A schema without the words that JSON Schema does not know."""
    if isinstance(node, list):
        return [without_meanings(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: without_meanings(value) for key, value in node.items() if key != MEANINGS}


def _title(part: type[Part]) -> str:
    """What a part is called in an editor: ``success criterion``, ``spec of Initiative``."""
    name = part.__name__
    if name in KINDS:
        return name
    if (kind := name.removesuffix("Spec")) != name:
        return f"spec of {kind}"
    return _CAPITAL.sub(" ", name).lower()


def _examples(part: type[Part], field: str) -> list[Any]:
    """The examples of a field: those of the part, else of another that it is one of."""
    found = _found()
    return next(
        (found[base.__name__, field] for base in part.__mro__ if (base.__name__, field) in found),
        [],
    )


@cache
def _found() -> dict[tuple[str, str], list[Any]]:
    """Values of fields in the examples of the kinds, by part and field."""
    found: dict[tuple[str, str], list[Any]] = {}
    kinds: dict[str, type[Part]] = {**KINDS, Config.KIND: Config}
    for document in documents():
        for part, field, value in _values(kinds[document["kind"]], document):
            for base in part.__mro__:  # what is inherited has its example wherever it is used
                if field in _names(base):
                    known = found.setdefault((base.__name__, field), [])
                    if value not in known and len(known) < _MOST:
                        known.append(value)
    return found


def parts(model: type[Part]) -> Iterator[type[Part]]:
    """A model and every part in it; some more than once."""
    yield model
    for info in model.model_fields.values():
        for inner in _inner(info.annotation):
            yield from parts(inner)


def _names(base: type) -> set[str]:
    fields = base.model_fields if issubclass(base, Part) else {}
    return {info.alias or name for name, info in fields.items()}


def _values(model: type[Part], data: Mapping[str, Any]) -> Iterator[tuple[type[Part], str, Any]]:
    """Every field of plain values in a document, with the part that it is a field of."""
    for name, info in model.model_fields.items():
        field = info.alias or name
        if field not in data:
            continue
        value, inner = data[field], next(iter(_inner(info.annotation)), None)
        if inner is None:
            yield model, field, value
        elif isinstance(value, Mapping):
            entries = value.values() if get_origin(info.annotation) is dict else [value]
            for each in entries:
                yield from _values(inner, each)
        elif isinstance(value, Sequence):
            for each in value:
                yield from _values(inner, each)


def _inner(annotation: object) -> list[type[Part]]:
    """The parts that a field holds, if it holds any."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    if get_origin(annotation) in {Annotated, Union, UnionType, tuple, dict}:
        return [part for each in get_args(annotation) for part in _inner(each)]
    return []
