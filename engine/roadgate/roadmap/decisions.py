"""Which Decisions count for a change: those of base, and new ones that are sound and approved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadgate.model.change import FieldChange, NewDecision
from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.sanctions import ENDINGS, Sanction, concerns_initiative, read_sanction
from roadgate.model.source import ResourceRef
from roadgate.model.workflow import STATUS
from roadgate.roadmap.states import state_of

if TYPE_CHECKING:
    from roadgate.model.raw import Raw
    from roadgate.roadmap.approvals import Asked, Electorate
    from roadgate.roadmap.identity import Pair

DAYS_BACK = 14
_ANY = ("initiative", "resource", "metric", "evidence")
_AIMS: Mapping[str, Sequence[Sequence[str]]] = {
    "waive": (("policy",), _ANY),
    "override": (("policy",), _ANY),
    "relax": (("initiative", "metric", "policy", "config"),),
    "correct": (("metric", "evidence"),),
}
"""What a Decision that is no record of an initiative's course names: one of each row."""
Allows = Callable[[Sanction, FieldChange], bool]


@dataclass(frozen=True, slots=True)
class Brought:
    """A Decision that the change brings."""

    sanction: Sanction
    asked: Asked
    problem: str

    @property
    def known(self) -> NewDecision:
        """What others are told about it."""
        answer = self.asked.answer
        return NewDecision(self.sanction.name, None if answer == "nobody" else answer, self.problem)


@dataclass(slots=True)
class Register:
    """Every Decision that may allow something in this change."""

    standing: Sequence[Sanction]
    """Of base, in force: they allow moves of status and horizon."""
    waiting: Sequence[Sanction]
    """Of base, not used yet: they say what this change may set."""
    brought: Sequence[Brought]
    used: set[str] = field(default_factory=set)

    def allow(self, change: FieldChange, allows: Allows) -> FieldChange:
        """The change, with the Decision that allows it, if one does."""
        if not change.protected or not change.effect.needs_decision:
            return change
        for each in self._of_base(change):
            if allows(each, change):
                return replace(change, decision=each.name)
        candidates = [
            each for each in self.brought if not each.problem and allows(each.sanction, change)
        ]
        best = self.best(candidates)
        if best is None:
            return change
        return replace(change, decision=best.name, approval=best.approval)

    def _of_base(self, change: FieldChange) -> Sequence[Sanction]:
        """Those of base that may allow it, if they are about it."""
        if change.field not in ("", "spec.status", "spec.horizon"):
            return self.waiting
        return self.standing

    def holds(self, status: str, names: frozenset[str]) -> bool:
        """Whether a Decision of base says that the initiative of these names is in this status."""
        return any(
            ENDINGS[each.type] == status and concerns_initiative(each, names)
            for each in self.standing
        )

    def unspent(self, pair: Pair) -> Sequence[Sanction]:
        """Those of base that an initiative may still follow: the status has not done so yet."""
        status = state_of("Initiative", pair.base.data, STATUS) if pair.base is not None else None
        return [
            each
            for each in self.standing
            if ENDINGS[each.type] != status and concerns_initiative(each, pair.names)
        ]

    def best(self, candidates: Sequence[Brought]) -> NewDecision | None:
        """Of several new Decisions that would allow the same, the one nearest to approval."""
        if not candidates:
            return None
        best = min(candidates, key=_readiness)
        self.used.add(best.sanction.name)
        return best.known


def register(  # noqa: PLR0913 - both sides and what they are read with, by keyword
    base: Iterable[Raw],
    brought: Iterable[Raw],
    electorate: Electorate,
    *,
    used: frozenset[str],
    on: date,
    adopting: bool,
    problem: Callable[[Sanction], str],
    moving: frozenset[str] = frozenset(),
) -> Register:
    """Sort the Decisions of base and head; ``used`` are those that have counted already.

    A roadmap that is brought in whole brings the record of its past. ``moving`` is what goes
    from one state to another, as ``Kind/name``.
    """
    old = list(_read(base))
    return Register(
        standing=[each for each in old if _holds(each, old, on)],
        waiting=[each for each in old if each.to and each.name not in used and _lasts(each, on)],
        brought=[
            Brought(
                each,
                electorate.asked(each.type),
                _misdated(each, on, adopting=adopting)
                or _ended(each, on, adopting=adopting)
                or _aimless(each, moving)
                or problem(each),
            )
            for each in _read(brought)
        ],
    )


def findings(
    register: Register, electorate: Electorate, states: Mapping[str, tuple[str, str]]
) -> Iterator[Finding]:
    """What is to be said about the Decisions that the change brings.

    ``states`` is the status and the horizon in head of each initiative, by all of its names.
    """
    for each in register.brought:
        if each.problem:
            yield _about(each, "RG045", Severity.ERROR, each.problem, "correct the Decision")
            continue
        yield from _approval(each, electorate)
        yield from _unmoved(each, states)
        if each.sanction.type == "relax" and not (
            each.sanction.to or each.sanction.name in register.used
        ):
            yield _about(
                each,
                "RG035",
                Severity.NOTICE,
                f"'{each.sanction.name}' allows nothing that this change does",
                "make the edit in the same change, or say in spec.to what a later one may set",
            )


