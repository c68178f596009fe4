"""The causes behind what a schema refuses: of alternatives, the one that was meant."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.model.schemas.engine import Violation

if TYPE_CHECKING:
    from roadgate.model.schemas.schema import Json, Place, Schema

_CHOICES = frozenset({"anyOf", "oneOf"})
_TWO = 2
_DEEP = 4
_MERGED = {"type": "types", "enum": "options", "required": "properties"}


def causes(schema: Schema, violations: Iterable[Violation]) -> list[Violation]:
    """What is really wrong: no alternative that was not meant, nothing twice."""
    found: dict[tuple[Hashable, ...], Violation] = {}
    for each in violations:
        for cause in _causes(schema, each):
            found.setdefault((cause.path, cause.keyword, repr(cause.detail)), cause)
    return list(found.values())


def _causes(schema: Schema, violation: Violation) -> list[Violation]:
    if violation.keyword not in _CHOICES or not all(violation.branches):
        return [violation]  # several alternatives hold where one may: that is the cause itself
    branches = [list(branch) for branch in violation.branches]
    meant = _meant(schema, violation)
    if isinstance(meant, Violation):
        return [meant]
    branches = [branches[index] for index in meant if index < len(branches)]
    found = [causes(schema, branch) for branch in branches]
    found = _of_right_type(violation, found)
    if (merged := _merged(found)) is not None:
        return [merged]
    return min(found, key=lambda branch: _distance(branch, violation.path))


def _distance(branch: Sequence[Violation], path: tuple[str | int, ...]) -> tuple[int, int]:
    """How far a value is from an alternative: what is wrong on the surface weighs more."""
    shallow = sum(len(each.path) <= len(path) + 1 for each in branch)
    return shallow, len(branch)


def _of_right_type(violation: Violation, branches: list[list[Violation]]) -> list[list[Violation]]:
    """Without the alternatives for values of another type, unless there is no other."""
    fitting = [
        branch
        for branch in branches
        if not any(each.keyword == "type" and each.path == violation.path for each in branch)
    ]
    return fitting or branches


def _merged(branches: Sequence[Sequence[Violation]]) -> Violation | None:
    """One cause for all, where each alternative has the same one thing against the value."""
    firsts = [_as_options(branch[0]) for branch in branches]
    same = {(each.path, each.keyword) for each in firsts}
    if any(len(branch) != 1 for branch in branches) or len(same) != 1:
        return None
    key = _MERGED.get(firsts[0].keyword)
    if key is None:
        return firsts[0] if len(firsts) == 1 else None
    values = [option for each in firsts for option in _listed(each, key)]
    unique = [value for index, value in enumerate(values) if value not in values[:index]]
    return replace(firsts[0], detail={key: unique})


def _as_options(violation: Violation) -> Violation:
    """A constant is a choice of one; a single missing field one of several."""
    if violation.keyword == "const":
        options = [violation.detail["expected_value"]]
        return replace(violation, keyword="enum", detail={"options": options})
    if violation.keyword == "required" and "property" in violation.detail:
        return replace(violation, detail={"properties": [violation.detail["property"]]})
    return violation


def _listed(violation: Violation, key: str) -> list[Json]:
    found = violation.detail[key]
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _meant(schema: Schema, violation: Violation) -> Sequence[int] | Violation:
    """The alternatives that a field such as ``kind`` names, or what is wrong with that field."""
    everything = range(len(violation.branches))
    value = violation.value
    if violation.place is None or not isinstance(value, Mapping):
        return everything
    document, steps = violation.place
    fixed = [
        _constants(schema, (document, (*steps, violation.keyword, str(index))))
        for index in everything
    ]
    for name in dict.fromkeys(name for each in fixed for name in each if name in value):
        options = [option for each in fixed for option in each.get(name, ())]
        if sum(name in each for each in fixed) < _TWO or _has_twice(options):
            continue  # it does not tell the alternatives apart
        if named := [index for index in everything if value[name] in fixed[index].get(name, ())]:
            return named
        others = [index for index in everything if name not in fixed[index]]
        fitting = [index for index in others if not _refuses_type(violation, index)]
        path = (*violation.path, name)
        return fitting or Violation(path, "enum", value[name], None, {"options": options})
    return everything


def _refuses_type(violation: Violation, index: int) -> bool:
    return any(
        each.keyword == "type" and each.path == violation.path for each in violation.branches[index]
    )


def _has_twice(options: Sequence[Json]) -> bool:
    return any(value in options[:index] for index, value in enumerate(options))


def _constants(schema: Schema, place: Place, depth: int = 0) -> dict[str, list[Json]]:
    """The fields that a schema fixes to one value or to a few."""
    document, steps = schema.followed(place)
    node = schema.node((document, steps))
    found: dict[str, list[Json]] = {}
    if not isinstance(node, Mapping) or depth > _DEEP:
        return found
    properties = node.get("properties")
    for name in properties if isinstance(properties, Mapping) else ():
        field = schema.node(schema.followed((document, (*steps, "properties", name))))
        if isinstance(field, Mapping) and "const" in field:
            found[name] = [field["const"]]
        elif isinstance(field, Mapping) and isinstance(field.get("enum"), list):
            found[name] = field["enum"]
    for index in range(len(node["allOf"]) if isinstance(node.get("allOf"), list) else 0):
        inner = _constants(schema, (document, (*steps, "allOf", str(index))), depth + 1)
        found = {**inner, **found}
    return found
