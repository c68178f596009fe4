"""The worst of some verdicts: what a whole is called by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.verdict import CriterionVerdict, KillVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable

_FROM_WORST = list(CriterionVerdict)
_KILL_FROM_WORST = list(KillVerdict)


def worst(verdicts: Iterable[CriterionVerdict]) -> CriterionVerdict | None:
    """The worst of some criteria's verdicts; None of none, which is never met."""
    return min(verdicts, key=_FROM_WORST.index, default=None)


def worst_kill(verdicts: Iterable[KillVerdict]) -> KillVerdict | None:
    """The worst of some thresholds' verdicts; None of none."""
    return min(verdicts, key=_KILL_FROM_WORST.index, default=None)
