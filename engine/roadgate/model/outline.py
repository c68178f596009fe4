"""A YAML text and where everything in it stands: what an edit needs to know.

``load`` makes an outline of a text; ``edit`` turns it into a new text and holds that against a new
outline. Offsets count characters of the text from 0; an end is exclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from roadgate.model.document import Data

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
"""The keys and positions that lead to a value."""


@dataclass(slots=True)
class Place:
    """One node of the text."""

    kind: Literal["scalar", "alias", "mapping", "list"]
    start: int
    """Where it begins, its anchor and tag included."""
    body: int
    """Where it begins behind its anchor and tag."""
    end: int
    """Where its last character ends; of a block scalar, without the line breaks at its end."""
    stop: int
    """As ``end``, with the line breaks that a block scalar keeps."""
    style: str = ""
    """Of a scalar: how it is quoted, empty for plain. Of a list or mapping: ``flow`` or empty."""
    anchor: str | None = None
    """The anchor that it sets, or that the alias names."""
    text: str | None = None
    """Of a scalar, what it says."""
    entries: list[Entry] = field(default_factory=list)
    items: list[Place] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it is a list or mapping of one entry a line."""
        return self.kind in ("mapping", "list") and self.style != "flow"


@dataclass(slots=True)
class Entry:
    """A key of a mapping, and its value."""

    key: Place
    value: Place


@dataclass(frozen=True, slots=True)
class Section:
    """One document of the text."""

    root: Place
    data: Data


@dataclass(frozen=True, slots=True)
class Outline:
    """A text that could be read without a problem."""

    text: str
    sections: tuple[Section, ...]

    @property
    def newline(self) -> str:
        """What ends its lines."""
        return "\r\n" if "\r\n" in self.text else "\n"


Reader: TypeAlias = Callable[[str], Outline | None]
"""Outlines a text; None where it cannot be read without a problem."""
