"""What makes a finding the same one tomorrow, after other lines have come and gone above it."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.finding import Finding


class Identity(NamedTuple):
    """A finding without its line, and where a field names it, without its wording."""

    id: str
    """A policy's id or an engine code."""
    about: str
    """``Kind/name`` of the resource; where there is none, the path of the file, or the group."""
    what: str
    """The field; where there is none, the message, or which clause of a rule about several."""


def identity(finding: Finding) -> Identity:
    """What a finding is told by. Two findings of one file may share it."""
    if finding.resource is not None:
        return Identity(finding.id, str(finding.resource), finding.field or "")
    path = finding.location.path if finding.location is not None else ""
    if not path and finding.clause is not None:  # a rule about several, which may count them
        return Identity(finding.id, finding.group, f"clause {finding.clause + 1}")
    return Identity(finding.id, path, finding.field or finding.message)


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A fingerprint for each finding, in their order.

    Findings that share an identity are told apart by counting them, in the order given: that of
    ``roadgate.report.order`` puts them by place.
    """
    seen: Counter[Identity] = Counter()
    made = []
    for finding in findings:
        key = identity(finding)
        made.append(fingerprint(key, seen[key]))
        seen[key] += 1
    return made


def fingerprint(key: Identity, occurrence: int = 0) -> str:
    """The fingerprint of the first (0), second (1), … finding of an identity."""
    text = "\0".join((*key, str(occurrence)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
