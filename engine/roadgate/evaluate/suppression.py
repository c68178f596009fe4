"""Which findings a Decision sets aside, and which Decisions set nothing aside (any more)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from roadgate.evaluate.concerns import EXCEPTIONS, concerned
from roadgate.evaluate.hints import suggestion
from roadgate.model.exceptions import PolicyException, Standing
from roadgate.model.finding import Enforcement, Finding, Severity, Status, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from roadgate.evaluate.world import Approval
    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef

CODE = "RG035"
UNKNOWN = "RG012"
ENGINE = "RG0"
SOON = timedelta(days=14)


@dataclass(slots=True)
class _Accounts:
    """What each exception turned out to be good for."""

    used: Counter[str] = field(default_factory=Counter)
    """How many findings each sets aside."""
    asked: frozenset[str] = frozenset()
    """A rule itself asked for them."""
    refused: set[str] = field(default_factory=set)
    """Against a mandatory policy."""
    awaited: set[str] = field(default_factory=set)
    """Not approved yet."""
    missed: set[str] = field(default_factory=set)
    """Expired, though a finding is still there."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Findings with what sets them aside, and the account of every exception."""

    findings: list[Finding]
    exceptions: tuple[PolicyException, ...]
    """Sorted by name."""


def suppress(  # noqa: PLR0913 (each is an input that the verdict depends on)
    findings: Iterable[Finding],
    roadmap: Roadmap,
    as_of: date,
    *,
    countable: Mapping[str, Approval] | None = None,
    used: Iterable[str] = (),
    known: Iterable[str] | None = None,
) -> list[Finding]:
    """The findings of ``decide``."""
    return decide(findings, roadmap, as_of, countable=countable, used=used, known=known).findings


def decide(  # noqa: PLR0913 (each is an input that the verdict depends on)
    findings: Iterable[Finding],
    roadmap: Roadmap,
    as_of: date,
    *,
    countable: Mapping[str, Approval] | None = None,
    used: Iterable[str] = (),
    known: Iterable[str] | None = None,
    approvers: Iterable[str] = (),
) -> Decided:
    """Mark the findings that a Decision sets aside, and give an account of such Decisions.

    A ``waive`` or ``override`` counts for the policy and the resource that it concerns, from its
    date to its ``until``. Mandatory policies and roadgate's own codes cannot be set aside.
    ``countable`` names the Decisions that a change brings, with whether they are approved, and
    ``approvers`` those who approve it; ``used`` the Decisions that a rule itself asked for;
    ``known`` the ids of all policies there are.
    """
    approvals = countable or {}
    exceptions = _exceptions(roadmap)
    accounts = _Accounts(asked=frozenset(used))
    judged = []
    for finding in findings:
        about = _about(finding, exceptions)
        judged.append(_judge(finding, about, as_of, approvals, accounts))
    named = None if known is None else frozenset(known)
    told = []
    for decision in sorted(_all(exceptions), key=lambda each: each.name):
        standing = _standing(decision, as_of, accounts, named)
        by = tuple(sorted(approvers)) if approvals.get(decision.name) == "yes" else ()
        told.append(_entry(decision, roadmap, standing, accounts, by))
        judged += _told(decision, as_of, standing, accounts, named)
    return Decided(judged, tuple(told))


def _exceptions(
    roadmap: Roadmap,
) -> Mapping[tuple[str, ResourceRef | None], Sequence[Resource[Decision]]]:
    """By policy and resource; one that names no resource is there too, so that it is told."""
    found: dict[tuple[str, ResourceRef | None], list[Resource[Decision]]] = defaultdict(list)
    for decision in roadmap.decisions.values():
        spec = decision.body.spec
        if spec.type in EXCEPTIONS:
            for ref in concerned(decision.body, roadmap) or (None,):
                found[spec.concerns.policy or "", ref].append(decision)
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
    accounts: _Accounts,
) -> Finding:
    """The finding, set aside by the first Decision that may; what the others miss is noted."""
    if finding.suppressed is not None:
        accounts.used[finding.suppressed.by] += 1
        return finding
    waiting: list[str] = []
    for decision in about:
        spec = decision.body.spec
        if finding.enforcement is Enforcement.MANDATORY:
            accounts.refused.add(decision.name)
        elif _expired(decision, as_of):
            accounts.missed.add(decision.name)
        elif spec.date <= as_of and approvals.get(decision.name, "yes") == "yes":
            accounts.used[decision.name] += 1
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


