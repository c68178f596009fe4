"""What the settings that a change proposes leave of what it proposes."""

from __future__ import annotations

from dataclasses import dataclass

from roadgate.model.source import ResourceRef


@dataclass(frozen=True, slots=True)
class Kept:
    """Whatever is read by those settings too."""

    refs: frozenset[ResourceRef]
    rows: frozenset[str]
    """The paths of measurement files."""
