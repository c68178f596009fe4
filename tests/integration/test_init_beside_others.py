"""``roadgate init`` in a repository that is full of other people's files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROADGATE = Path(sys.executable).with_name("roadgate")
COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHERS = {
    "charts/app/templates/deployment.yaml": "apiVersion: {{ .Values.version }}\nkind: X\n",
    ".github/workflows/ci.yml": "on: push\n",
    "policies/kyverno.yaml": "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\n",
    "roadmap/2024.yml": "title: our old roadmap\n- broken",
    "measurements/cpu.csv": "time;load\n1;2\n",
    "速い folder/a b.yaml": "a: 1\n",
}
OUR_INITIATIVE = """\
apiVersion: roadgate/v1
kind: Initiative
metadata: {name: x, title: X}
spec: {problem: Slow., horizon: later}
"""
SETTINGS = '{\n  // ours\n  "editor.tabSize": 2, // two\n  "yaml.schemas": {"x.json": "a/*"},\n}\n'


def write(root: Path, files: dict[str, str]) -> None:
    """Write files of a repository, byte for byte."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file, byte for byte."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``roadgate`` in a folder."""
    return subprocess.run(
        [str(ROADGATE), *arguments],
        cwd=root, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(root)},
    )  # fmt: skip


def test_nothing_that_was_there_is_governed(tmp_path: Path) -> None:
    """Folders of the usual names that hold others' files are left to them; check passes."""
    write(tmp_path, OTHERS)

    said = run(tmp_path, "init", "--pin", COMMIT).stdout
    checked = run(tmp_path, "check")

    assert {path: text.encode() for path, text in OTHERS.items()}.items() <= (
        snapshot(tmp_path).items()
    )
    assert checked.returncode == 0, checked.stdout
    assert "1 resource" in checked.stdout
    for name in ("roadmap", "policies", "measurements"):
        assert f"{name}/ holds files of others: yours go to roadgate/{name}/" in said
    assert "open roadgate/roadmap/first-initiative.yaml" in said
    assert run(tmp_path, "new", "Goal", "ship", "--set", "outcome=x").stdout.startswith(
        "  wrote  roadgate/roadmap/goals/ship.yaml"
    )


def test_only_what_is_taken_moves(tmp_path: Path) -> None:
    """With somebody else's policies only those of roadgate lie apart."""
    write(tmp_path, {"policies/kyverno.yaml": OTHERS["policies/kyverno.yaml"]})

    run(tmp_path, "init", "--pin", COMMIT)

    config = (tmp_path / "roadgate.yaml").read_text(encoding="utf-8")
    assert "  paths:\n    policies: [roadgate/policies]\n  policies:\n" in config
    assert (tmp_path / "roadmap" / "first-initiative.yaml").exists()
    assert run(tmp_path, "check").returncode == 0


def test_a_roadmap_of_ours_is_taken_up(tmp_path: Path) -> None:
    """One document of roadgate's says that the folder is meant, whatever lies beside it."""
    write(tmp_path, {"roadmap/x.yaml": OUR_INITIATIVE, "roadmap/y.yaml": "a: 1\n"})

    said = run(tmp_path, "init", "--pin", COMMIT).stdout

    assert "holds files of others" not in said
    assert not (tmp_path / "roadgate").exists()
    assert run(tmp_path, "check").returncode == 1  # y.yaml is in it, and is told


def test_the_second_run_changes_nothing(tmp_path: Path) -> None:
    """Whatever was there at first."""
    write(tmp_path, OTHERS | {".vscode/settings.json": SETTINGS, ".gitignore": "x\n"})
    run(tmp_path, "init", "--pin", COMMIT)
    before = snapshot(tmp_path)

    again = run(tmp_path, "init", "--pin", COMMIT)

    assert again.returncode == 0
    assert "wrote" not in again.stdout
    assert "merged" not in again.stdout
    assert snapshot(tmp_path) == before


def test_editor_settings_are_merged(tmp_path: Path) -> None:
    """What is missing is added; comments, commas and what the owner has set stay."""
    write(tmp_path, {
        ".vscode/settings.json": SETTINGS,
        ".vscode/extensions.json": '{"recommendations": ["ms-python.python"]}',
    })  # fmt: skip

    said = run(tmp_path, "init", "--pin", COMMIT).stdout

    settings = (tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8")
    assert settings.startswith('{\n  // ours\n  "editor.tabSize": 2, // two\n')
    assert '"yaml.schemas": {"x.json": "a/*", ".roadgate/schemas/roadgate.schema.json": [' in (
        settings
    )
    assert (tmp_path / ".vscode" / "extensions.json").read_text(encoding="utf-8") == (
        '{"recommendations": ["ms-python.python", "redhat.vscode-yaml"]}'
    )
    assert "merged .vscode/settings.json" in said
    assert "add to .vscode" not in said


@pytest.mark.parametrize("text", ["not json", "[]", "", '{"yaml.schemas": "off"}'])
def test_settings_that_cannot_be_merged_are_left_to_their_owner(tmp_path: Path, text: str) -> None:
    """The file stays, and what to add is said."""
    write(tmp_path, {".vscode/settings.json": text})

    said = run(tmp_path, "init", "--pin", COMMIT).stdout

    assert (tmp_path / ".vscode" / "settings.json").read_bytes() == text.encode()
    assert 'add to .vscode/settings.json: "yaml.schemas": {' in said


def test_a_workflow_of_others_under_our_name_is_told(tmp_path: Path) -> None:
    """It stays as it is, and nobody is left to believe that pull requests are judged."""
    path = ".github/workflows/roadgate.yml"
    write(tmp_path, {path: "name: ci\non: push\n"})

    said = run(tmp_path, "init", "--pin", COMMIT).stdout

    assert f"add to {path}: what init writes in an empty folder" in said
    assert "no pull request is judged" in said
    assert (tmp_path / path).read_text(encoding="utf-8") == "name: ci\non: push\n"
    (tmp_path / "new").mkdir()
    assert "no pull request is judged" not in run(tmp_path / "new", "init", "--pin", COMMIT).stdout
