"""Findings grouped by their root cause: what follows from another, and what is the same again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENGINE = "RG0"
_CONFIG = "roadgate.yaml"
DISAPPEARS = "RG505"
"""The policy that a resource may not go unseen: references to it then lead nowhere."""
_CAUSES = frozenset({"RG010", "RG012"})
"""Parts of a resource that mean nothing or lead nowhere: policies then miss them as well."""


@dataclass(frozen=True, slots=True)
class Group:
    """One cause, shown in full, and what is folded below it."""

    cause: Finding
    also: tuple[Finding, ...] = ()
    """The same, word for word, in other places."""
    then: tuple[Finding, ...] = ()
    """What policies say because of it."""


def fold(findings: Sequence[Finding]) -> list[Group]:
    """The findings in groups; causes keep their order.

    A policy's finding follows from an error of the engine's in the field that it speaks of, or
    below that field: an initiative whose only Evidence does not exist also lacks interviews. A
    reference that leads nowhere follows from what took away the resource.
    """
    causes, lost = _causes(findings), _lost(findings)
    stand_in, reason = _stand_in(findings)
    same: dict[tuple[object, ...], list[Finding]] = {}
    then: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        cause = reason if finding == stand_in else _cause_of(finding, causes)
        cause = lost.get((cause or finding).message, cause)
        if cause is not None:
            then[_words(cause)].append(finding)
        else:
            same.setdefault(_words(finding), []).append(finding)
    return [Group(first, tuple(others), tuple(then[key])) for key, (first, *others) in same.items()]


def _words(finding: Finding) -> tuple[object, ...]:
    """What makes findings the same: everything but their places. Only the engine repeats itself."""
    if not finding.id.startswith(_ENGINE) or finding.related:
        return (finding,)
    return finding.id, finding.severity, finding.message, finding.fix, finding.status


def _stand_in(findings: Iterable[Finding]) -> tuple[Finding | None, Finding | None]:
    """That defaults stand in for broken settings, and the first error in them that is why."""
    errors = [
        each
        for each in findings
        if each.severity is Severity.ERROR
        and each.location is not None
        and each.location.path == _CONFIG
    ]
    said = next((each for each in errors if each.id == "RG030" and each.field is None), None)
    reason = next((each for each in errors if each != said), None)
    return (said, reason) if reason is not None else (None, None)


def _causes(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The engine's errors that name a field, by resource."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        is_error = each.severity is Severity.ERROR and each.id in _CAUSES
        if is_error and each.resource is not None and each.field:
            found[str(each.resource)].append(each)
    return found


def _lost(findings: Iterable[Finding]) -> dict[str, Finding]:
    """What a change takes away, by how a reference to it is told."""
    return {
        f"there is no {each.resource.kind} '{each.resource.name}'": each
        for each in findings
        if each.id == DISAPPEARS and each.resource is not None and not each.field
    }


def _cause_of(finding: Finding, causes: dict[str, list[Finding]]) -> Finding | None:
    if finding.id.startswith(_ENGINE) or finding.resource is None or not finding.field:
        return None
    inner = (f"{finding.field}.", f"{finding.field}[")
    return next(
        (
            each
            for each in causes.get(str(finding.resource), ())
            if each.field == finding.field or (each.field or "").startswith(inner)
        ),
        None,
    )
