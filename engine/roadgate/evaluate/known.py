"""Set aside the errors that the baseline holds, and tell what it holds needlessly."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.model.baseline import BASELINE, BASELINE_PATH, Baseline, may_hold
from roadgate.model.finding import Finding, Severity, Suppression
from roadgate.model.fingerprint import Identity, identity
from roadgate.model.source import Span
from roadgate.model.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterable


def set_aside(findings: Iterable[Finding], baseline: Baseline) -> list[Finding]:
    """The findings, those that the baseline holds marked; what is new in a change never is.

    Where there are more findings of an identity than the baseline holds, the later ones count.
    """
    left = Counter(baseline.counts)
    marked = []
    for finding in findings:
        key = identity(finding)
        if finding.new is not True and left[key] > 0 and may_hold(finding):
            left[key] -= 1
            by = Suppression(BASELINE, BASELINE, None)
            marked.append(replace(finding, suppressed=by))
        else:
            marked.append(finding)
    return marked


def outlived(findings: Iterable[Finding], baseline: Baseline) -> list[Finding]:
    """A notice about what the baseline holds and nothing asks for any more."""
    there = Counter(identity(each) for each in findings)
    gone = [key for key, count in sorted(baseline.counts.items()) if there[key] < count]
    if not gone:
        return []
    entries = "1 finding" if len(gone) == 1 else f"{len(gone)} findings"
    return [
        Finding(
            "RG066",
            Severity.NOTICE,
            f"the baseline holds {entries} that no longer occur{'s' if len(gone) == 1 else ''}: "
            f"{listed(map(_named, gone))}",
            "run roadgate check --write-baseline, which takes out what is gone",
            location=Span(BASELINE_PATH, 1, 1, 1, 1),
        )
    ]


def _named(key: Identity) -> str:
    return f"{key.id} of '{key.about}'" if key.about else key.id
