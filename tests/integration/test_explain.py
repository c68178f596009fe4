"""``explain`` in words, and what of it others may read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run roadgate in a folder."""
    clean = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return subprocess.run(
        [sys.executable, "-m", "roadgate", *arguments],
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def platform(tmp_path: Path) -> Path:
    """A copy of the example."""
    shutil.copytree(ROOT / "examples" / "platform", tmp_path / "platform")
    return tmp_path / "platform"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RG101", ["Deliverables that nobody asked for", "minInterviews: 5 (the default)"]),
        ("rg101", ["Deliverables that nobody asked for"]),
        ("PLAT001", ["severity:", "examples:"]),
        ("RG003", ["safety limit", "    a: &a [x"]),
        ("faster-ci", ["missed", "6 on 2026-07-30", "evidence: interviews-2026-01"]),
        ("Initiative/multi-cloud", ["killed on 2026-02-09", "kill-multi-cloud"]),
        ("kill-multi-cloud", ["type: kill", "learned: Ask first."]),
        ("Evidence/interviews-2026-01", ["method: interview", "application-developer 12"]),
    ],
)
def test_explained(platform: Path, name: str, words: list[str]) -> None:
    """A policy says why and what, a code what to do, a resource how it stands."""
    done = run(platform, "explain", name, "--as-of", "2026-08-07")

    assert done.returncode == 0, done.stderr
    for each in words:
        assert each in done.stdout


@pytest.mark.parametrize(
    ("name", "meant"), [("PLAT01", "PLAT001"), ("faster-c", "faster-ci"), ("rg0012", "RG012")]
)
def test_what_nobody_knows(platform: Path, name: str, meant: str) -> None:
    """A name that means nothing is an error that offers the nearest one."""
    done = run(platform, "explain", name)

    assert done.returncode == 2
    assert f"did you mean '{meant}'" in done.stderr


def test_internal_values_stay_inside(platform: Path) -> None:
    """In a log of GitHub Actions, and in Markdown, an internal metric has no value."""
    metrics = platform / "roadmap" / "metrics.yaml"
    text = metrics.read_text(encoding="utf-8")
    head, marker, rest = text.partition("metadata: {name: adoption,")
    changed = rest.replace("spec:\n", "spec:\n  visibility: internal\n", 1)
    assert changed != rest
    metrics.write_text(head + marker + changed, encoding="utf-8")
    day = ["--as-of", "2026-08-07"]

    for verb in (["status"], ["status", "--format", "json"], ["explain", "champions"]):
        inside = run(platform, *verb, *day)
        outside = run(platform, *verb, *day, GITHUB_ACTIONS="true")
        assert "78" in inside.stdout
        assert outside.returncode == inside.returncode
        assert "78" not in outside.stdout
        assert "missed" in outside.stdout
    assert "78" not in run(platform, "status", "--format", "markdown", *day).stdout
