"""The one right answer to what a model refuses, where there is exactly one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from roadgate.model.meant import amount_meant, answer_meant, number_meant
from roadgate.model.repair import Repair, repair
from roadgate.model.suggest import only
from roadgate.model.values import NAME_PATTERN, Misread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

_IDENTITIES = (("metadata", "name"), ("metadata", "aliases"))


def of_unknown_field(name: str, known: Iterable[str]) -> Repair | None:
    """The field that a misspelt one must be."""
    return repair(only(name, known), of="key")


def of_choice(value: object, allowed: Iterable[str]) -> Repair | None:
    """The allowed value that a wrong one must be."""
    return repair(only(value, allowed)) if isinstance(value, str) else None


def of_value(error: ErrorDetails, description: str) -> Repair | None:
    """The value of the right form; ``description`` is that of its field."""
    value = error.get("input")
    match error["type"]:
        case "value_error":
            return _of_misread(error, description)
        case "int_type":
            meant = number_meant(value)
            return _written(meant if isinstance(meant, int) else amount_meant(value, description))
        case "bool_type":
            return _written(answer_meant(value))
        case "string_type" if isinstance(value, (int, Decimal)):
            return Repair(str(value), as_text=True)
        case "string_pattern_mismatch":
            return _of_name(error)
    return None


def _of_misread(error: ErrorDetails, description: str) -> Repair | None:
    problem = error.get("ctx", {}).get("error")
    if not isinstance(problem, Misread):
        return None
    meant = problem.meant
    return _written(amount_meant(error.get("input"), description) if meant is None else meant)


def _of_name(error: ErrorDetails) -> Repair | None:
    """A name in lowercase with hyphens; an identity is for its author to choose."""
    value, path = error.get("input"), error["loc"]
    pattern = error.get("ctx", {}).get("pattern")
    if pattern != NAME_PATTERN or not isinstance(value, str) or path[:2] in _IDENTITIES:
        return None
    name = re.sub(r"[ _]", "-", value.strip().lower())
    if not re.fullmatch(NAME_PATTERN, name):
        return None
    return repair(name, of="key" if path[-1:] == ("[key]",) else "value")


def _written(meant: str | int | Decimal | bool | None) -> Repair | None:  # noqa: FBT001 - a value of the file
    return None if meant is None else Repair(meant)
