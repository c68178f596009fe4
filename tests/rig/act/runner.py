"""Runs workflows with act, without Docker and without the network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rig.act.log import Run, read

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTIONS = Path(__file__).resolve().parent / "actions"
REPOSITORY = "example/roadmap"
"""What the runner takes the repository for; ``workspace`` sets the remote that it reads it from."""
_TIMEOUT = 300
_TOOLS = ("git", "bash", "node")


@dataclass(frozen=True)
class Act:
    """One way to run workflows.

    Attributes:
        home: a folder for everything that the runner writes.
        actions: ``owner/name@ref``, as written in ``uses``, to the folder that stands in for it.
        environment: what the steps see; of this process's own environment they see nothing.
        token: what ``github.token`` is.
    """

    home: Path
    actions: Mapping[str, Path] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    token: str = "ghs_rig"  # noqa: S105 -- a made-up value

    def run(self, folder: Path, workflow: str, event: str, payload: Mapping[str, Any]) -> Run:
        """Run a workflow of the repository in ``folder`` on an event.

        Args:
            folder: a clone that ``workspace`` has made.
            workflow: the file's path in it.
            event: the event's name.
            payload: what GitHub would send with it.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        event_file = self.home / "event.json"
        event_file.write_text(json.dumps(payload))
        command = [shutil.which("act") or _beside_python("act"), event, "-W", workflow]
        command += ["-P", "ubuntu-latest=-self-hosted", "--pull=false", "--no-cache-server"]
        command += ["--no-skip-checkout", "--json", "-e", str(event_file)]
        command += ["-s", f"GITHUB_TOKEN={self.token}", "--action-cache-path", str(self.home / "c")]
        for name, value in {"RIG_PYTHON": base_python(), **self.environment}.items():
            command += ["--env", f"{name}={value}"]
        for name, source in self.actions.items():
            command += ["--local-repository", f"{name}={source}"]
        done = subprocess.run(
            command,
            cwd=folder,
            env={"PATH": _tools(), "HOME": str(self.home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_TIMEOUT,
        )
        return read(done.returncode, done.stdout)


def workspace(folder: Path, origin: Path) -> dict[str, str]:
    """Give a clone the remote that it would have on GitHub.

    Args:
        folder: the clone.
        origin: the repository that stands in for the one on GitHub.

    Returns:
        The environment in which git finds ``origin`` behind GitHub's address.
    """
    url = f"https://github.com/{REPOSITORY}"
    git(folder, "remote", "remove", "origin", check=False)
    git(folder, "remote", "add", "origin", url)
    settings = folder.parent / f"{folder.name}.gitconfig"
    settings.write_text(
        f'[url "{origin.as_uri()}"]\n\tinsteadOf = {url}\n[safe]\n\tdirectory = *\n'
    )
    return {"GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1"}


def local_action(repository: Path, target: Path) -> Path:
    """Copy a repository's files, without what git ignores, so that it can be used as an action."""
    listed = git(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        source = repository / name
        if source.is_file() and not name.startswith("tests/"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    return target


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git in a folder and return what it prints."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=check, capture_output=True, text=True
    )
    return done.stdout


def _beside_python(program: str) -> str:
    """Return a program of the virtual environment that the tests run in."""
    return str(Path(sys.executable).parent / program)


def base_python() -> str:
    """Return the Python that virtual environments are made of."""
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}")


def _tools() -> str:
    """Return a PATH that has what a runner has, and nothing of the virtual environment."""
    found = [shutil.which(name) for name in _TOOLS]
    folders = [str(Path(one).parent) for one in found if one]
    return ":".join(dict.fromkeys([*folders, "/usr/local/bin", "/usr/bin", "/bin"]))
