"""Two pieces of work at once: a copy of this process does the second.

Where that is not possible, this process does both; what comes out is the same.
"""

from __future__ import annotations

import marshal
import mmap
import os
import pickle
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
_CORES = 2
_HEAD = 8
"""So many bytes say how long a piece is."""


class _Copy(NamedTuple):
    """A copy of this process, and a pipe from it to the original."""

    pid: int
    """0 in the copy itself."""
    reader: int
    writer: int


def _copied() -> _Copy | None:
    """Go on as two processes; None where there is only one core, or the system refuses."""
    if (os.cpu_count() or 1) < _CORES or not hasattr(os, "fork"):
        return None
    try:
        reader, writer = os.pipe()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        return None
    os.close(writer if pid else reader)
    return _Copy(pid, reader, writer)


def both(first: Callable[[], T], second: Callable[[], T]) -> tuple[T, T]:
    """The results of two functions that depend on nothing that the other does."""
    copy = _copied()
    if copy is None:
        return first(), second()
    if copy.pid == 0:
        _answer_and_leave(copy.writer, second)
    try:
        with os.fdopen(copy.reader, "rb") as stream:
            mine = first()
            content = stream.read()
    finally:
        _, status = os.waitpid(copy.pid, 0)
    if status != 0:
        return mine, second()  # whatever went wrong in the copy is met here, and told
    return mine, pickle.loads(content)  # noqa: S301 - written a moment ago by this very program


def _answer_and_leave(writer: int, work: Callable[[], object]) -> None:
    """What the copy does; it never returns, and prints nothing."""
    status = 1
    try:
        with os.fdopen(writer, "wb") as stream:
            pickle.dump(work(), stream)
        status = 0
    finally:
        os._exit(status)


@contextmanager
def ahead(work: Callable[[], Iterable[Any]], room: int) -> Iterator[Iterator[Any]]:
    """The pieces of ``work``, made by a copy of this process while this one goes on.

    They are plain data. There may be fewer than there should be, or none: where no copy can be
    made, where it dies, where they need more than ``room`` bytes. Then the rest is the caller's.
    """
    try:
        shared = mmap.mmap(-1, room)  # of both, so that the copy never waits until somebody reads
    except OSError:
        yield iter(())
        return
    with shared:
        copy = _copied()
        if copy is None:
            yield iter(())
            return
        if copy.pid == 0:
            _write_and_leave(copy.writer, shared, work)
        try:
            with os.fdopen(copy.reader, "rb") as stream:
                yield _pieces(stream, shared)
        finally:
            os.waitpid(copy.pid, 0)


def _pieces(stream: IO[bytes], shared: mmap.mmap) -> Iterator[Any]:
    start = 0
    while len(head := stream.read(_HEAD)) == _HEAD:
        end = start + int.from_bytes(head, "big")
        yield marshal.loads(shared[start:end])  # noqa: S302 - written by this very program
        start = end


def _write_and_leave(writer: int, shared: mmap.mmap, work: Callable[[], Iterable[Any]]) -> None:
    """What the copy does; it never returns, and prints nothing."""
    status = 1
    try:
        start = 0
        for piece in work():
            content = marshal.dumps(piece)
            end = start + len(content)
            if end > len(shared):
                break
            shared[start:end] = content
            os.write(writer, len(content).to_bytes(_HEAD, "big"))  # nobody listens: it ends here
            start = end
        status = 0
    finally:
        os._exit(status)
