"""Did you mean: the closest known word to one that is unknown."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 5
_CLOSE = 0.6
_LONGEST = 100


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` was most likely meant to be."""
    if len(word) > _LONGEST:
        return None
    by_folded = {each.lower(): each for each in sorted(known, reverse=True)}
    matches = get_close_matches(word.lower(), list(by_folded), n=1, cutoff=_CLOSE)
    return by_folded[matches[0]] if matches else None


def listed(known: Iterable[str]) -> str:
    """A few of the known words, in order, and how many more there are."""
    words = list(known)
    shown = ", ".join(words[:_SHOWN])
    return shown if len(words) <= _SHOWN else f"{shown} and {len(words) - _SHOWN} more"


def advice(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """The fix for an unknown word: a suggestion, or else what exists, or else ``otherwise``."""
    words = list(known)
    if (match := closest(word, words)) is not None:
        return f"did you mean '{match}'?"
    return f"known here: {listed(words)}" if words else otherwise
