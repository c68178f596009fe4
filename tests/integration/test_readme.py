"""The README's commands, run as a reader would run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def commands(block: str) -> list[str]:
    """What is typed in a console block, without comments."""
    typed = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return [line.split("  #")[0].rstrip() for line in typed]


def shell(script: str, folder: Path, path: Path = BIN) -> subprocess.CompletedProcess[str]:
    """Run lines in one shell, with roadgate on the PATH."""
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_commands_are_make_targets() -> None:
    """The two commands that lead the README exist, with what they are said to do."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert commands(blocks("console")[0]) == ["make demo", "make test"]
    for target in ("demo", "test"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.slow
def test_install(tmp_path: Path) -> None:
    """The installation commands work in a fresh virtual environment, from a copy of the sources."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(tmp_path / "roadgate")], check=True)
    block = blocks("console")[1]

    done = shell("\n".join(commands(block)), tmp_path / "roadgate")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == block.splitlines()[-1]


def test_five_minutes(tmp_path: Path) -> None:
    """The tour starts green, and an unresearched promise turns it red with every missing part."""
    start, promise = blocks("console")[2:4]
    done = shell("\n".join(commands(start)), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr

    project = tmp_path / "my-roadmap"
    (project / "roadmap" / "first-initiative.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    refused = shell("\n".join(commands(promise)), project)

    assert refused.returncode == 1, refused.stdout + refused.stderr
    for code in ("RG101", "RG201", "RG301"):
        assert f"error[{code}]" in refused.stdout


def test_the_promise_that_is_shown_is_a_valid_initiative(tmp_path: Path) -> None:
    """The YAML of the README meets the schema: only its references are missing here."""
    folder = tmp_path / "roadmap"
    folder.mkdir()
    (folder / "faster-ci.yaml").write_text(blocks("yaml")[1], encoding="utf-8")

    done = shell("roadgate check --as-of 2026-03-01 || true", tmp_path)

    found = set(re.findall(r"error\[(\w+)\]", done.stdout))
    assert found == {"RG012", "RG101"}


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_links(path: str) -> None:
    """Every file that the README links to is there."""
    assert (ROOT / path).exists()
