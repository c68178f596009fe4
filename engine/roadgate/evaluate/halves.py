"""Work on two cores: a child process answers for half of a long list.

The child is a copy of this process at this moment, so that nothing has to be handed to it, and only
short answers come back. Where that is not possible, this process answers for all; the answers are
the same.
"""

from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Answer: TypeAlias = "str | None"
_WORTHWHILE = 1_000
"""Fewer questions are answered before a copy of the process is made."""
_BLOCK = 64
"""So many in a row stay together: neighbours are alike, and a half of each sort weighs a half."""


def answers(count: int, answer: Callable[[int], Answer]) -> list[Answer]:
    """``answer`` of each number below ``count``, in order; it must depend on nothing else."""
    if count < _WORTHWHILE or (os.cpu_count() or 1) < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 (two halves)
        return [answer(each) for each in range(count)]
    here = [each for each in range(count) if each // _BLOCK % 2 == 0]
    there = [each for each in range(count) if each // _BLOCK % 2]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _answer_and_leave(reader, writer, there, answer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as stream:
            found = {each: answer(each) for each in here}
            content = stream.read()
    finally:
        _, status = os.waitpid(child, 0)
    others = _received(content, len(there))
    if status != 0 or others is None:
        others = [answer(each) for each in there]
    found |= zip(there, others, strict=True)
    return [found[each] for each in range(count)]


def _answer_and_leave(
    reader: int, writer: int, numbers: Sequence[int], answer: Callable[[int], Answer]
) -> None:
    """What the child does; it never returns, and prints nothing."""
    status = 1
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as stream:
            stream.write(marshal.dumps([answer(each) for each in numbers]))
        status = 0
    finally:
        os._exit(status)


def _received(content: bytes, expected: int) -> list[Answer] | None:
    """What the child sent, if it is whole."""
    try:
        found = marshal.loads(content)  # noqa: S302 - written a moment ago by this very program
    except (EOFError, ValueError, TypeError):
        return None
    return found if isinstance(found, list) and len(found) == expected else None
