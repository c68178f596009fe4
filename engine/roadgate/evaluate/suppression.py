"""Which findings a Decision sets aside, and which Decisions set nothing aside (any more)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from roadgate.evaluate.concerns import EXCEPTIONS, concerned
from roadgate.evaluate.courses import courses
from roadgate.evaluate.standing import Clerk, Tally, expired, told_of_course
from roadgate.model.finding import Enforcement, Finding, Status, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.evaluate.world import Approval
    from roadgate.model.exceptions import ExceptionEntry
    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef
    from roadgate.model.verdict import InitiativeResult

ENGINE = "RG0"


@dataclass(frozen=True, slots=True)
class Decided:
    """Findings with what sets them aside, and the account of every exception."""

    findings: list[Finding]
    exceptions: tuple[ExceptionEntry, ...]
    """Sorted by name."""


def suppress(  # noqa: PLR0913 (each is an input that the verdict depends on)
    findings: Iterable[Finding],
    roadmap: Roadmap,
    as_of: date,
    *,
    countable: Mapping[str, Approval] | None = None,
    used: Iterable[str] = (),
    known: Iterable[str] | None = None,
    verdicts: Mapping[str, InitiativeResult] | None = None,
) -> list[Finding]:
    """The findings of ``decide``."""
    return decide(
        findings,
        roadmap,
        as_of,
        countable=countable,
        used=used,
        known=known,
        verdicts=verdicts,
    ).findings


def decide(  # noqa: PLR0913 (each is an input that the verdict depends on)
    findings: Iterable[Finding],
    roadmap: Roadmap,
    as_of: date,
    *,
    countable: Mapping[str, Approval] | None = None,
    used: Iterable[str] = (),
    known: Iterable[str] | None = None,
    approvers: Iterable[str] = (),
    verdicts: Mapping[str, InitiativeResult] | None = None,
) -> Decided:
    """Mark the findings that a Decision sets aside, and give an account of all that ends by itself.

    A ``waive`` or ``override`` counts for the policy and the resource that it concerns, from its
    date to its ``until``. Mandatory policies and roadgate's own codes cannot be set aside.
    ``countable`` names the Decisions that a change brings, with whether they are approved, and
    ``approvers`` those who approve it; ``used`` the Decisions that a rule itself asked for;
    ``known`` the ids of all policies there are. With ``verdicts``, the account holds what answers
    a threshold or lets an initiative rest, too: ``continue`` and ``pause``.
    """
    approvals = countable or {}
    exceptions = _exceptions(roadmap)
    tally = Tally(asked=frozenset(used))
    judged = [_judge(each, _about(each, exceptions), as_of, approvals, tally) for each in findings]
    named = None if known is None else frozenset(known)
    clerk = Clerk(roadmap, as_of, tally, approvals, named, tuple(sorted(approvers)))
    told = []
    for decision in sorted(_all(exceptions), key=lambda each: each.name):
        standing = clerk.of_policy(decision)
        told.append(clerk.entry(decision, standing))
        judged += clerk.told_of_policy(decision, standing)
    if verdicts is not None:
        awaited = {name for name, answer in approvals.items() if answer != "yes"}
        for course in courses(roadmap, verdicts, as_of, awaited):
            standing = clerk.of_course(course)
            told.append(clerk.entry(course.decision, standing))
            judged += told_of_course(course, standing)
    return Decided(judged, tuple(sorted(told, key=lambda each: each.name)))


def _exceptions(
    roadmap: Roadmap,
) -> Mapping[tuple[str, ResourceRef | None], Sequence[Resource[Decision]]]:
    """By policy and resource, the longest first; one that names no resource is told as well."""
    found: dict[tuple[str, ResourceRef | None], list[Resource[Decision]]] = defaultdict(list)
    for decision in roadmap.decisions.values():
        spec = decision.body.spec
        if spec.type in EXCEPTIONS:
            for ref in concerned(decision.body, roadmap) or (None,):
                found[spec.concerns.policy or "", ref].append(decision)
    for group in found.values():
        group.sort(key=lambda each: each.body.spec.until or date.max, reverse=True)
    return found


def _all(
    exceptions: Mapping[tuple[str, ResourceRef | None], Sequence[Resource[Decision]]],
) -> Iterable[Resource[Decision]]:
    return {each.name: each for group in exceptions.values() for each in group}.values()


def _about(
    finding: Finding,
    exceptions: Mapping[tuple[str, ResourceRef | None], Sequence[Resource[Decision]]],
) -> Sequence[Resource[Decision]]:
    if finding.id.startswith(ENGINE):
        return ()
    return exceptions.get((finding.id, finding.resource), ())


def _judge(
    finding: Finding,
    about: Sequence[Resource[Decision]],
    as_of: date,
    approvals: Mapping[str, Approval],
    tally: Tally,
) -> Finding:
    """The finding, set aside by the longest Decision that may; what the others miss is noted."""
    by = finding.suppressed
    waiting: list[str] = []
    for decision in about:
        spec, name = decision.body.spec, decision.name
        if by is None and (lacking := _lacking(decision, finding, as_of, tally)) is not None:
            lacking.add(name)
        elif spec.date > as_of or expired(decision, as_of) or spec.until is None:
            continue  # an exception without an end is an error of its own, and sets nothing aside
        elif approvals.get(name, "yes") != "yes":
            waiting.append(name)
        elif by is None:
            by = Suppression(name, spec.type, spec.until)
        elif name != by.by:
            tally.spared[name] = by.by
    tally.awaited.update(waiting)
    if by is not None:
        tally.used[by.by] += 1
        return replace(finding, suppressed=by)
    return _awaiting(finding, waiting, approvals) if waiting else finding


def _lacking(
    decision: Resource[Decision], finding: Finding, as_of: date, tally: Tally
) -> set[str] | None:
    """Where a Decision is noted that cannot set a finding aside, whoever approves it."""
    if finding.enforcement is Enforcement.MANDATORY:
        return tally.refused
    if expired(decision, as_of):
        return tally.missed
    in_time = decision.body.spec.date <= as_of
    return (
        tally.short if in_time and finding.asks and decision.body.spec.type == "override" else None
    )


def _awaiting(
    finding: Finding, waiting: Sequence[str], approvals: Mapping[str, Approval]
) -> Finding:
    names = " or ".join(f"'{each}'" for each in waiting)
    unknown = any(approvals.get(each) == "unknown" for each in waiting)
    return replace(
        finding,
        status=Status.UNKNOWN if unknown else finding.status,
        fix=f"have Decision {names} approved: that is decided on the pull request",
    )
