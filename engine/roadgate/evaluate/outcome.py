"""What one line of a criterion's table says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from roadgate.model.verdict import CriterionVerdict, Observed

Words: TypeAlias = Callable[[], str]
"""What there is to say; most verdicts are asked for by somebody who does not read it."""


def _nothing() -> None:
    """No way to green is needed, or known."""


class Outcome(NamedTuple):
    """A verdict, why, on what value, and the smallest change that would pass."""

    verdict: CriterionVerdict
    reason: Words
    observed: Observed | None = None
    way: Callable[[], str | None] = _nothing

    def adding(self, words: Words) -> Outcome:
        """The same, with more to say."""

        def both() -> str:
            more = words()
            return f"{self.reason()}; {more}" if more else self.reason()

        return self._replace(reason=both)
