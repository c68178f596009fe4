"""Which commit of roadgate this is, so that workflows can name exactly it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from roadgate import __version__

_PACKAGE = Path(__file__).resolve().parents[1]


def own_commit() -> str | None:
    """The commit this installation was built from: written into a wheel, asked of git in a clone.

    None when neither knows.
    """
    built = _PACKAGE / "data" / "commit"
    if built.is_file():
        return built.read_text(encoding="ascii").strip() or None
    if not (_PACKAGE.parents[1] / ".git").exists():
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, in our own folder
            ["git", "-C", str(_PACKAGE), "rev-parse", "HEAD"],  # noqa: S607 - git is found on PATH
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None


def action_reference(commit: str) -> str:
    """What stands behind ``roadgate/roadgate@`` in a workflow: the commit, and its version."""
    return f"{commit} # v{__version__}"
