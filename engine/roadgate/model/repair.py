"""The one right answer to a finding, where there is exactly one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from roadgate.model.source import Span


@dataclass(frozen=True, slots=True)
class Repair:
    """What to write instead: made by the stage that finds the problem, placed by ``load``."""

    value: str | int | Decimal | bool
    """What the finding's field should say; of a key, its name."""
    of: Literal["value", "key"] = "value"
    as_text: bool = False
    """Whether the value stays as it is spelt, and only needs quotes to be a text."""
    location: Span | None = None
    """The characters to replace; None until they have been looked up."""
    text: str = ""
    """What takes their place, in the quotes that it needs there."""


def repair(value: str | None, of: Literal["value", "key"] = "value") -> Repair | None:
    """The repair that writes ``value``, if there is one."""
    return None if value is None else Repair(value, of)
