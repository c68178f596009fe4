"""The page about governing any YAML: its files and commands, in order, in an empty repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

TOOLS = Path(sys.executable).parent
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "govern-any-yaml.md"
BLOCK = re.compile(r"^```(?P<language>yaml|console)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_page_is_true(tmp_path: Path) -> None:
    """Each file is written as it stands, each command says at least what the page shows."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    commands = 0
    for block in BLOCK.finditer(PAGE.read_text("utf-8")):
        if block["language"] == "yaml":
            named = re.match(r"# (\S+)\n", block["text"])
            assert named is not None, block["text"]
            file = tmp_path / named[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["text"], encoding="utf-8")
            continue
        for part in block["text"].split("$ ")[1:]:
            command, *lines = part.splitlines()
            done = run(tmp_path, command)
            assert done.returncode == 0, (command, done.stdout, done.stderr)
            for line in lines:
                assert line.strip() in done.stdout, (line, done.stdout)
            commands += 1
    assert commands > 6


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of the page."""
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
