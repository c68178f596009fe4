"""``roadgate new`` for every kind, with options and on a real terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roadgate.model.kinds import KINDS

ROADGATE = Path(sys.executable).with_name("roadgate")
BEFORE = [
    ("Team", "core", ()),
    ("Persona", "developer", ()),
    ("Initiative", "dark-mode", ("problem=Screens are too bright at night: they hurt.",)),
]
"""What other documents refer to."""
SETTINGS: dict[str, tuple[str, ...]] = {
    "Initiative": ("problem=Developers wait.", "personas=[developer]"),
    "Evidence": ("method=interview", "participants={developer: 5}"),
    "Metric": ("direction=lower",),
    "Goal": ("outcome=Every team ships daily",),
    "Persona": (),
    "Team": (),
    "Journey": ("persona=developer",),
    "Service": ("tier=1",),
    "Canvas": (),
    "Launch": ("initiative=dark-mode",),
    "Vision": ("persona=developer", "narrative=Nobody waits."),
    "Decision": (
        "type=continue", "concerns.initiative=dark-mode", "by=example-vp", "because=It is early",
        "until=2027-01-31", "date=2026-03-01",
    ),
    "Review": ("outcome=continue",),
    "Lifecycle": (),
    "Policy": ("id=ACME001",),
    "KindDefinition": (
        "kind=Proposal", "files=[proposals/**/proposal.yaml]", "identity=number",
    ),
}  # fmt: skip
ANSWERS: dict[str, tuple[str, ...]] = {
    "Initiative": ("Developers wait", "" ),
    "Evidence": ("interview", ""),
    "Metric": ("lower", "", "y"),
    "Goal": ("Every team ships daily",),
    "Journey": ("",),
    "Launch": ("", ""),
    "Vision": ("", "Nobody waits"),
    "Decision": ("continue", "", "", "2027-01-31", "example-vp", "It is early"),
    "Review": ("", "continue"),
    "Lifecycle": ("",),
    "Policy": ("ACME001",),
    "KindDefinition": ("Proposal", "proposals/**/proposal.yaml", "number"),
}  # fmt: skip
"""What is typed behind the title, in the order of the questions; an empty line takes the offer."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with what others refer to."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "roadmap").mkdir()
    for kind, name, settings in BEFORE:
        assert run(folder, "new", kind, name, *options(settings)).returncode == 0
    return folder


