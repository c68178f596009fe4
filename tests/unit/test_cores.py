"""Two pieces of work at once: what comes out is the same as one after the other."""

from __future__ import annotations

import os

import pytest

from roadgate.cores import both
from roadgate.model.errors import UsageError


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
