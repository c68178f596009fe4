"""What ``doctor`` sees: facts, each with a name for programs and words for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a fact is to be taken."""

    FINE = "fine"
    NOTE = "note"  # worth knowing; nothing is wrong
    UNCHECKED = "unchecked"  # something was not looked at, or cannot be
    PROBLEM = "problem"  # something is wrong


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that roadgate sees."""

    area: str
    """``roadgate``, ``project``, ``git``, …: the heading it stands under."""
    name: str
    """Unique in its area; may be the name of a kind, a connection, a file."""
    value: str
    state: State = State.FINE
    hint: str = ""
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """Everything that was seen, in the order in which it is shown."""

    facts: tuple[Fact, ...]

    @property
    def has_problems(self) -> bool:
        """Whether something is wrong."""
        return any(each.state is State.PROBLEM for each in self.facts)
