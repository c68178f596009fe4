"""What the action says about a check."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / ".github/action/outputs.py"


def finding(**changes: Any) -> dict[str, Any]:
    """Return a finding that fails the check, with changes."""
    return {"id": "RG101", "severity": "error", "status": "fail", "suppressed": None, **changes}


def told(
    folder: Path, code: int, findings: list[dict[str, Any]] | None, change: object = None
) -> dict[str, str]:
    """Return the outputs after a check that ended with ``code`` and wrote ``findings``."""
    path = folder / "check.json"
    if findings is not None:
        errors = sum(one["severity"] == "error" for one in findings)
        summary = {"errors": errors, "warnings": 2}
        report = {"findings": findings, "summary": summary, "change": change}
        path.write_text(json.dumps(report))
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(code), str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("code", "findings", "result"),
    [
        (0, [], "passed"),
        (0, [finding(new=False)], "passed"),
        (1, [finding()], "failed"),
        (1, [finding(), finding(status="unknown")], "failed"),
        (1, [finding(status="unknown")], "awaiting"),
        (1, [finding(status="unknown"), finding(new=False)], "awaiting"),
        (1, [finding(status="unknown"), finding(severity="warning")], "awaiting"),
        (1, [finding(status="unknown"), finding(suppressed={"by": "waiver"})], "awaiting"),
        (1, [], "failed"),
        (1, None, "not-checked"),
        (2, [], "not-checked"),
        (3, None, "not-checked"),
        (137, [], "not-checked"),
    ],
)
def test_result(
    tmp_path: Path, code: int, findings: list[dict[str, Any]] | None, result: str
) -> None:
    """Only a clean exit is a pass, and only missing approvals are waited for."""
    assert told(tmp_path, code, findings)["result"] == result


def test_counts_and_the_file_are_handed_on(tmp_path: Path) -> None:
    """Later steps learn how many findings there are, and where to read them."""
    found = told(tmp_path, 1, [finding()])

    assert found == {
        "result": "failed",
        "errors": "1",
        "warnings": "2",
        "json": str(tmp_path / "check.json"),
    }


@pytest.mark.parametrize(
    ("decision", "approval", "field", "result"),
    [
        ("relax-duration", "no", "spec.committed", "awaiting"),
        ("relax-duration", "unknown", "spec.committed", "awaiting"),
        ("relax-duration", "yes", "spec.committed", "failed"),
        ("relax-duration", "no", "spec.problem", "failed"),
        (None, None, "spec.committed", "failed"),
    ],
)
def test_field_whose_decision_is_not_approved_waits(
    tmp_path: Path, decision: str | None, approval: str | None, field: str, result: str
) -> None:
    """A moved goalpost with its Decision waits for people; without it, for an edit."""
    ref = {"kind": "Initiative", "name": "faster-ci"}
    moved = {"field": "spec.committed", "decision": decision, "approval": approval}
    change = {"resources": [{**ref, "fields": [moved]}]}
    findings = [
        finding(id="RG041", resource={"kind": "Decision", "name": "relax-duration"}),
        finding(id="RG501", resource=ref, field=field),
    ]

    assert told(tmp_path, 1, findings, change)["result"] == result
