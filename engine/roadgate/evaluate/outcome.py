"""What one line of a criterion's table says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadgate.model.verdict import CriterionVerdict, Observed


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, why, on what value, and the smallest change that would pass."""

    verdict: CriterionVerdict
    reason: str
    observed: Observed | None = None
    way: str | None = None

    def adding(self, words: str) -> Outcome:
        """The same, with more to say."""
        return replace(self, reason=f"{self.reason}; {words}") if words else self
