"""The hand-written pages of the reference say what the models and the command say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from roadgate.model.kinds import KINDS
from roadgate.pipeline import schemas
from roadgate.pipeline.context import parse_context

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGE = (REFERENCE / "kinds.md").read_text(encoding="utf-8")
SECTIONS = {
    part.partition("\n")[0]: part.partition("\n")[2]
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)
}
SPECIFIED = [name for name in (*KINDS, "Config") if name != "Policy"]


def blocks(language: str, text: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def spec(kind: str) -> dict[str, object]:
    """The schema of a kind's spec."""
    schema = json.loads(schemas.generate()[f"{kind.lower()}.schema.json"])
    found = schema["properties"]["spec"]
    if "$ref" in found:
        return dict(schema["$defs"][found["$ref"].rpartition("/")[2]])
    return dict(found)


@pytest.mark.parametrize("kind", [*KINDS, "Config"])
def test_every_kind_has_a_section(kind: str) -> None:
    """No kind is missing, and each section names exactly the fields that its schema needs."""
    required = spec(kind).get("required", [])

    assert isinstance(required, list)
    assert re.findall(r"\*\*(\w+)\*\*", SECTIONS[kind]) == required


@pytest.mark.parametrize("kind", SPECIFIED)
def test_every_field_is_shown(kind: str) -> None:
    """Each field that a spec can have is in its section."""
    fields = spec(kind)["properties"]

    assert isinstance(fields, dict)
    missing = [name for name in fields if not re.search(rf"\b{name}\b", SECTIONS[kind])]
    assert missing == []


def test_the_examples_are_one_roadmap_that_passes(tmp_path: Path) -> None:
    """Copied into a folder, the examples pass check, and every condition in them can be judged."""
    for folder in ("roadmap", "policies", "measurements"):
        (tmp_path / folder).mkdir()
    for number, text in enumerate(blocks("yaml", PAGE)):
        config = "\nkind: Config\n" in text
        path = "roadgate.yaml" if config else f"roadmap/{number}.yaml"
        (tmp_path / path).write_text(text, encoding="utf-8")
    kep = tmp_path / "keps" / "1287" / "kep.yaml"  # what the example of a KindDefinition governs
    kep.parent.mkdir(parents=True)
    kep.write_text("kep-number: 1287\nstatus: implemented\n", encoding="utf-8")
    policy = blocks("yaml", (REFERENCE / "policies.md").read_text(encoding="utf-8"))[0]
    (tmp_path / "policies" / "acme001.yaml").write_text(policy, encoding="utf-8")
    rows = blocks("csv", PAGE)[0]
    (tmp_path / "measurements" / "ci-duration-p50.csv").write_text(rows, encoding="utf-8")

    def run(verb: str) -> subprocess.CompletedProcess[str]:
        roadgate = str(Path(sys.executable).with_name("roadgate"))
        command = [roadgate, verb, "--as-of", "2026-08-15"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    done = run("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " warning" not in done.stdout
    judged = run("status")
    assert judged.returncode == 0
    assert "error" not in judged.stdout


def test_the_context_file() -> None:
    """The context file that is shown can be read, and has every field."""
    page = (REFERENCE / "context.md").read_text(encoding="utf-8")
    text = blocks("json", page)[0]

    context = parse_context(text.encode())

    assert context.reviews[0].by == "example-vp"
    assert context.teams == {"product-leads": ("example-vp",)}
    for field in json.loads(text):
        assert f"`{field}`" in page