def _approval(each: Brought, electorate: Electorate) -> Iterator[Finding]:
    name, whom = each.sanction.name, each.asked.whom
    if each.asked.answer == "unknown":
        yield _about(
            each,
            "RG041",
            Severity.ERROR,
            f"'{name}' is decided on the pull request: approval of {whom} is unknown here",
            "run the check on the pull request, or give its context with --context",
            Status.UNKNOWN,
        )
    elif each.asked.answer == "no":
        yield _about(
            each,
            "RG041",
            Severity.ERROR,
            f"'{name}' waits for the approval of {whom}",
            f"ask {whom} to approve the pull request; its author and pushers do not count",
        )
    elif each.asked.answer == "nobody":
        yield _about(
            each,
            "RG041",
            electorate.unmet,
            f"'{name}' asks for the approval of {whom}, and nobody could give it",
            "declare a Team with enough members besides the author",
        )


def _unmoved(each: Brought, states: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    resumes = each.sanction.type == "resume"
    wanted = ENDINGS.get(each.sanction.type, "active" if resumes else "")
    name = each.sanction.concerns.get("initiative", "")
    status, horizon = states.get(name, ("", ""))
    if not wanted or status in ("", wanted):
        return
    if resumes and status not in ENDINGS.values():
        return  # it goes on, if only as a proposal
    if each.sanction.type == "pause" and horizon != "now":
        return  # it has left now, which a pause allows as well
    yield _about(
        each,
        "RG035",
        Severity.WARNING,
        f"'{each.sanction.name}' says {wanted}, and '{name}' is still {status}",
        f"set status: {wanted} in '{name}'",
    )


def _about(  # noqa: PLR0913, PLR0917 - the parts of a finding, each by its place
    each: Brought,
    code: str,
    severity: Severity,
    message: str,
    fix: str,
    status: Status = Status.FAIL,
) -> Finding:
    ref = ResourceRef("Decision", each.sanction.name)
    return Finding(code, severity, message, fix, status, resource=ref, field="spec.type")


def _read(documents: Iterable[Raw]) -> Iterator[Sanction]:
    for data in documents:
        sanction = read_sanction(data)
        if sanction is not None:
            yield sanction


def _misdated(sanction: Sanction, on: date, *, adopting: bool) -> str:
    first = on - timedelta(DAYS_BACK)
    if sanction.date is not None and sanction.date <= on and (adopting or sanction.date >= first):
        return ""
    shown = sanction.date.isoformat() if sanction.date is not None else "nothing"
    return f"a new Decision is dated between {first.isoformat()} and {on.isoformat()}, not {shown}"


def _ended(sanction: Sanction, on: date, *, adopting: bool) -> str:
    """Why a Decision that would move a goalpost allows nothing any more."""
    if adopting or sanction.type not in ("relax", "correct") or _lasts(sanction, on):
        return ""
    return f"it ended on {sanction.until}, so that it allows nothing today"


def _aimless(sanction: Sanction, moving: frozenset[str]) -> str:
    """What a Decision of its type must name, and this one does not.

    What a Lifecycle asks of other kinds concerns a resource that moves.
    """
    if sanction.type not in _AIMS and sanction.concerns.get("resource") in moving:
        return ""
    if sanction.type == "correct" and "metric" in sanction.concerns and not sanction.dates:
        return "a Decision of type correct names the days whose data it mends in concerns.dates"
    needed = _AIMS.get(sanction.type, (("initiative",),))
    for names in needed:
        if sanction.concerns.keys().isdisjoint(names):
            return f"a Decision of type {sanction.type} names {' or '.join(names)} in 'concerns'"
    return ""


def _holds(sanction: Sanction, others: Sequence[Sanction], on: date) -> bool:
    """Whether a Decision of base about status still holds: not expired, not resumed since."""
    if sanction.type not in ENDINGS or sanction.date is None or sanction.date > on:
        return False
    if not _lasts(sanction, on):
        return False
    concerned = sanction.concerns.get("initiative")
    return sanction.type == "ship" or not any(
        each.type == "resume"
        and each.concerns.get("initiative") == concerned
        and each.date is not None
        and each.date >= sanction.date
        for each in others
    )


def _lasts(sanction: Sanction, on: date) -> bool:
    return sanction.until is None or sanction.until >= on


def _readiness(each: Brought) -> tuple[int, str]:
    order = ("yes", "nobody", "unknown", "no")
    return order.index(each.asked.answer), each.sanction.name
