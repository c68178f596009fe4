"""Where something stands: a resource, and a stretch of text in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class ResourceRef(NamedTuple):
    """The identity of a resource: its kind and its name.

    A tuple, since resources are looked up by it everywhere.
    """

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count characters from 1; the end is exclusive."""

    path: str
    """Relative to the project's root, with forward slashes."""
    line: int
    column: int
    end_line: int
    end_column: int
    revision: Literal["base"] | None = None
    """``base`` when the text stands in the base revision only, because the change removed it."""
