"""Keep one resource from filling a report: after a hundred problems of a sort comes their count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.source import ResourceRef

LIMIT = 100
_Sort = tuple[str, Severity, "ResourceRef | None"]


def bounded(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, at most ``LIMIT`` of one code and severity for each resource; then a count."""
    seen: Counter[_Sort] = Counter()
    kept = []
    for finding in findings:
        sort = (finding.id, finding.severity, finding.resource)
        seen[sort] += 1
        if seen[sort] <= LIMIT:
            kept.append(finding)
    return [*kept, *(_rest(sort, count - LIMIT) for sort, count in seen.items() if count > LIMIT)]


def _rest(sort: _Sort, count: int) -> Finding:
    code, severity, ref = sort
    return Finding(
        code,
        severity,
        f"{count} more such problem{'' if count == 1 else 's'} here, not shown one by one",
        "repair those that are shown first",
        resource=ref,
        field="metadata.name" if ref is not None else None,
    )
