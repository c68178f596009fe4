"""The memory of a command, copies of itself included: pages that processes share count once."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PROC = Path("/proc")
_PAUSE = 0.05
_SHARE = re.compile(r"^Pss: +(\d+) kB", re.MULTILINE)


def peak(command: Sequence[str], folder: Path) -> float:
    """The most that the processes of a command hold together, in MB; looking slows it down."""
    most = 0
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            pids = list(family(process.pid))
            held = sum(map(_held, pids))
            if pids == list(family(process.pid)):  # else pages may have been counted twice
                most = max(most, held)
            time.sleep(_PAUSE)
    return most / 1024


def family(pid: int) -> Iterator[int]:
    """A process, and all that it has started."""
    yield pid
    for each in _read(_PROC / str(pid) / "task" / str(pid) / "children").split():
        yield from family(int(each))


def _held(pid: int) -> int:
    """A process's share of the pages that it holds, in kB."""
    found = _SHARE.search(_read(_PROC / str(pid) / "smaps_rollup"))
    return int(found[1]) if found else 0


def _read(path: Path) -> str:
    """A text of the system's; empty where the process has ended meanwhile."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
