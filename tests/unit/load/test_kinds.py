"""What is wrong in a document of one of the later kinds, in words that say what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from unit.load.repositories import document, write

if TYPE_CHECKING:
    from pathlib import Path


def told(root: Path, kind: str, spec: str) -> list[tuple[str | None, str, str]]:
    """Field, message and fix of each finding about one document."""
    files: dict[str, str | bytes] = {"roadmap/it.yaml": document(kind, "it", spec)}
    found = load_project(FolderTree(write(root, files))).findings
    return [(each.field, each.message, each.fix) for each in found]


def test_a_stage_is_waived_with_a_reason(tmp_path: Path) -> None:
    """True is no reason."""
    assert told(tmp_path, "Journey", "{persona: p, stages: [{stage: exit, waived: true}]}") == [
        (
            "spec.stages[0].waived",
            "true cannot be 'spec.stages[0].waived'",
            "write why the stage is left out, in a sentence",
        )
    ]


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("kep", "write 'Kep': begin with a capital, and use letters and digits only"),
        ("design doc", "write 'DesignDoc': begin with a capital, and use letters and digits only"),
        ("設計", "begin with a capital, and use letters and digits only, such as 'KEP'"),
        ("9x", "begin with a capital, and use letters and digits only, such as 'KEP'"),
    ],
)
def test_the_name_of_a_kind(tmp_path: Path, written: str, fix: str) -> None:
    """A name that policies can use is offered."""
    found = told(tmp_path, "KindDefinition", f"{{kind: {written}, files: [a.yaml]}}")

    assert found[0] == ("spec.kind", f"'spec.kind': '{written}' is no name of a kind", fix)


def test_a_list_with_wrong_entries_is_not_called_empty(tmp_path: Path) -> None:
    """One slip is one finding."""
    found = told(
        tmp_path,
        "Lifecycle",
        "{field: spec.horizon, transitions: [{from: next, to: now, needs: [stop]}]}",
    )

    assert [each[0] for each in found] == ["spec.transitions[0].needs[0]"]
    assert [each[:2] for each in told(tmp_path, "Lifecycle", "{field: x, transitions: []}")] == [
        ("spec.transitions", "'spec.transitions' is an empty list")
    ]
