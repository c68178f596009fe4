"""Shell completion, and the schemas that ``roadgate schema`` prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
DEFINITION = """\
apiVersion: roadgate/v1
kind: KindDefinition
metadata: {name: proposal, title: Proposals}
spec:
  kind: Proposal
  files: ["proposals/*.yaml"]
  identity: number
  schema:
    type: object
    required: [number, state]
    properties:
      number: {type: string, description: Its number.}
      state: {enum: [draft, accepted], description: How far it is.}
"""


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of bash that finds ``roadgate``."""
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(folder)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("roadgate pol", "policy"),
        ("roadgate check --fo", "--format"),
        ("roadgate check --format s", "sarif"),
        ("roadgate new Initi", "Initiative"),
        ("roadgate policy te", "test"),
        ("roadgate schema output/c", "output/check"),
    ],
)
def test_bash_completes(tmp_path: Path, words: str, completed: str) -> None:
    """Commands, options, choices, kinds and schemas, as a shell asks for them."""
    last = len(words.split()) - 1
    script = (
        'eval "$(roadgate completion bash)"\n'
        f"COMP_WORDS=({words}); COMP_CWORD={last}; _roadgate_completion roadgate\n"
        'echo "${COMPREPLY[@]}"'
    )

    assert shell(script, tmp_path).stdout == f"{completed}\n"


@pytest.mark.parametrize("name", ["zsh", "fish"])
def test_other_shells_have_their_scripts(tmp_path: Path, name: str) -> None:
    """The script asks roadgate itself what there is."""
    result = shell(f"roadgate completion {name}", tmp_path)

    assert result.returncode == 0
    assert f"_ROADGATE_COMPLETE={name}_complete" in result.stdout


def test_schemas_are_printed_and_written(tmp_path: Path) -> None:
    """One by its kind in any case, into a file where that is wanted, and all into a folder."""
    printed = shell("roadgate schema JOURNEY", tmp_path)
    shell("roadgate schema Journey --out journey.json", tmp_path)
    shell("roadgate schema --write all", tmp_path)
    wrong = shell("roadgate schema Jorney", tmp_path)

    assert json.loads(printed.stdout)["title"] == "Journey"
    assert (tmp_path / "journey.json").read_text(encoding="utf-8") == printed.stdout
    assert (tmp_path / "all" / "journey.schema.json").read_text("utf-8") == printed.stdout
    assert wrong.returncode == 2
    assert "did you mean 'journey'?" in wrong.stderr


def test_kinds_of_the_project_have_their_schemas(tmp_path: Path) -> None:
    """What a KindDefinition declares is printed like the rest."""
    (tmp_path / "roadmap").mkdir()
    (tmp_path / "roadmap" / "proposal.yaml").write_text(DEFINITION, encoding="utf-8")

    printed = shell("roadgate schema proposal", tmp_path)

    assert json.loads(printed.stdout)["required"] == ["number", "state"]
