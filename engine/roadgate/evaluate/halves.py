"""Work on two cores: a child process answers for the second half of a long list.

The child is a copy of this process at this moment, so that nothing has to be handed to it, and only
short answers come back. Where that is not possible, this process answers for all; the answers are
the same.
"""

from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Answer: TypeAlias = "str | None"
_WORTHWHILE = 1_000
"""Fewer questions are answered before a copy of the process is made."""


def answers(count: int, answer: Callable[[int], Answer]) -> list[Answer]:
    """``answer`` of each number below ``count``, in order; it must depend on nothing else."""
    if count < _WORTHWHILE or (os.cpu_count() or 1) < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 (two halves)
        return [answer(each) for each in range(count)]
    middle = count // 2
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _answer_and_leave(reader, writer, range(middle, count), answer)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as stream:
            first = [answer(each) for each in range(middle)]
            content = stream.read()
    finally:
        _, status = os.waitpid(child, 0)
    second = _received(content, count - middle)
    if status != 0 or second is None:
        second = [answer(each) for each in range(middle, count)]
    return [*first, *second]


def _answer_and_leave(
    reader: int, writer: int, numbers: range, answer: Callable[[int], Answer]
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
