"""The order in which findings are shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from roadgate.model.codes import ROOT_CAUSES
from roadgate.model.finding import Severity
from roadgate.report.folding import DISAPPEARS

_CONFIG = "roadgate.yaml"
_OF_A_FIELD = frozenset({"RG007", "RG008", "RG009"})

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.finding import Finding


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without repetition: root causes first, then by place, what has none last."""
    return tuple(sorted(dict.fromkeys(findings), key=_key))


def _is_root(finding: Finding) -> bool:
    """Whether others may follow from it; whatever is wrong with the settings is such a cause."""
    if finding.severity is not Severity.ERROR:
        return False
    at = finding.location.path if finding.location is not None else ""
    return finding.id in (*ROOT_CAUSES, DISAPPEARS) or (at == _CONFIG and finding.id in _OF_A_FIELD)


def _key(finding: Finding) -> tuple[object, ...]:
    place = finding.location
    where = (place.path, place.line, place.column) if place else ("", 0, 0)
    end = (place.end_line, place.end_column, place.revision or "") if place else (0, 0, "")
    suppressed = finding.suppressed
    return (
        not _is_root(finding),
        place is None,  # what stands nowhere in particular comes last
        *where,
        finding.id,
        finding.message,
        *end,
        str(finding.resource or ""),
        finding.field or "",
        finding.severity.rank,
        finding.status,
        finding.fix,
        str(finding.new),
        (suppressed.by, suppressed.until or date.max) if suppressed else ("", date.max),
    )
