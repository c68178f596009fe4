"""Which findings a Decision sets aside, and which Decisions set nothing aside (any more)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from roadgate.evaluate.concerns import EXCEPTIONS, concerned
from roadgate.model.finding import Enforcement, Finding, Severity, Status, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from roadgate.evaluate.world import Approval
    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef

CODE = "RG035"
ENGINE = "RG0"
SOON = timedelta(days=14)


@dataclass(slots=True)
class _Accounts:
    """What each exception turned out to be good for."""

    used: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    """Against a mandatory policy."""
    awaited: set[str] = field(default_factory=set)
    """Not approved yet."""
    missed: set[str] = field(default_factory=set)
    """Expired, though a finding is still there."""


def suppress(  # noqa: PLR0913 (each is an input that the verdict depends on)
    findings: Iterable[Finding],
    roadmap: Roadmap,
    as_of: date,
    *,
    countable: Mapping[str, Approval] | None = None,
    used: Iterable[str] = (),
    known: Iterable[str] | None = None,
) -> list[Finding]:
    """Mark the findings that a Decision sets aside, and add notices about such Decisions.

    A ``waive`` or ``override`` counts for the policy and the resource that it concerns, from its
    date to its ``until``. Mandatory policies and roadgate's own codes cannot be set aside.
    ``countable`` names the Decisions that a change brings, with whether they are approved; ``used``
    those that a rule itself asked for; ``known`` the ids of all policies there are.
    """
    approvals = countable or {}
    exceptions = _exceptions(roadmap)
    accounts = _Accounts(used=set(used))
    judged = []
    for finding in findings:
        about = _about(finding, exceptions)
        judged.append(_judge(finding, about, as_of, approvals, accounts))
    named = None if known is None else frozenset(known)
    notices = [
        notice
        for decision in sorted(_all(exceptions), key=lambda each: each.name)
        if (notice := _notice(decision, as_of, accounts, named)) is not None
    ]
    return judged + notices


def _exceptions(
    roadmap: Roadmap,
) -> Mapping[tuple[str, ResourceRef | None], Sequence[Resource[Decision]]]:
    """By policy and resource; one that names no resource is there too, so that it is told."""
    found: dict[tuple[str, ResourceRef | None], list[Resource[Decision]]] = defaultdict(list)
    for decision in roadmap.decisions.values():
        spec = decision.body.spec
        if spec.type in EXCEPTIONS and spec.concerns.policy is not None:
            for ref in concerned(decision.body, roadmap) or (None,):
                found[spec.concerns.policy, ref].append(decision)
    return found


def _all(
    exceptions: Mapping[tuple[str, ResourceRef | None], Sequence[Resource[Decision]]],
) -> Iterable[Resource[Decision]]:
    return {each.name: each for group in exceptions.values() for each in group}.values()


def _about(
    finding: Finding,
    exceptions: Mapping[tuple[str, ResourceRef | None], Sequence[Resource[Decision]]],
) -> Sequence[Resource[Decision]]:
    if finding.resource is None or finding.id.startswith(ENGINE):
        return ()
    return exceptions.get((finding.id, finding.resource), ())


def _judge(
    finding: Finding,
    about: Sequence[Resource[Decision]],
    as_of: date,
    approvals: Mapping[str, Approval],
    accounts: _Accounts,
) -> Finding:
    """The finding, set aside by the first Decision that may; what the others miss is noted."""
    if finding.suppressed is not None:
        accounts.used.add(finding.suppressed.by)
        return finding
    waiting: list[str] = []
    for decision in about:
        spec = decision.body.spec
        if finding.enforcement is Enforcement.MANDATORY:
            accounts.refused.add(decision.name)
        elif _expired(decision, as_of):
            accounts.missed.add(decision.name)
        elif spec.date <= as_of and approvals.get(decision.name, "yes") == "yes":
            accounts.used.add(decision.name)
            by = Suppression(decision.name, spec.type, spec.until)
            return replace(finding, suppressed=by)
        elif spec.date <= as_of:
            waiting.append(decision.name)
    accounts.awaited.update(waiting)
    return _awaiting(finding, waiting, approvals) if waiting else finding


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


def _notice(
    decision: Resource[Decision], as_of: date, accounts: _Accounts, known: frozenset[str] | None
) -> Finding | None:
    spec = decision.body.spec
    policy = spec.concerns.policy or ""
    name = f"Decision '{decision.name}'"
    if known is not None and policy not in known:
        text = f"{name} sets aside '{policy}', which no policy is called"
        return _about_decision(decision, Severity.NOTICE, text, "name the id of a policy")
    if decision.name in accounts.refused:
        text = f"{name} cannot set aside '{policy}': the policy is mandatory"
        return _about_decision(decision, Severity.NOTICE, text, "meet the policy instead")
    if decision.name in accounts.awaited or spec.date > as_of:
        return None
    return _standing(decision, as_of, accounts)


def _standing(decision: Resource[Decision], as_of: date, accounts: _Accounts) -> Finding | None:
    """How an exception that counts, or once did, stands today."""
    spec = decision.body.spec
    policy = spec.concerns.policy
    name = f"Decision '{decision.name}'"
    if _expired(decision, as_of):
        still = ", and what it set aside is still there" if decision.name in accounts.missed else ""
        text = f"{name} expired on {spec.until}{still}"
        fix = "meet the policy, or decide anew" if still else "nothing to do: it stays as a record"
        return _about_decision(decision, Severity.NOTICE, text, fix)
    if decision.name not in accounts.used:
        text = f"{name} sets nothing aside: '{policy}' holds without it"
        return _about_decision(decision, Severity.NOTICE, text, "end it by an earlier until")
    if spec.until is not None and spec.until - as_of <= SOON:
        text = f"{name} expires on {spec.until}, and '{policy}' does not hold without it"
        fix = "meet the policy by then, or decide anew"
        return _about_decision(decision, Severity.WARNING, text, fix)
    return None


def _expired(decision: Resource[Decision], as_of: date) -> bool:
    until = decision.body.spec.until
    return until is not None and until < as_of


def _about_decision(
    decision: Resource[Decision], severity: Severity, text: str, fix: str
) -> Finding:
    at = "spec.until" if decision.body.spec.until is not None else "spec.concerns"
    return Finding(CODE, severity, text, fix=fix, resource=decision.ref, field=at)
