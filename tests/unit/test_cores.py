"""Two pieces of work at once: what comes out is the same as one after the other."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from roadgate.cores import ahead, both
from roadgate.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_both_are_done() -> None:
    """Each result comes back in its place, the second from a copy of the process."""
    mine, other = both(os.getpid, os.getpid)

    assert mine == os.getpid()
    assert isinstance(other, int)


def test_what_fails_in_the_copy_is_told_here() -> None:
    """A failure of the second work is raised, never lost."""

    def fails() -> int:
        raise UsageError("nothing there")

    with pytest.raises(UsageError, match="nothing there"):
        both(lambda: 1, fails)


def test_with_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a second core this process does both."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    assert both(os.getpid, os.getpid) == (os.getpid(), os.getpid())


def test_pieces_come_while_both_go_on() -> None:
    """Plain data of a copy of this process, in order."""

    def work() -> Iterator[object]:
        yield os.getpid()
        yield [{"日本": (1, None, "x" * 100_000)}, b"y"]

    with ahead(work, 1 << 20) as pieces:
        child, more = pieces
    assert child != os.getpid()
    assert more == [{"日本": (1, None, "x" * 100_000)}, b"y"]


def test_a_copy_that_dies_leaves_what_it_had() -> None:
    """What comes after is the caller's."""

    def work() -> Iterator[int]:
        yield 1
        yield 2
        os.kill(os.getpid(), signal.SIGKILL)
        yield 3

    with ahead(work, 1 << 20) as pieces:
        assert list(pieces) == [1, 2]


def test_a_copy_without_room_stops() -> None:
    """No more memory is used than was agreed on."""
    with ahead(lambda: ["a" * 600, "b" * 600], 1_000) as pieces:
        assert list(pieces) == ["a" * 600]


def test_what_fails_in_a_copy_ends_it() -> None:
    """It says nothing, and its pieces end."""

    def work() -> Iterator[int]:
        yield 1
        raise UsageError("nothing there")

    with ahead(work, 1 << 20) as pieces:
        assert list(pieces) == [1]


def test_a_copy_is_not_left_behind() -> None:
    """Who wants no more pieces ends it, however many there would be."""
    with ahead(lambda: iter(str, 1), 1 << 20) as pieces:
        assert next(pieces) == ""
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_with_one_core_there_are_no_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the caller does all."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    with ahead(lambda: [1], 1 << 20) as pieces:
        assert list(pieces) == []


@pytest.mark.parametrize("refusing", ["fork", "pipe"])
def test_where_the_system_refuses(monkeypatch: pytest.MonkeyPatch, refusing: str) -> None:
    """Too many processes, or too many open files: this process does all."""

    def refuses() -> None:
        raise BlockingIOError

    monkeypatch.setattr(os, refusing, refuses)

    assert both(os.getpid, os.getpid) == (os.getpid(), os.getpid())
    with ahead(lambda: [1], 1 << 20) as pieces:
        assert list(pieces) == []


def test_where_there_is_no_memory() -> None:
    """More than any machine has is not shared."""
    with ahead(lambda: [1], 1 << 60) as pieces:
        assert list(pieces) == []
