"""The types of fields, variables and parameters, apart from the library that checks them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

_UNNAMED = re.compile(r"[^A-Za-z0-9_]")
_RESERVED = frozenset(
    {
        *("as", "break", "const", "continue", "else", "false", "for", "function", "if", "import"),
        *("in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void"),
        "while",
    }
)
Shape: TypeAlias = Literal["one", "list", "map"]


@dataclass(frozen=True, slots=True)
class FieldType:
    """A scalar (string, int, double, bool), ``any``, ``struct``, or the name of a message."""

    name: str
    shape: Shape = "one"
    optional: bool = True
    """Whether it may be absent; what the schema needs or has a default for is always there."""
    choices: tuple[str, ...] = ()
    """The only texts that there can be, of a map its only keys; empty for any."""
    together: bool = False
    """Whether it is there exactly when the others of its message are that are marked so."""
    day: bool = False
    """Whether the text is a day such as ``2026-07-31``."""
    refers: str = ""
    """The kind of resource that the text, or each key of the map, names; empty for none."""
    written: str = ""
    """What documents call the field, where that is no name in CEL: ``kep-number``."""


def name_of(written: str) -> str:
    """What expressions call a field whose name is none in CEL: ``kep_number``."""
    name = _UNNAMED.sub("_", written) or "_"
    name = f"_{name}" if name[0].isdigit() else name
    return f"{name}_" if name in _RESERVED else name
