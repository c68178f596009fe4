"""An editor with the YAML language server, in a repository that init has started."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from integration.language_server import Editor
from roadgate.model.kinds import KINDS
from roadgate.pipeline.schema_examples import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

HEAD = "apiVersion: roadgate/v1\nkind: {}\nmetadata: {{name: a, title: A}}\nspec:\n"
INITIATIVE = HEAD.format("Initiative") + "  problem: x\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor with the settings that init wrote, in the folder that it wrote them into."""
    folder = tmp_path_factory.mktemp("roadmap")
    roadgate = str(Path(sys.executable).with_name("roadgate"))
    subprocess.run([roadgate, "init"], cwd=folder, check=True, capture_output=True)
    text = (folder / ".vscode" / "settings.json").read_text(encoding="utf-8")
    named = json.loads(text)["yaml.schemas"]
    schemas = {(folder / path).as_uri(): files for path, files in named.items()}
    with Editor(folder, {"schemas": schemas, "schemaStore": {"enable": False}}) as found:
        yield found


def place(text: str, mark: str = "|") -> tuple[str, int, int]:
    """A text without its mark, and where the mark stood."""
    before, _, after = text.partition(mark)
    return before + after, before.count("\n"), len(before.rpartition("\n")[2])


def offered(editor: Editor, path: str, text: str) -> dict[str, str]:
    """What is offered where the mark stands: label to documentation."""
    written, line, character = place(text)
    editor.open(path, written)
    found = editor.complete(path, line, character)
    return {label: _words(item.get("documentation")) for label, item in found.items()}


def told(editor: Editor, path: str, text: str) -> str:
    """What is told where the mark stands."""
    written, line, character = place(text)
    assert editor.open(path, written) == []
    return editor.hover(path, line, character)


def _words(documentation: object) -> str:
    if isinstance(documentation, dict):
        return str(documentation["value"])
    return str(documentation or "")


def test_an_empty_file_is_offered_one_of_each_kind(editor: Editor) -> None:
    """Who has nothing yet chooses what to declare, and gets a document to fill in."""
    editor.open("roadmap/empty.yaml", "")
    found = editor.complete("roadmap/empty.yaml", 0, 0)

    assert {*KINDS, "apiVersion", "kind"} <= {*found}
    assert found["Goal"]["insertText"].startswith(
        "apiVersion: roadgate/v1\nkind: Goal\nmetadata:\n  name: ${1:ship-daily}\n"
    )


def test_the_kinds_are_explained(editor: Editor) -> None:
    """Each kind says what it is."""
    found = offered(editor, "roadmap/kind.yaml", "apiVersion: roadgate/v1\nkind: |\n")

    assert {*found} == {*KINDS}
    assert found["Journey"].startswith("The stages that a type of customer goes through")


def test_the_fields_of_an_initiative_are_offered(editor: Editor) -> None:
    """With what they mean, and with an example to overwrite."""
    found = offered(editor, "roadmap/fields.yaml", INITIATIVE + "  |\n")

    assert {"horizon", "successCriteria", "killThresholds", "rice", "evidence"} <= {*found}
    assert found["successCriteria"].startswith("What will be true, measured how, by when.")
    assert "problem" not in found


def test_the_values_of_a_horizon_are_explained(editor: Editor) -> None:
    """Each value says what it commits to."""
    found = offered(editor, "roadmap/horizon.yaml", INITIATIVE + "  horizon: |\n")

    assert {*found} == {"exploring", "later", "next", "now"}
    assert found["exploring"] == "A question; no commitment of any kind."


def test_conditions_are_shown_how_to_write(editor: Editor) -> None:
    """The forms of a target are offered."""
    text = INITIATIVE + "  horizon: now\n  guardrails:\n    - id: a\n      target: |\n"
    found = offered(editor, "roadmap/target.yaml", text)

    spoken = {label.strip('"') for label in found}
    assert {"<= 5", "between 2 and 4", "<= baseline - 40%", "decreasing"} <= spoken


@pytest.mark.parametrize("kind", [*KINDS, "Config"])
def test_each_kind_knows_its_fields(editor: Editor, kind: str) -> None:
    """The fields of the spec are offered, and no wrong line is underlined in a full example."""
    name = "roadgate" if kind == "Config" else f"roadmap/{kind.lower()}"
    fields = {*examples()[kind]["spec"]}

    found = offered(editor, f"new/{name}.yaml", HEAD.format(kind) + "  |\n")

    assert fields <= {*found}
    assert editor.open(f"full/{name}.yaml", json.dumps(examples()[kind])) == []


def test_hover_teaches(editor: Editor) -> None:
    """A field says what it is, what its values mean and how it is written."""
    horizon = told(editor, "roadmap/h.yaml", INITIATIVE + "  hori|zon: now\n")
    criterion = told(
        editor,
        "roadmap/c.yaml",
        INITIATIVE + "  horizon: now\n  successCriteria:\n    - id: a\n      by: 2026-07-31\n"
        "      tar|get: '<= 5'\n",
    )

    assert "How firm it is: a question, a problem, a plan or a promise." in horizon
    assert "* `next`: Likely, and being shaped." in horizon
    assert criterion.startswith("#### success criterion")
    assert "baseline - 40%" in criterion


def test_a_wrong_file_is_told_so_at_its_lines(editor: Editor) -> None:
    """One sentence for each slip, and nothing about kinds that it is not."""
    wrong = editor.open(
        "roadmap/wrong.yaml",
        INITIATIVE + "  horizon: soon\n  horizn: now\n  rice: {reach: 1, impact: 7, "
        "confidence: 100, effort: 1}\n",
    )

    assert [(each["range"]["start"]["line"], each["message"]) for each in wrong] == [
        (
            5,
            'Value is not accepted. Valid values: "exploring", "later", "next", "now".',
        ),
        (7, "Value is not accepted. Valid values: 3, 2, 1, 0.5, 0.25."),
        (6, "Property horizn is not allowed."),
    ]


def test_several_documents_of_several_kinds(editor: Editor) -> None:
    """Each document of a file is of its own kind."""
    text = (
        HEAD.format("Persona")
        + "  population: 7\n---\n"
        + HEAD.format("Metric")
        + "  cadence: weekly\n  direction: |\n---\n"
        + HEAD.format("Service")
        + "  tier: one\n"
    )

    found = offered(editor, "roadmap/several.yaml", text)
    wrong = editor.open("roadmap/again.yaml", text.replace("|", "lower"))

    assert found == {"higher": "More is better.", "lower": "Less is better."}
    assert [(each["range"]["start"]["line"], each["message"]) for each in wrong] == [
        (17, "Incorrect type. Expected one of integer, null.")
    ]


def test_other_files_are_left_alone(editor: Editor) -> None:
    """YAML that is none of roadgate's is not judged by its schemas."""
    assert editor.open("deploy/values.yaml", "replicas: 3\n") == []


@pytest.mark.parametrize("name", ["roadmap/first-initiative.yaml", "roadgate.yaml"])
def test_what_init_writes_names_its_schema(editor: Editor, name: str) -> None:
    """Also an editor without these settings finds the schema: the first line says where it is."""
    text = (editor.folder / name).read_text(encoding="utf-8")
    folder = Path(name).parent

    with Editor(editor.folder) as bare:
        assert bare.open(str(folder / "right.yaml"), text) == []
        assert bare.open(str(folder / "wrong.yaml"), text + "  spam: 1\n") != []
