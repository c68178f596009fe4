"""Answers to a long list of questions, half of them by a copy of this process.

The copy is made at this moment, so that nothing has to be handed to it, and only short answers come
back. Where that is not possible, this process answers all; the answers are the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from roadgate.cores import both

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Answer: TypeAlias = "str | None"
_WORTHWHILE = 1_000
"""Fewer questions are answered before a copy of the process is made."""
_BLOCK = 64
"""So many in a row stay together: neighbours are alike, and a half of each sort weighs a half."""


def answers(count: int, answer: Callable[[int], Answer]) -> list[Answer]:
    """``answer`` of each number below ``count``, in order; it must depend on nothing else."""
    if count < _WORTHWHILE:
        return _each(range(count), answer)
    here = [each for each in range(count) if each // _BLOCK % 2 == 0]
    there = [each for each in range(count) if each // _BLOCK % 2]
    mine, others = both(partial(_each, here, answer), partial(_each, there, answer))
    found = dict(zip((*here, *there), (*mine, *others), strict=True))
    return [found[each] for each in range(count)]


def _each(numbers: Sequence[int], answer: Callable[[int], Answer]) -> list[Answer]:
    return [answer(each) for each in numbers]
