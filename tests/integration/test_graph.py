"""The maps that ``roadgate graph`` draws, from real files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from roadgate.model.bundled import bundled

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = bundled("examples") / "platform"
HOSTILE = 'a"] --> evil[x] ; %% `#quot; ##[error]boo'
NODE = r'n\d+(\[|>|\(\[|\(\()"[^"]*"(\]\)|\]|\)\))'
LINES = re.compile(
    rf"flowchart LR|  (  )?({NODE}(:::\w+)?|n\d+ -(->|\.-) (n\d+|{NODE})(:::\w+)?( --> n\d+)*"
    r'|subgraph n\d+\["[^"]*"\]|end|class n\d+(,n\d+)* gap|classDef \w+ [\w#:, -]+)'
)


def graph(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "roadgate", "graph", *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def drawn(*arguments: str, cwd: Path) -> str:
    """What is drawn; it must end well."""
    done = graph(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def data(cwd: Path, *arguments: str) -> dict[str, Any]:
    """The JSON, which must meet its published schema."""
    found: dict[str, Any] = json.loads(drawn(*arguments, "--format", "json", cwd=cwd))
    schema = json.loads((bundled("schemas") / "output" / "graph.schema.json").read_text("utf-8"))
    errors = jsonschema_rs.Draft202012Validator(schema, validate_formats=True).iter_errors(found)
    assert [each.message for each in errors] == []
    return found


def test_the_example_as_text() -> None:
    """From the goal to the initiative, and the persona whose journey nobody has written down."""
    told = drawn(cwd=EXAMPLE)

    tree = (
        "  ship-daily: Time from merge to production under 30 minutes for changes\n"
        "    application-developer\n"
        "      deploys without knowing the provider\n"
        "        multi-cloud: Multi-cloud abstraction (killed)\n"
    )
    assert tree in told
    assert "  ci-runner: CI runners (production, tier 1, owner platform-core)\n" in told
    assert "    is awaited by remote-cache\n" in told
    assert "  data-engineer, no journey\n    gap: nobody has written it down\n" in told
    assert "HANGS FROM NOTHING" not in told


def test_the_example_as_json() -> None:
    """All maps, or one of them; the same twice."""
    whole, one = data(EXAMPLE), data(EXAMPLE, "services")

    assert [each["name"] for each in whole["impact"]["goals"]] == [
        "platform-of-choice",
        "ship-daily",
    ]
    assert one["services"] == whole["services"]
    assert (one["impact"], one["dependencies"], one["journeys"]) == (None, None, None)
    assert data(EXAMPLE) == whole


@pytest.mark.parametrize("view", ["impact", "services", "dependencies", "journeys"])
def test_every_line_of_a_diagram_is_mermaid(view: str, tmp_path: Path) -> None:
    """Whatever people write stays inside its label, and no arrow is drawn twice."""
    shutil.copytree(EXAMPLE / "roadmap", tmp_path / "roadmap")
    goals = tmp_path / "roadmap" / "goals.yaml"
    text = goals.read_text(encoding="utf-8")
    goals.write_text(text.replace("Every team ships daily", f"'{HOSTILE}'"), encoding="utf-8")

    lines = drawn(view, "--format", "mermaid", cwd=tmp_path).splitlines()

    assert lines[0] == "flowchart LR"
    assert [each for each in lines if not LINES.fullmatch(each)] == []
    assert len(lines) == len(set(lines))
    assert "evil[x]" not in "\n".join(lines)


def test_circles_and_loose_ends(tmp_path: Path) -> None:
    """A circle is a path, what hangs from nothing is named, and errors are counted."""
    (tmp_path / "roadmap").mkdir()
    documents = [
        f"apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {{name: {name}, title: {name}}}\n"
        f"spec: {{problem: x, horizon: later, dependsOn: [{needed}]}}\n"
        for name, needed in (("a", "b"), ("b", "a"))
    ]
    (tmp_path / "roadmap" / "all.yaml").write_text("---\n".join(documents), encoding="utf-8")

    done = graph(cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "CIRCLES\n  a → b → a\n" in done.stdout
    assert "HANGS FROM NOTHING\n  Initiative a (a) serves no goal\n" in done.stdout
    assert "1 error: what cannot be read is not drawn; run roadgate check" in done.stdout
    assert data(tmp_path)["dependencies"]["cycles"] == [["a", "b", "a"]]


def test_nothing_to_draw(tmp_path: Path) -> None:
    """An empty folder is a usage error that says what to do."""
    done = graph(cwd=tmp_path)

    assert done.returncode == 2
    assert "there is nothing to draw" in done.stderr


def test_a_former_day(tmp_path: Path) -> None:
    """``--at`` draws a commit without a checkout."""
    shutil.copytree(EXAMPLE / "roadmap", tmp_path / "roadmap")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([*git, "add", "-A"], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-qm", "x"], cwd=tmp_path, check=True)
    (tmp_path / "roadmap" / "goals.yaml").unlink()

    before, now = data(tmp_path, "--at", "HEAD"), data(tmp_path)

    assert len(before["impact"]["goals"]) == 2
    assert now["impact"]["goals"] == []
    assert before["revision"] is not None
