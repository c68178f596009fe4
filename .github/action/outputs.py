"""Write the action's outputs after ``check``: ``outputs.py EXIT_CODE RESULT.json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

_PASSED, _FAILED = "0", "1"


def outputs(code: str, path: Path) -> dict[str, str]:
    """Read the outputs out of the exit code and the JSON that ``check`` has written."""
    if code not in {_PASSED, _FAILED} or not path.is_file():
        # Anything else means that there is no verdict, and no verdict is never a pass.
        return {"result": "not-checked"}
    found = json.loads(path.read_bytes())
    result = "passed" if code == _PASSED else _failure(found["findings"])
    summary = found["summary"]
    return {
        "result": result,
        "errors": str(summary["errors"]),
        "warnings": str(summary["warnings"]),
        "json": str(path),
    }


def _failure(findings: list[dict[str, Any]]) -> str:
    """Tell what waits for people from what waits for an edit."""
    errors = [one for one in findings if one["severity"] == "error" and not one.get("suppressed")]
    counted = [one for one in errors if one.get("new", True)] or errors
    waiting = all(one["status"] == "unknown" for one in counted)
    return "awaiting" if counted and waiting else "failed"


def main() -> None:
    """Print the outputs as the runner reads them."""
    for name, value in outputs(sys.argv[1], Path(sys.argv[2])).items():
        sys.stdout.write(f"{name}={value}\n")


if __name__ == "__main__":
    main()
