"""The table of finding codes: every entry is complete, and its example shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.codes import CODES
from roadgate.model.codes_custom import CUSTOM_CODES
from roadgate.model.codes_files import FILE_CODES
from roadgate.model.codes_roadmap import ROADMAP_CODES
from roadgate.roadmap.link import link
from unit.load.repositories import document, write

ENVELOPE = (
    "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: faster-ci, title: Faster CI}\n"
)
AROUND = {
    "roadmap/team.yaml": document("Team", "platform-core"),
    "roadmap/metrics.yaml": "---\n".join(
        document("Metric", name, "{unit: min, direction: lower, cadence: weekly}")
        for name in ("adoption", "ci-duration", "ci-flake-rate")
    ),
}
FILE = r"# ((?:\w|-)+(?:/(?:\w|-)+)*\.\w+)"
BY_DAY = {"RG022"}  # only a day to judge at makes these findings
ENGINE = Path(__file__).parents[3] / "engine"


def files(example: str) -> dict[str, str | bytes]:
    """The files of an example: a path in a comment, a fragment of an initiative, or a document."""
    head = example.partition("\n")[0]
    if re.fullmatch(FILE, head):
        _, *parts = re.split(rf"^{FILE}\n", example, flags=re.MULTILINE)
        return dict(zip(parts[::2], parts[1::2], strict=True))
    if found := re.fullmatch(r"# (\S+) and (\S+)", head):
        return {found[1]: document("Team", "a"), found[2]: document("Team", "b")}
    return {"roadmap/x.yaml": ENVELOPE + example if example.startswith("spec") else example}


@pytest.mark.parametrize(
    "code", [each.code for each in (*FILE_CODES, *CUSTOM_CODES, *ROADMAP_CODES)]
)
def test_each_example_shows_its_code(code: str, tmp_path: Path) -> None:
    """Reading an example gives the finding that it stands for, and no other."""
    entry = CODES[code]
    project = load_project(FolderTree(write(tmp_path, {**AROUND, **files(entry.example)})))
    _, findings = link(project)
    found = {finding.id for finding in (*project.findings, *findings)}
    assert found == (set() if entry.code in BY_DAY else {entry.code})


def test_every_code_of_the_engine_is_explained() -> None:
    """Whatever code the engine reports has an entry, and entries are in order."""
    used = {
        code
        for path in ENGINE.rglob("*.py")
        for code in re.findall(r'"(RG0[0-9]{2})"', path.read_text(encoding="utf-8"))
    }
    assert used <= set(CODES)
    assert list(CODES) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_entry_is_complete(code: str) -> None:
    """An entry says what it means, what to do, and shows it."""
    entry = CODES[code]
    assert (entry.code, entry.title.strip(" .")) == (code, entry.title)
    assert entry.meaning.endswith(".")
    assert entry.fix.endswith(".")
    assert entry.example.endswith("\n")
