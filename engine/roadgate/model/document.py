"""Plain data as an author wrote it, before any schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from roadgate.model.source import ResourceRef

Data: TypeAlias = "str | int | Decimal | bool | Sequence[Data] | Mapping[str, Data] | None"
"""YAML 1.2 core values. Dates stay strings; numbers with a point or an exponent are Decimals."""
Format: TypeAlias = Literal["yaml", "json", "markdown"]
"""How a file is read; of a Markdown file its front matter."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document. Positions are looked up when they are needed (``load.positions``)."""

    path: str
    index: int
    """Which document of the file, from 0."""
    data: Mapping[str, Data]
    ref: ResourceRef | None = None
    """Of a custom kind: the identity that the kind's definition finds in the data."""
