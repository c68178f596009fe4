"""What ``git log --raw`` says of commits."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

_REGULAR = ("100644", "100755", "100664")


@dataclass(frozen=True, slots=True)
class RawCommit:
    """One commit of the first-parent history, and the paths that it changed."""

    commit: str
    date: date
    """The committer's day, in the time zone asked for."""
    changed: dict[str, str | None]
    """Path to the object name after the commit; None where there is no regular file any more."""


def commits(output: bytes, skip: int, clock: tzinfo) -> Iterator[RawCommit]:
    """Read ``git log --raw -z``: a header that begins with byte 1, then changes and paths."""
    tokens = iter(output.split(b"\0"))
    commit: RawCommit | None = None
    for raw in tokens:
        token = raw.strip(b"\n")
        if token.startswith(b"\x01"):
            if commit is not None:
                yield commit
            name, seconds = token[1:].decode("ascii").split()
            day = datetime.fromtimestamp(int(seconds), clock).date()
            commit = RawCommit(name, day, {})
        elif token.startswith(b":") and commit is not None:
            _, mode, _, blob, _ = token[1:].decode("ascii").split()
            path = os.fsdecode(next(tokens))[skip:]
            commit.changed[path] = blob if mode in _REGULAR else None
    if commit is not None:
        yield commit
