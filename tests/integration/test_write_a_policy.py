"""The page about writing a policy tells the truth, from its first file to its last command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "write-a-policy.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<language>[\w-]+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
TOOLS = Path(sys.executable).parent


def run(folder: Path, command: str) -> str:
    """What a command of the page prints."""
    clean = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**clean, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def write(folder: Path, text: str) -> None:
    """A block whose first line names its file."""
    path = folder / text.splitlines()[0].removeprefix("# ")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_page(tmp_path: Path) -> None:
    """Each file is written, each command run, and every line that is shown is printed."""
    commands = 0
    for block in BLOCK.finditer(PAGE):
        if block["text"].startswith(("# policies", "# roadmap", "# roadgate")):
            write(tmp_path, block["text"])
        if block["language"] != "console":
            continue
        printed = ""
        for line in block["text"].splitlines():
            if line.startswith("$ "):
                printed = run(tmp_path, line.removeprefix("$ "))
                commands += 1
            else:
                assert line in printed
    assert commands == 7


def test_the_slips_that_the_page_speaks_of(tmp_path: Path) -> None:
    """A typo is an error at its word, with what was meant."""
    for block in BLOCK.finditer(PAGE):
        if block["text"].startswith(("# policies/security", "# roadmap/payments")):
            write(tmp_path, block["text"])
    path = tmp_path / "policies" / "security-is-told.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("has(resource.spec.messages.security)", "has(resource.spec.messages.securty)"),
        encoding="utf-8",
    )
    (told,) = [each["text"] for each in BLOCK.finditer(PAGE) if "securty" in each["text"]]
    assert told.strip() in run(tmp_path, "roadgate check")
    path.write_text(text.replace("['next', 'now']", "['nxt', 'now']"), encoding="utf-8")
    assert "'resource.spec.horizon' is never 'nxt'; did you mean 'next'?" in run(
        tmp_path, "roadgate check"
    )
