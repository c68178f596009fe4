"""Compare whole outputs with files.

ROADGATE_UPDATE_SNAPSHOTS=1 rewrites the files; the tests fail in that run, so that it cannot be set
by accident.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def expected(name: str, actual: str) -> str:
    """The text of a snapshot; when updating, what it was before."""
    path = FOLDER / name
    before = path.read_bytes().decode() if path.is_file() else ""
    if os.environ.get("ROADGATE_UPDATE_SNAPSHOTS"):
        path.write_bytes(actual.encode())
    return before
