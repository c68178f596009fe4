"""Field paths such as ``spec.successCriteria.metric``, held against the types of a kind."""

from __future__ import annotations

import re

from roadgate.evaluate.environment import base_types, display_name
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.hints import suggestion

SCALARS = frozenset({"string", "int", "double", "bool"})
_FREE = frozenset({"any", "struct"})
_ITEM = re.compile(r"\[[^\]]*\]")


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
