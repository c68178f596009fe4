"""Note the commit in a wheel, so that `roadgate init` can pin the action to it."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommitHook(BuildHookInterface):  # type: ignore[type-arg] # hatchling leaves it open
    """Adds ``roadgate/data/commit`` to wheels, and ``COMMIT`` to source distributions."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Find the commit in git, or in the file that a source distribution carries."""
        if version == "editable":
            return
        commit = self._commit()
        if not commit:
            return
        target = "roadgate/data/commit" if self.target_name == "wheel" else "COMMIT"
        written = Path(tempfile.mkdtemp()) / "commit"
        written.write_text(f"{commit}\n", encoding="ascii")
        build_data["force_include"][str(written)] = target

    def _commit(self) -> str:
        carried = Path(self.root) / "COMMIT"
        if carried.is_file():
            return carried.read_text(encoding="ascii").strip()
        if not (Path(self.root) / ".git").exists():
            return ""
        done = subprocess.run(
            ["git", "-C", self.root, "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else ""
