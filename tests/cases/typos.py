"""One slip of the pen in a project that is fine, and what must be said of it, and where.

The place is marked in the text: the finding stands at what ``«`` and ``»`` enclose.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONFIG = "roadgate.yaml"
HEAD = "apiVersion: roadgate/v1\nkind: "
FINE = {
    CONFIG: f"{HEAD}Config\nspec:\n  policies: {{presets: [essential]}}\n",
    "roadmap/fine.yaml": f"""{HEAD}Team
metadata: {{name: core, title: Core}}
spec:
  members: [{{role: product manager, github: example-pm}}]
  covers: [product]
  capacity: 6
---
{HEAD}Metric
metadata: {{name: ci, title: CI, owner: core, labels: {{area: dx}}}}
spec: {{unit: min, direction: lower, cadence: weekly}}
---
{HEAD}Initiative
metadata: {{name: faster-ci, title: Faster CI, owner: core, labels: {{area: dx}}}}
spec: {{problem: Developers wait., horizon: exploring}}
""",
}


def config(spec: str) -> dict[str, str]:
    """A configuration with this below ``spec``."""
    return {CONFIG: f"{HEAD}Config\nspec:\n{spec}"}


def findings(folder: Path, files: Mapping[str, str]) -> list[dict[str, Any]]:
    """Everything that the command says of the fine project with other files beside it."""
    for path, text in {**FINE, **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("«", "").replace("»", ""), encoding="utf-8")
    report = folder / "report.json"
    arguments = ["check", "-C", str(folder), "--as-of", "2026-03-01", "--json-file", str(report)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["roadgate", *arguments])
        run()
    told: list[dict[str, Any]] = json.loads(report.read_bytes())["findings"]
    return told


def marked(files: Mapping[str, str]) -> tuple[str, int, int]:
    """Path, line and column of what is marked."""
    path, text = next((path, text) for path, text in files.items() if "«" in text)
    before = text.partition("«")[0]
    return path, before.count("\n") + 1, len(before) - before.rfind("\n")


def is_told(finding: Mapping[str, Any], code: str, place: tuple[str, int, int], says: str) -> bool:
    """Whether a finding has this code, begins at this place, and has all words of ``says``."""
    where = finding["location"]
    text = f"{finding['message']}; {finding['fix']}"
    return (
        finding["id"] == code
        and where is not None
        and (where["path"], where["line"], where["column"]) == place
        and all(words in text for words in says.split(" … "))
    )
