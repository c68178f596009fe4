"""Did you mean: the closest known word to one that is unknown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 5
_CLOSE = 0.65
_LONGEST = 100
_NEAREST = 20
_SLIPS = 2
_LETTERS_A_SLIP = 3
_SEPARATORS = str.maketrans("", "", "-_ ")


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` was most likely meant to be."""
    if len(word) > _LONGEST:
        return None
    from rapidfuzz import process  # noqa: PLC0415 - only a typo needs it
    from rapidfuzz.distance import OSA, Indel, Postfix, Prefix  # noqa: PLC0415 - as above

    wanted, by_folded = word.lower(), {each.lower(): each for each in sorted(known, reverse=True)}
    near = process.extract(
        wanted,
        list(by_folded),
        scorer=Indel.normalized_similarity,
        score_cutoff=_CLOSE,
        limit=_NEAREST,
    )
    # of several that share as many letters, the one with the fewest slips, then with the same ends
    as_near = [each for each, score, _ in near if score == near[0][1]]
    best = min(
        as_near,
        key=lambda each: (
            OSA.distance(wanted, each),
            -Prefix.similarity(wanted, each) - Postfix.similarity(wanted, each),
            each,
        ),
        default=None,
    )
    return None if best is None else by_folded[best]


def only(word: str, known: Iterable[str]) -> str | None:
    """The one known word that ``word`` can be a slip of; None where there are several, or none.

    Words that differ in a number are different things, however close they look.
    """
    if len(word) > _LONGEST:
        return None
    from rapidfuzz import process  # noqa: PLC0415 - only a typo needs it
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    words = [each for each in dict.fromkeys(known) if each != word]
    folded, wanted = [_folded(each) for each in words], _folded(word)
    near = process.extract(wanted, folded, scorer=OSA.distance, score_cutoff=_SLIPS, limit=None)
    same = [words[place] for _, slips, place in near if slips == 0]
    close = same or [
        words[place] for other, slips, place in near if _is_slip(wanted, other, int(slips))
    ]
    return close[0] if len(close) == 1 else None


@lru_cache(maxsize=1 << 15)  # the same names are compared with every word
def _folded(word: str) -> str:
    return word.casefold().translate(_SEPARATORS)


def _is_slip(word: str, other: str, slips: int) -> bool:
    shorter = min(len(word), len(other))
    return slips <= shorter // _LETTERS_A_SLIP and _numbers(word) == _numbers(other)


def _numbers(word: str) -> list[str]:
    return re.findall(r"[0-9]+", word)


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
