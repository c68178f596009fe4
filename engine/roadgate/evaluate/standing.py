"""How each exception stands on the day judged, and what there is to say of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from roadgate.evaluate.concerns import concerned
from roadgate.evaluate.hints import suggestion
from roadgate.model.exceptions import ExceptionEntry, Standing
from roadgate.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from roadgate.evaluate.courses import Course
    from roadgate.evaluate.world import Approval
    from roadgate.model.kinds import Decision
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

CODE = "RG035"
UNKNOWN = "RG012"
SOON = timedelta(days=14)
_RECORD = "nothing to do: it stays as a record"


@dataclass(slots=True)
class Tally:
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
    short: set[str] = field(default_factory=set)
    """Overrides that do not say what the rule asks of one."""
    spared: dict[str, str] = field(default_factory=dict)
    """Those whose findings another one sets aside, which lasts longer."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """Keeps the account of a roadmap's exceptions as of a day."""

    roadmap: Roadmap
    as_of: date
    tally: Tally
    approvals: Mapping[str, Approval]
    known: frozenset[str] | None
    """The ids of all policies; None where nobody asks whether one exists."""
    approvers: tuple[str, ...] = ()

    def of_policy(self, decision: Resource[Decision]) -> Standing:
        """How a ``waive`` or ``override`` stands; the first that applies."""
        spec, name = decision.body.spec, decision.name
        policy = spec.concerns.policy
        found = Standing.USED
        if policy is not None and self.known is not None and policy not in self.known:
            found = Standing.UNKNOWN_POLICY
        elif name in self.tally.refused:
            found = Standing.REFUSED
        elif name in self.tally.awaited:
            found = Standing.AWAITING
        elif (ended := self._outside(decision)) is not None:
            found = ended
        elif not self.tally.used[name] and name not in self.tally.asked:
            found = Standing.UNUSED
        elif self._ends_soon(decision):
            found = Standing.EXPIRING
        return found

    def of_course(self, course: Course) -> Standing:
        """How a ``continue`` or ``pause`` stands; the first that applies."""
        decision = course.decision
        found = self._outside(decision)
        if found is not None:
            return found
        if self.approvals.get(decision.name, "yes") != "yes":
            return Standing.AWAITING
        if not course.used:
            return Standing.UNUSED
        soon = self._ends_soon(decision) and not course.outlasted
        return Standing.EXPIRING if soon else Standing.USED

    def _outside(self, decision: Resource[Decision]) -> Standing | None:
        if decision.body.spec.date > self.as_of:
            return Standing.LATER
        return Standing.EXPIRED if expired(decision, self.as_of) else None

    def _ends_soon(self, decision: Resource[Decision]) -> bool:
        until = decision.body.spec.until
        return until is not None and until - self.as_of <= SOON

    def entry(self, decision: Resource[Decision], standing: Standing) -> ExceptionEntry:
        """An exception as the account shows it."""
        spec = decision.body.spec
        counts = standing in (Standing.USED, Standing.EXPIRING)
        approved = self.approvals.get(decision.name) == "yes"
        return ExceptionEntry(
            name=decision.name,
            type=spec.type,
            policy=spec.concerns.policy,
            resources=concerned(decision.body, self.roadmap),
            until=spec.until,
            date=spec.date,
            standing=standing,
            findings=self.tally.used[decision.name] if counts else 0,
            approved_by=self.approvers if approved else (),
        )

    def told_of_policy(self, decision: Resource[Decision], standing: Standing) -> Iterator[Finding]:
        """What there is to say of a ``waive`` or ``override`` that does not simply count."""
        spec = decision.body.spec
        policy = f"'{spec.concerns.policy}'" if spec.concerns.policy else "what it names"
        name = f"Decision '{decision.name}'"
        match standing:
            case Standing.UNKNOWN_POLICY:
                yield self._unknown(decision)
            case Standing.REFUSED:
                text = f"{name} cannot set aside {policy}: the policy is mandatory"
                yield _notice(decision, text, "meet the policy instead")
            case Standing.EXPIRED if decision.name in self.tally.missed:
                text = f"{name} expired on {spec.until}, and what it set aside is still there"
                yield _notice(decision, text, "meet the policy, or decide anew")
            case Standing.EXPIRED:
                yield _notice(decision, f"{name} expired on {spec.until}", _RECORD)
            case Standing.UNUSED if decision.name in self.tally.spared:
                text = f"{name} sets nothing aside: '{self.tally.spared[decision.name]}' does"
                yield _notice(decision, text, _RECORD)
            case Standing.UNUSED if decision.name in self.tally.short:
                text = f"{name} is not the override that {policy} asks for, and sets nothing aside"
                yield _notice(decision, text, "say what the fix of that finding names")
            case Standing.UNUSED:
                text = f"{name} sets nothing aside: {policy} holds without it"
                yield _notice(decision, text, "end it by an earlier until")
            case Standing.EXPIRING:
                text = f"{name} expires on {spec.until}, and {policy} does not hold without it"
                fix = "meet the policy by then, or decide anew"
                yield _about(decision, Severity.WARNING, text, fix)

    def _unknown(self, decision: Resource[Decision]) -> Finding:
        """A slip sets nothing aside, so it is an error, until the Decision has ended anyway."""
        policy = decision.body.spec.concerns.policy or ""
        text = f"Decision '{decision.name}' sets aside '{policy}', which no policy is called"
        if expired(decision, self.as_of):
            return _notice(decision, text, _RECORD)
        return Finding(
            UNKNOWN,
            Severity.ERROR,
            text + suggestion(policy, self.known or ()),
            fix="name the id of a policy",
            resource=decision.ref,
            field="spec.concerns.policy",
        )


