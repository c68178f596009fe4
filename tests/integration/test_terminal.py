"""Colour and width as the reader's terminal and environment want them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROADGATE = Path(sys.executable).with_name("roadgate")
BROKEN = (
    "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: a, title: 速い}\n"
    "spec: {problem: p, horizon: soon}\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one error."""
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap" / "a.yaml").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    """This environment, without what decides about colour and width."""
    unset = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "GITHUB_ACTIONS")
    return {**{k: v for k, v in os.environ.items() if k not in unset}, **more}


def piped(project: Path, *arguments: str, **more: str) -> str:
    """What a program that reads the output gets."""
    command = [ROADGATE, "check", "-C", str(project), *arguments]
    run = subprocess.run(command, capture_output=True, check=False, env=environment(**more))
    return run.stdout.decode()


def at_terminal(project: Path, *arguments: str, **more: str) -> str:
    """What a person at a terminal sees."""
    ours, theirs = pty.openpty()
    command = [ROADGATE, "check", "-C", str(project), *arguments]
    with subprocess.Popen(command, stdout=theirs, env=environment(TERM="xterm", **more)) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # the other side has gone
                break
            if not part:
                break
            shown += part
        process.wait()
    os.close(ours)
    return shown.decode()


def test_colour_is_for_terminals(project: Path) -> None:
    """Programs get none, unless it is asked for; the environment's last word is NO_COLOR."""
    assert "\x1b[" not in piped(project)
    assert "\x1b[" in at_terminal(project)
    assert "\x1b[" in piped(project, "--color", "always", NO_COLOR="1")
    assert "\x1b[" in piped(project, FORCE_COLOR="1")
    assert "\x1b[" not in piped(project, FORCE_COLOR="0")
    assert "\x1b[" not in piped(project, FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b[" not in at_terminal(project, NO_COLOR="1")
    assert "\x1b[" not in at_terminal(project, "--color", "never", FORCE_COLOR="1")


def test_lines_fit_a_narrow_terminal(project: Path) -> None:
    """Sentences wrap; what a program reads does not."""
    narrow = at_terminal(project, "--color", "never", COLUMNS="44").splitlines()
    wide = piped(project).splitlines()

    sentences = [line for line in narrow if "─" not in line]
    assert max(map(len, sentences)) <= 44
    assert max(map(len, wide)) > 80
