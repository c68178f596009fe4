"""The emulator in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rig.github.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).resolve().parents[2]
STATE = {
    "now": "2026-03-01T12:00:00+00:00",
    "tokens": {"t0ken": {"login": "github-actions[bot]", "permissions": {"issues": "write"}}},
    "repositories": [
        {
            "name": "example/roadmap",
            "labels": [{"name": "roadgate", "color": "112233"}],
            "issues": [{"title": "known", "labels": ["roadgate"]}],
            "pulls": [
                {
                    "title": "change",
                    "head_sha": "a" * 40,
                    "base_sha": "b" * 40,
                    "reviews": [{"by": "example-vp"}],
                }
            ],
            "statuses": [{"sha": "a" * 40, "state": "pending", "context": "roadgate"}],
        }
    ],
    "faults": [{"verb": "POST", "path": "/issues$", "kind": "status", "status": 503}],
}


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The address of an emulator that was started with ``STATE``."""
    (tmp_path / "state.json").write_text(json.dumps(STATE))
    command = [sys.executable, "-m", "rig.github", "0", "state.json"]
    with subprocess.Popen(
        command, cwd=tmp_path, env={"PYTHONPATH": str(TESTS)}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def test_situation_is_read_from_the_file(url: str) -> None:
    """Tokens, issues, pull requests, statuses and faults are there from the start."""
    client = Client(url)
    issues = client.get("/repos/example/roadmap/issues").body
    refused = client.post("/repos/example/roadmap/issues", {"title": "late"})
    created = client.post("/repos/example/roadmap/issues", {"title": "late"})
    seen = client.get("/_rig").body

    assert [one["title"] for one in issues] == ["change", "known"]
    assert (refused.status, created.status) == (503, 201)
    assert created.body["created_at"].startswith("2026-03-01T12:00")
    assert seen["violations"] == []
    repository = seen["repositories"]["example/roadmap"]
    assert repository["issues"]["2"]["pull"]["reviews"][0]["author"] == "example-vp"
    assert [one["context"] for one in repository["statuses"]] == ["roadgate"]


def test_wrong_command_line_says_how() -> None:
    """Without its arguments it prints its usage."""
    done = subprocess.run(
        [sys.executable, "-m", "rig.github"],
        env={"PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "usage: python -m rig.github PORT STATE.json\n"
