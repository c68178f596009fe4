"""Did you mean: the closest known word to one that is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 5
_CLOSE = 0.65
_LONGEST = 100


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` was most likely meant to be."""
    if len(word) > _LONGEST:
        return None
    from rapidfuzz import process  # noqa: PLC0415 - only a typo needs it
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - as above

    by_folded = {each.lower(): each for each in sorted(known, reverse=True)}
    match = process.extractOne(
        word.lower(), list(by_folded), scorer=Indel.normalized_similarity, score_cutoff=_CLOSE
    )
    return by_folded[match[0]] if match else None


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