def _standing(
    decision: Resource[Decision], as_of: date, accounts: _Accounts, known: frozenset[str] | None
) -> Standing:
    """How an exception stands today; the first that applies."""
    spec, name = decision.body.spec, decision.name
    policy, until = spec.concerns.policy, spec.until
    found = Standing.USED
    if policy is not None and known is not None and policy not in known:
        found = Standing.UNKNOWN_POLICY
    elif name in accounts.refused:
        found = Standing.REFUSED
    elif name in accounts.awaited:
        found = Standing.AWAITING
    elif spec.date > as_of:
        found = Standing.LATER
    elif _expired(decision, as_of):
        found = Standing.EXPIRED
    elif not accounts.used[name] and name not in accounts.asked:
        found = Standing.UNUSED
    elif until is not None and until - as_of <= SOON:
        found = Standing.EXPIRING
    return found


def _entry(
    decision: Resource[Decision],
    roadmap: Roadmap,
    standing: Standing,
    accounts: _Accounts,
    approved_by: tuple[str, ...],
) -> PolicyException:
    spec = decision.body.spec
    counts = standing in (Standing.USED, Standing.EXPIRING)
    return PolicyException(
        name=decision.name,
        type=spec.type,
        policy=spec.concerns.policy,
        resources=concerned(decision.body, roadmap),
        until=spec.until,
        date=spec.date,
        standing=standing,
        findings=accounts.used[decision.name] if counts else 0,
        approved_by=approved_by,
    )


def _told(
    decision: Resource[Decision],
    as_of: date,
    standing: Standing,
    accounts: _Accounts,
    known: frozenset[str] | None,
) -> Iterator[Finding]:
    """What there is to say of an exception that does not simply count."""
    spec = decision.body.spec
    policy = f"'{spec.concerns.policy}'" if spec.concerns.policy else "what it names"
    name = f"Decision '{decision.name}'"
    match standing:
        case Standing.UNKNOWN_POLICY:
            yield _unknown(decision, as_of, known or frozenset())
        case Standing.REFUSED:
            text = f"{name} cannot set aside {policy}: the policy is mandatory"
            yield _about_decision(decision, Severity.NOTICE, text, "meet the policy instead")
        case Standing.EXPIRED if decision.name in accounts.missed:
            text = f"{name} expired on {spec.until}, and what it set aside is still there"
            fix = "meet the policy, or decide anew"
            yield _about_decision(decision, Severity.NOTICE, text, fix)
        case Standing.EXPIRED:
            text = f"{name} expired on {spec.until}"
            fix = "nothing to do: it stays as a record"
            yield _about_decision(decision, Severity.NOTICE, text, fix)
        case Standing.UNUSED:
            text = f"{name} sets nothing aside: {policy} holds without it"
            fix = "end it by an earlier until"
            yield _about_decision(decision, Severity.NOTICE, text, fix)
        case Standing.EXPIRING:
            text = f"{name} expires on {spec.until}, and {policy} does not hold without it"
            fix = "meet the policy by then, or decide anew"
            yield _about_decision(decision, Severity.WARNING, text, fix)


def _unknown(decision: Resource[Decision], as_of: date, known: frozenset[str]) -> Finding:
    """A slip sets nothing aside, so it is an error, until the Decision has ended anyway."""
    policy = decision.body.spec.concerns.policy or ""
    text = f"Decision '{decision.name}' sets aside '{policy}', which no policy is called"
    if _expired(decision, as_of):
        fix = "nothing to do: it stays as a record"
        return _about_decision(decision, Severity.NOTICE, text, fix)
    return Finding(
        UNKNOWN,
        Severity.ERROR,
        text + suggestion(policy, known),
        fix="name the id of a policy",
        resource=decision.ref,
        field="spec.concerns.policy",
    )


def _expired(decision: Resource[Decision], as_of: date) -> bool:
    until = decision.body.spec.until
    return until is not None and until < as_of


def _about_decision(
    decision: Resource[Decision], severity: Severity, text: str, fix: str
) -> Finding:
    at = "spec.until" if decision.body.spec.until is not None else "spec.concerns"
    return Finding(CODE, severity, text, fix=fix, resource=decision.ref, field=at)
