"""Field paths such as ``spec.successCriteria.metric``, held against the types of a kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.evaluate.environment import base_types, display_name
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.hints import suggestion
from roadgate.model.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Collection

SCALARS = frozenset({"string", "int", "double", "bool"})
_FREE = frozenset({"any", "struct"})
_ITEM = re.compile(r"\[[^\]]*\]")
_DERIVED = frozenset({"spec.connection"})
"""What a change may touch, and no field holds: the connection that a metric's source names."""


def field_at(kind: str, path: str) -> FieldType | None:
    """The field that a path leads to, lists on the way gone through; None within free data.

    Raises:
        ValueError: there is no such field.
    """
    at, field = kind, None
    for step in _ITEM.sub("", path).split("."):
        if field is not None and field.name in _FREE:
            return None
        if field is not None and field.shape == "map":
            return FieldType(field.name)
        fields = base_types().fields.get(at)
        if fields is None:
            raise ValueError(f"'{path}' goes beyond '{at}', which has no fields")
        found = next((each for name, each in fields.items() if step in (each.written, name)), None)
        if found is None:
            known = [each.written or name for name, each in fields.items()]
            raise ValueError(f"no field '{step}' on {display_name(at)}{suggestion(step, known)}")
        field = found
        at = field.name
    return field


def changed_problem(types: Collection[str], path: str, *, begins: bool) -> str:
    """Why no change of these types has a field of this path; empty where one may.

    With ``begins`` the path is only the beginning of one.
    """
    fields = base_types().fields
    outer = {each.written or name for of in types for name, each in fields.get(of, {}).items()}
    first, _, rest = path.partition(".")
    if not path or path in _DERIVED:
        return ""
    if first not in outer:
        inner = any(first in fields.get(f"{each}Spec", {}) for each in types)
        near = f"spec.{first}" if inner else closest(first, outer)
        meant = f"{near}.{rest}" if rest else near
        return f"'{path}' is no path of a field; did you mean '{meant}'?" if near else ""
    problems = []
    for each in types:
        try:
            field_at(each, path.rstrip(".[") if begins else path)
        except ValueError as error:
            if begins and _continues(each, path):
                return ""
            problems.append(str(error))
        else:
            return ""
    return problems[0] if problems else ""


def _continues(kind: str, path: str) -> bool:
    """Whether a field of a kind has a path that begins so."""
    parent, _, last = path.rpartition(".")
    try:
        field = field_at(kind, parent) if parent else FieldType(kind)
    except ValueError:
        return False
    names = base_types().fields.get(field.name, {}) if field is not None else {}
    return field is None or any(
        (each.written or name).startswith(last) for name, each in names.items()
    )
