"""``roadgate.baseline.json``: the errors that are known, or findings that say why it is broken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from roadgate.load.discover import place
from roadgate.load.limits import DEFAULT
from roadgate.model.baseline import BASELINE_PATH, Baseline, BaselineFile
from roadgate.model.finding import Finding, Severity
from roadgate.model.fingerprint import Identity

if TYPE_CHECKING:
    from roadgate.model.tree import Tree

_FIX = "restore the file from git, or delete it and run roadgate check --write-baseline"


@dataclass(frozen=True, slots=True)
class Known:
    """What a tree's baseline says."""

    baseline: Baseline
    is_there: bool
    findings: tuple[Finding, ...] = ()


def read(tree: Tree) -> Known:
    """Read the baseline of a project; one that cannot be read holds nothing."""
    entry = next(iter(tree.entries([BASELINE_PATH])), None)
    if entry is None:
        return Known(Baseline(), is_there=False)
    if entry.kind != "file" or entry.size > DEFAULT.file_bytes:
        return _broken("the baseline is no regular file, or larger than 1 MiB")
    try:
        file = BaselineFile.model_validate(json.loads(tree.read(BASELINE_PATH).decode("utf-8-sig")))
    except json.JSONDecodeError as problem:
        return _broken("the baseline is not JSON", problem.lineno, problem.colno)
    except (OSError, UnicodeDecodeError, RecursionError):
        return _broken("the baseline cannot be read")
    except ValidationError as problem:
        first = ".".join(str(step) for step in problem.errors(include_url=False)[0]["loc"])
        return _broken(f"the baseline is none that roadgate wrote: see '{first}'")
    counts: dict[Identity, int] = {}
    for each in file.findings:
        key = Identity(each.id, each.about, each.what)
        counts[key] = counts.get(key, 0) + each.count
    return Known(Baseline(counts), is_there=True)


def _broken(message: str, line: int = 1, column: int = 1) -> Known:
    at = place(BASELINE_PATH, line, column)
    finding = Finding(
        "RG065", Severity.ERROR, f"{message}; it counts for nothing", _FIX, location=at
    )
    return Known(Baseline(), is_there=True, findings=(finding,))