def told_of_course(course: Course, standing: Standing) -> Iterator[Finding]:
    """What there is to say of a ``continue`` or ``pause`` that does not simply count."""
    decision, spec = course.decision, course.decision.body.spec
    name, pauses = f"Decision '{decision.name}'", spec.type == "pause"
    whom = f"'{spec.concerns.initiative or spec.concerns.resource or 'what it concerns'}'"
    match standing:
        case Standing.EXPIRED if pauses and course.rests and not course.outlasted:
            text = f"{name} expired on {spec.until}: {whom} counts as active, and says paused"
            fix = f"set status: active in {whom}, or record a new Decision of type pause"
            yield _notice(decision, text, fix)
        case Standing.EXPIRED:
            yield _notice(decision, f"{name} expired on {spec.until}", _RECORD)
        case Standing.UNUSED if pauses:
            text = f"{name} pauses {whom}, which does not say so"
            fix = f"set status: paused in {whom}, or end the Decision by an earlier until"
            yield _notice(decision, text, fix)
        case Standing.UNUSED:
            text = f"{name} answers nothing: no check date of {whom} up to {spec.until} is due"
            fix = "wait for the check date, or end the Decision by an earlier until"
            yield _notice(decision, text, fix)
        case Standing.EXPIRING if pauses:
            text = f"{name} expires on {spec.until}: {whom} counts as active from the next day"
            fix = f"resume {whom} by then, or decide anew"
            yield _about(decision, Severity.WARNING, text, fix)
        case Standing.EXPIRING:
            text = f"{name} expires on {spec.until}: a later check date of {whom} asks again"
            fix = "decide by then what follows: kill, pivot, pause, or continue anew"
            yield _about(decision, Severity.WARNING, text, fix)


def expired(decision: Resource[Decision], as_of: date) -> bool:
    """Whether a Decision has ended; its last day still counts."""
    until = decision.body.spec.until
    return until is not None and until < as_of


def _notice(decision: Resource[Decision], text: str, fix: str) -> Finding:
    return _about(decision, Severity.NOTICE, text, fix)


def _about(decision: Resource[Decision], severity: Severity, text: str, fix: str) -> Finding:
    at = "spec.until" if decision.body.spec.until is not None else "spec.concerns"
    return Finding(CODE, severity, text, fix=fix, resource=decision.ref, field=at)
