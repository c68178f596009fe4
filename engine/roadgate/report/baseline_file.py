"""The text of ``roadgate.baseline.json``: one finding a line, sorted, so that changes are small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simplejson

if TYPE_CHECKING:
    from roadgate.model.baseline import Baseline

SCHEMA = "https://roadgate.dev/schemas/v1/baseline.schema.json"


def baseline_text(baseline: Baseline) -> str:
    """The file that holds a baseline."""
    lines = []
    for key, count in sorted(baseline.counts.items()):
        entry: dict[str, str | int] = {"id": key.id, "about": key.about, "what": key.what}
        if count > 1:
            entry["count"] = count
        lines.append("    " + simplejson.dumps(entry, ensure_ascii=False))
    findings = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "$schema": "{SCHEMA}",\n  "version": 1,\n  "findings": {findings}\n}}\n'
