"""``roadgate fmt``: which files it touches, and which it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROADGATE = Path(sys.executable).with_name("roadgate")
UNTIDY = """\
apiVersion: roadgate/v1
metadata: { title: Dark mode,name: dark-mode }
kind: Initiative
spec:
    horizon: exploring   # for now

    # what hurts
    problem: Screens are too bright at night.
"""
TIDY = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: dark-mode, title: Dark mode}
spec:
  # what hurts
  problem: Screens are too bright at night.
  horizon: exploring   # for now
"""
CONFIG = """\
kind: Config
apiVersion: roadgate/v1
spec:
  ignore: ["drafts"]
"""
POLICY = """\
apiVersion: roadgate/v1
kind: Policy
metadata: {title: Short titles, name: short-titles}
spec:
  rationale: Titles are read on small screens.
  id: ACME001
  validations: [{message: too long, expression: "resource.metadata.title.size() < 60"}]
"""

DEFINITION = """\
apiVersion: roadgate/v1
kind: KindDefinition
metadata: {name: proposal, title: Proposals}
spec: {kind: Proposal, files: ["proposals/*.yaml"], identity: id, schema: {type: object}}
---
apiVersion: roadgate/v1
kind: KindDefinition
metadata: {name: bet, title: Bets}
spec: {kind: Bet, files: ["roadmap/bet*.yaml"], envelope: true, schema: {type: object}}
"""
BET = """\
kind:   Bet
apiVersion: roadgate/v1
metadata: {title: B,   name: b}
spec: {}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with untidy files of every sort."""
    write(tmp_path, "roadgate.yaml", CONFIG)
    write(tmp_path, "roadmap/dark-mode.yaml", UNTIDY)
    write(tmp_path, "policies/acme001.yaml", POLICY)
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    """Write a file of a project, byte for byte."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())


def read(root: Path, path: str) -> str:
    """The text of a file of a project, byte for byte."""
    return (root / path).read_bytes().decode()


def fmt(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``roadgate fmt`` in a folder."""
    return subprocess.run(
        [str(ROADGATE), "fmt", *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )  # fmt: skip


def test_files_are_put_in_order_once(project: Path) -> None:
    """Resources, policies and the configuration; the second run has nothing to do."""
    first, second = fmt(project), fmt(project)

    assert first.stdout == (
        "formatted roadgate.yaml\nformatted roadmap/dark-mode.yaml\n"
        "formatted policies/acme001.yaml\n3 files changed\n"
    )
    assert read(project, "roadmap/dark-mode.yaml") == TIDY
    assert read(project, "roadgate.yaml").startswith("apiVersion: roadgate/v1\nkind: Config\n")
    assert "{name: short-titles, title: Short titles}" in read(project, "policies/acme001.yaml")
    assert (second.stdout, second.returncode) == ("3 files in order\n", 0)


def test_check_shows_what_would_change(project: Path) -> None:
    """A diff, exit 1, and nothing written; when all is in order, exit 0."""
    result = fmt(project, "--check", "roadmap")

    assert result.returncode == 1
    assert "-    horizon: exploring   # for now\n" in result.stdout
    assert "+  horizon: exploring   # for now\n" in result.stdout
    assert result.stdout.endswith("1 file would change\n")
    assert read(project, "roadmap/dark-mode.yaml") == UNTIDY
    fmt(project)
    assert fmt(project, "--check").returncode == 0


def test_what_roadgate_does_not_read_is_not_touched(project: Path) -> None:
    """Ignored files, files outside the roots and those of a kind that others define stay."""
    write(project, "deploy/values.yaml", "b:   1\na: 2\n")
    write(project, "roadmap/drafts/x.yaml", UNTIDY)
    write(project, "roadmap/drafts.txt", "b:   1\n")
    write(project, "roadmap/kinds.yaml", DEFINITION)
    write(project, "proposals/one.yaml", "state:   draft\nid: one\n")
    write(project, "roadmap/bet.yaml", BET)

    fmt(project)
    named = fmt(project, "deploy")

    assert read(project, "deploy/values.yaml") == "b:   1\na: 2\n"
    assert read(project, "roadmap/drafts/x.yaml") == UNTIDY
    assert read(project, "proposals/one.yaml") == "state:   draft\nid: one\n"
    assert read(project, "roadmap/bet.yaml") == BET
    assert named.returncode == 2
    assert "there is no file to format" in named.stderr


def test_a_file_with_errors_is_left_alone(project: Path) -> None:
    """It is named with its first error; the others are formatted all the same."""
    broken = UNTIDY.replace("dark-mode }", "light-mode }").replace("exploring", "soon")
    write(project, "roadmap/broken.yaml", broken)

    result = fmt(project)

    assert result.returncode == 1
    assert "left alone roadmap/broken.yaml: line 5: 'soon' is no value of 'spec.horizon'\n" in (
        result.stdout
    )
    assert read(project, "roadmap/broken.yaml") == broken
    assert read(project, "roadmap/dark-mode.yaml") == TIDY


def test_a_broken_configuration_stops_at_itself(project: Path) -> None:
    """Nobody knows then which files are governed, so none is touched."""
    write(project, "roadgate.yaml", CONFIG.replace("ignore", "ignroe"))

    result = fmt(project)

    assert result.returncode == 1
    assert "left alone roadgate.yaml: line 4: 'ignroe' is no field of 'spec' in Config" in (
        result.stdout
    )
    assert read(project, "roadmap/dark-mode.yaml") == UNTIDY


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_and_byte_order_marks_stay(project: Path, newline: str) -> None:
    """A file from Windows stays one."""
    write(project, "roadmap/dark-mode.yaml", "\ufeff" + UNTIDY.replace("\n", newline))

    fmt(project)

    assert read(project, "roadmap/dark-mode.yaml") == "\ufeff" + TIDY.replace("\n", newline)


def test_links_are_not_followed_and_read_only_files_told(project: Path) -> None:
    """A link's target outside stays, and a file that may not be written is named."""
    write(project, "elsewhere.txt", UNTIDY)
    (project / "roadmap" / "link.yaml").symlink_to(project / "elsewhere.txt")
    (project / "roadmap" / "dark-mode.yaml").chmod(0o444)

    result = fmt(project)

    assert read(project, "elsewhere.txt") == UNTIDY
    assert "left alone roadmap/dark-mode.yaml: it is read-only" in result.stdout