@pytest.fixture
def project(base: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    subprocess.run(["cp", "-r", f"{base}/.", str(tmp_path)], check=True)
    return tmp_path


def options(settings: tuple[str, ...]) -> list[str]:
    """The settings as options."""
    return [part for each in settings for part in ("--set", each)]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``roadgate`` in a folder, without a terminal."""
    return subprocess.run(
        [str(ROADGATE), *arguments],
        cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )  # fmt: skip


def type_into(folder: Path, arguments: list[str], answers: list[str]) -> tuple[str, int]:
    """Run ``roadgate`` on a terminal and answer each question; what is seen, and the exit code."""
    parent, child = pty.openpty()
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "TERM": "dumb"}
    process = subprocess.Popen(
        [str(ROADGATE), *arguments],
        cwd=folder, stdin=child, stdout=child, stderr=child, env=environment, close_fds=True,
    )  # fmt: skip
    os.close(child)
    seen, waiting, end = "", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([parent], [], [], 0.2)[0]:
            try:
                chunk = os.read(parent, 4096)
            except OSError:  # the terminal is closed: the command has ended
                break
            if not chunk:
                break
            seen += chunk.decode(errors="replace")
        elif waiting and seen.endswith(": "):
            os.write(parent, f"{waiting.pop(0)}\n".encode())
            seen += "> "
    os.close(parent)
    return seen, process.wait(timeout=60)


def test_every_kind_is_tried() -> None:
    """A new kind must be added here."""
    assert SETTINGS.keys() == KINDS.keys()


def test_new_documents_of_every_kind_pass(project: Path) -> None:
    """With options for what is needed, what new writes is free of errors and in canonical form."""
    for kind, settings in SETTINGS.items():
        made = run(project, "new", kind.upper(), "brand-new", *options(settings))
        assert (made.returncode, made.stderr) == (0, ""), kind
    checked = run(project, "check")

    assert checked.returncode == 0, checked.stdout
    assert len([each for each in project.rglob("*.yaml") if "brand-new" in each.name]) == len(KINDS)
    assert run(project, "fmt", "--check").returncode == 0


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_a_terminal_is_asked_for_what_is_needed(project: Path, kind: str) -> None:
    """The title and what the kind cannot do without, and nothing else."""
    seen, code = type_into(project, ["new", kind, "brand-new"], ["A new thing", *ANSWERS[kind]])

    assert code == 0, seen
    assert seen.count("> ") == len(ANSWERS[kind]) + 1, seen
    (written,) = [each for each in project.rglob("*.yaml") if "brand-new" in each.name]
    assert 'title: "A new thing"' in (text := written.read_text()) or "title: A new thing" in text
    assert run(project, "check").returncode == 0


def test_without_a_terminal_what_is_missing_is_named(project: Path) -> None:
    """All that is missing at once, with the options that say it."""
    result = run(project, "new", "Decision", "stop", "--set", "type=kill")

    assert result.returncode == 2
    assert "add --set concerns.initiative=… --set by=… --set because=… --set learned=…" in (
        result.stderr
    )
    assert not (project / "roadmap" / "decisions").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Initiatve", "x"], "did you mean 'Initiative'?"),
        (["Goal", "Ship Daily", "--set", "outcome=x"], "such as 'ship-daily'"),
        (
            ["Initiative", "dark-mode", "--set", "problem=x"],
            "the Initiative 'dark-mode' is there already",
        ),
        (["Initiative", "x", "--set", "problem=x", "--set", "horizon=soon"], "write one of"),
        (["Initiative", "x", "--set", "problem=x", "--owner", "cor"], "did you mean 'core'?"),
        (["Initiative", "x", "--set", "problm=x"], "did you mean 'problem'?"),
        (["Initiative", "x", "--set", "problem"], "write --set FIELD=VALUE"),
        (["Goal", "x", "--set", "outcome=x", "--path", "docs/x.yaml"], "roadgate does not read"),
        (["Policy", "short-titles"], "two to eight capitals"),
    ],
)
def test_what_cannot_be_is_refused(project: Path, arguments: list[str], told: str) -> None:
    """Exit 2, a sentence and the way out; nothing is written."""
    before = sorted(project.rglob("*"))

    result = run(project, "new", *arguments)

    assert result.returncode == 2
    assert told in result.stderr
    assert sorted(project.rglob("*")) == before


def test_nothing_is_overwritten(project: Path) -> None:
    """A file that is in the way stays, whatever it holds; so does a link that leads nowhere."""
    (project / "roadmap" / "goals").mkdir()
    (project / "roadmap" / "goals" / "x.yaml").write_text("# mine\n", encoding="utf-8")
    (project / "roadmap" / "goals" / "y.yaml").symlink_to("nowhere")

    for name in ("x", "y"):
        result = run(project, "new", "Goal", name, "--set", "outcome=x")
        assert "is there already" in result.stderr
    assert (project / "roadmap" / "goals" / "x.yaml").read_text(encoding="utf-8") == "# mine\n"


def test_a_dry_run_prints_the_file(project: Path) -> None:
    """What would be written goes to stdout, with a comment for each field."""
    result = run(project, "new", "Goal", "x", "--set", "outcome=Ship: daily", "--dry-run")

    assert '  # What will be different for customers.\n  outcome: "Ship: daily"\n' in result.stdout
    assert "  # metrics: [time-to-production]\n" in result.stdout
    assert not (project / "roadmap" / "goals").exists()


def test_a_metric_brings_its_file_of_observations(project: Path) -> None:
    """The header is written when it is wanted, and mentioned in any case."""
    plain = run(project, "new", "Metric", "one", "--set", "direction=lower")
    wanted = run(project, "new", "Metric", "two", "--set", "direction=lower", "--csv")

    assert "write observations into measurements/one.csv as 'date,value' rows" in plain.stdout
    assert not (project / "measurements" / "one.csv").exists()
    assert "wrote  measurements/two.csv" in wanted.stdout
    assert (project / "measurements" / "two.csv").read_text(encoding="utf-8") == "date,value\n"


def test_a_terminal_is_offered_a_name_and_asked_again(project: Path) -> None:
    """A title typed as a name becomes one; an answer that does not fit is asked for again."""
    seen, code = type_into(
        project, ["new", "Initiative", "Night Shift"], ["", "", "Screens glare", "soon", "later"]
    )

    assert code == 0, seen
    assert "'soon' is no value of 'spec.horizon'" in seen
    text = (project / "roadmap" / "initiatives" / "night-shift.yaml").read_text(encoding="utf-8")
    assert "horizon: later\n" in text


def test_an_editor_finds_the_schema(project: Path) -> None:
    """Where init has put the schemas, the first line names them."""
    (project / ".roadgate" / "schemas").mkdir(parents=True)
    (project / ".roadgate" / "schemas" / "roadgate.schema.json").write_text("{}", encoding="utf-8")

    result = run(project, "new", "Goal", "x", "--set", "outcome=x", "--dry-run")

    assert result.stdout.startswith(
        "# yaml-language-server: $schema=../../.roadgate/schemas/roadgate.schema.json\n"
    )


OWN_KINDS = """\
apiVersion: roadgate/v1
kind: KindDefinition
metadata: {name: proposal, title: Proposals}
spec:
  kind: Proposal
  files: ["proposals/**/proposal.yaml"]
  identity: number
  schema:
    type: object
    required: [number, state, version]
    properties:
      version: {const: 2}
      number: {type: string, description: Its number.}
      state: {enum: [draft, accepted], description: How far it is.}
      replaces: {type: string, description: The one before.}
---
apiVersion: roadgate/v1
kind: KindDefinition
metadata: {name: rfc, title: RFCs}
spec:
  kind: RFC
  files: ["docs/rfc-*.md", "more/*.md"]
  format: markdown
  identity: id
  schema: {type: object, required: [id, status], properties: {id: {type: integer}, status: {}}}
---
apiVersion: roadgate/v1
kind: KindDefinition
metadata: {name: note, title: Notes}
spec: {kind: Note, files: ["notes/**"], identity: id, schema: {type: object}}
"""


def test_kinds_of_the_project_can_be_started(project: Path) -> None:
    """From their schema: constants and the identity are filled in, what is required is asked."""
    (project / "roadmap" / "kinds.yaml").write_text(OWN_KINDS, encoding="utf-8")

    missing = run(project, "new", "proposal", "faster")
    wrong = run(project, "new", "proposal", "faster", "--set", "state=drft")
    made = run(project, "new", "proposal", "faster", "--set", "state=draft")
    run(project, "new", "RFC", "7", "--set", "status=open", "--title", "Faster CI")
    nowhere = run(project, "new", "Note", "x")

    assert "'state' is needed: how far it is (one of draft, accepted)" in missing.stderr
    assert "did you mean 'draft'?" in wrong.stderr
    assert "wrote  proposals/faster/proposal.yaml" in made.stdout
    assert (project / "proposals" / "faster" / "proposal.yaml").read_text(encoding="utf-8") == (
        "version: 2\n# Its number.\nnumber: faster\n# How far it is.\nstate: draft\n"
        "# The one before.\n# replaces: …\n"
    )
    assert (project / "docs" / "rfc-7.md").read_text(encoding="utf-8") == (
        "---\nid: 7\nstatus: open\n---\n\n# Faster CI\n"
    )
    assert "say where with --path" in nowhere.stderr
    assert run(project, "check").returncode == 0


def test_the_name_of_a_document_of_a_kind_of_one_s_own(project: Path) -> None:
    """It is the identity, also where the schema does not speak of it; a text is no number."""
    (project / "roadmap" / "kinds.yaml").write_text(OWN_KINDS, encoding="utf-8")

    unnamed = run(project, "new", "Note", "12", "--path", "notes/12.yaml")
    text = run(project, "new", "RFC", "faster", "--set", "status=open")
    bare = run(project, "new", "RFC", "8")

    assert unnamed.returncode == 0, unnamed.stderr
    assert (project / "notes" / "12.yaml").read_text(encoding="utf-8") == "id: 12\n"
    assert "'faster' is no whole number, and 'id' names each RFC" in text.stderr
    assert "for example: roadgate new RFC 12" in text.stderr
    assert "'status' is needed: a value" in bare.stderr


def test_the_values_of_a_field_are_named_once(project: Path) -> None:
    """A message and a question say once what can be written."""
    missing = run(project, "new", "Metric", "speed").stderr
    seen, code = type_into(project, ["new", "Metric", "speed"], ["", "higher", "", "n"])

    assert "'spec.direction' is needed: which way is better (one of higher, lower)" in missing
    assert code == 0, seen
    assert "Which way is better (higher, lower): " in seen
