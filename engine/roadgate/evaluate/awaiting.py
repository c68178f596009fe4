"""Whether a clause fails only because nobody knows here who has approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.evaluate.compiled import words
from roadgate.evaluate.functions.host import as_approved

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadgate.evaluate.cases import Case

_FORGE_KNOWS = frozenset({"approvals", "author"})
"""What of a change only the forge knows."""


def awaits_the_forge(expression: str, case: Case, holds: Callable[[], bool]) -> bool:
    """Whether a clause that does not hold may do so on the pull request.

    ``holds`` asks it again, with everybody's approval.
    """
    if case.moved is None or case.moved.context is not None:
        return False
    named = words(expression)
    if "change" in named and named & _FORGE_KNOWS:
        return True
    if "approvedBy" not in named:
        return False
    with as_approved():
        return holds()
