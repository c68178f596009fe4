"""The seal: what was promised at the commit where an initiative first was ``now``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from roadgate.model.document import Data

if TYPE_CHECKING:
    from roadgate.model.projection import Written


class SealState(StrEnum):
    """Whether what is judged today is what was promised."""

    INTACT = "intact"
    AMENDED = "amended"  # changed, each time with a Decision
    UNSANCTIONED = "unsanctioned"  # changed without: the sealed text is judged
    UNKNOWN = "unknown"  # no git, or a shallow clone


@dataclass(frozen=True, slots=True)
class Promise:
    """The part of an initiative that it is judged by, read leniently (``promise/v1``).

    Every value is canonical plain data: numbers as their shortest decimal text, keys as in YAML.
    Equal promises have equal digests.
    """

    initiative: str
    committed: str | None
    criteria: Mapping[str, Mapping[str, Data]]
    """By id."""
    thresholds: Mapping[str, Mapping[str, Data]]
    guardrails: Mapping[str, Mapping[str, Data]]
    metrics: Mapping[str, Mapping[str, Data]]
    """The definitions of the metrics that the above name, with their connections."""

    @property
    def digest(self) -> str:
        """``v1:`` and the SHA-256 of its canonical JSON; the name plays no part in it."""
        content = {
            "committed": self.committed,
            "criteria": self.criteria,
            "thresholds": self.thresholds,
            "guardrails": self.guardrails,
            "metrics": self.metrics,
        }
        plain = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return "v1:" + hashlib.sha256(plain.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Amendment:
    """A later commit that changed the promise."""

    commit: str | None
    """None for a change that is not committed yet."""
    date: date | None
    decision: str | None
    """The Decision that allows it; None makes the seal unsanctioned."""
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """The state of one promise."""

    state: SealState
    commit: str | None = None
    date: date | None = None
    sealed: Promise | Written | None = None
    """What was promised at that commit."""
    amendments: tuple[Amendment, ...] = ()
    judged: Promise | None = None
    """What verdicts are to be computed from; None means the text as it stands."""
    reason: str = ""
    """Why the state is unknown or unsanctioned."""
    over: bool = False
    """Whether the promise is no longer protected: killed, or shipped and settled."""
    names: tuple[str, ...] = ()
    """Every name that the initiative has or had, sorted."""
    used: tuple[str, ...] = ()
    """Every Decision that has counted for it, sorted: each counts once."""

    @property
    def digest(self) -> str | None:
        """What tells the sealed text from any other; worked out for those who show it."""
        return self.sealed.digest if self.sealed is not None else None


@dataclass(frozen=True, slots=True)
class CommitRecord:
    """One commit of the first-parent history, with what it changed under the roots."""

    commit: str
    date: date
    """The committer's day, in the calendar's time zone."""
    changed: Mapping[str, tuple[Mapping[str, Data], ...] | None]
    """Path to the file's documents after the commit; None where it is gone or does not parse."""
