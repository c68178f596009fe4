"""What a change brought: findings told apart from those that base has already."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from roadgate.model.finding import Finding, Severity
from roadgate.model.fingerprint import identity
from roadgate.model.source import ResourceRef
from roadgate.pipeline.gates import gates_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from roadgate.model.change import Change

_Fingerprint: TypeAlias = tuple[Severity, str, str, str]


def told_apart(
    findings: Iterable[Finding],
    before: Iterable[Finding],
    change: Change,
    whole: Collection[str] = (),
) -> list[Finding]:
    """Each finding with whether the change brought it; gates that a move must pass are errors.

    ``before`` is what the same rules say of the base; ``whole`` are the policies that judge the
    portfolio, which as a gate stop any move through it.
    """
    told = []
    left = Counter(map(_fingerprint, before))
    gates, former = gates_of(change), renamed(change)
    portfolio = frozenset(whole) & frozenset().union(*gates.values())
    for finding in findings:
        ref = finding.resource
        passes = ref is not None and finding.id in gates.get(ref, ())
        if passes or finding.id in portfolio:
            told.append(_gate(finding))
            continue
        there = former.get(ref, ref) if ref is not None else None
        known = _fingerprint(replace(finding, resource=there))
        told.append(replace(finding, new=left[known] <= 0))
        left[known] -= 1
    return told


def _fingerprint(finding: Finding) -> _Fingerprint:
    """What makes a finding the same one in base and head: no line, no wording.

    What was a notice and has become an error is another one.
    """
    return finding.severity, *identity(finding)


def _gate(finding: Finding) -> Finding:
    """A finding that stands in the way of a move: an error, whatever the policy's binding says."""
    return replace(finding, severity=Severity.ERROR, new=True)


def renamed(change: Change) -> dict[ResourceRef | None, ResourceRef]:
    """What base calls the resources that a change renames."""
    return {
        each.ref: ResourceRef(each.ref.kind, each.former_name)
        for each in change.resources
        if each.former_name is not None
    }
