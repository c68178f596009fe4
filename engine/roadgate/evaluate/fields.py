"""The types of fields, variables and parameters, apart from the library that checks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal["one", "list", "map"]


@dataclass(frozen=True, slots=True)
class FieldType:
    """A scalar (string, int, double, bool), ``any``, ``struct``, or the name of a message."""

    name: str
    shape: Shape = "one"
    optional: bool = True
    """Whether it may be absent; what the schema needs or has a default for is always there."""
    choices: tuple[str, ...] = ()
    """The only texts that there can be; empty for any."""
