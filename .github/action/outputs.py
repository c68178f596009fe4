"""Write the action's outputs after ``check``: ``outputs.py EXIT_CODE RESULT.json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PASSED, _FAILED = "0", "1"
_APPROVAL_MISSING = "RG041"


def outputs(code: str, path: Path) -> dict[str, str]:
    """Read the outputs out of the exit code and the JSON that ``check`` has written."""
    if code not in {_PASSED, _FAILED} or not path.is_file():
        # Anything else means that there is no verdict, and no verdict is never a pass.
        return {"result": "not-checked"}
    found = json.loads(path.read_bytes())
    result = "passed" if code == _PASSED else _failure(found)
    summary = found["summary"]
    return {
        "result": result,
        "errors": str(summary["errors"]),
        "warnings": str(summary["warnings"]),
        "json": str(path),
    }


def _failure(report: dict[str, Any]) -> str:
    """Tell what waits for an approval from what waits for an edit."""
    errors = [
        one
        for one in report["findings"]
        if one["severity"] == "error" and not one.get("suppressed") and one.get("new") is not False
    ]
    held = set(_held(report.get("change")))
    waiting = all(
        one["status"] == "unknown" or one["id"] == _APPROVAL_MISSING or _place(one) in held
        for one in errors
    )
    return "awaiting" if errors and waiting else "failed"


def _held(change: dict[str, Any] | None) -> Iterator[tuple[str, str, str]]:
    """Yield the changed fields that only an approval of their Decision is missing for."""
    for resource in (change or {}).get("resources", []):
        for field in resource["fields"]:
            if field["decision"] and field["approval"] in {"no", "unknown"}:
                yield resource["kind"], resource["name"], field["field"]


def _place(finding: dict[str, Any]) -> tuple[str, str, str]:
    """Return what a finding is about, as ``_held`` names it."""
    resource = finding.get("resource") or {"kind": "", "name": ""}
    return resource["kind"], resource["name"], finding.get("field") or ""


def main() -> None:
    """Print the outputs as the runner reads them."""
    for name, value in outputs(sys.argv[1], Path(sys.argv[2])).items():
        sys.stdout.write(f"{name}={value}\n")


if __name__ == "__main__":
    main()
