"""What a change moves from one state to another, and whether it may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.workflow import Move, Workflow
from roadgate.roadmap.states import state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadgate.model.change import FieldChange
    from roadgate.model.kinds.approval import Approval
    from roadgate.model.sanctions import Sanction
    from roadgate.roadmap.approvals import Electorate
    from roadgate.roadmap.decisions import Register
    from roadgate.roadmap.identity import Pair

REFUSED, NEEDS, APPROVAL = "RG089", "RG087", "RG088"


def moves(pairs: Sequence[Pair], workflows: Sequence[Workflow]) -> Iterator[Move]:
    """Every resource that is in another state in head than in base, or new."""
    for pair in pairs:
        if pair.head is None or (pair.base is not None and pair.base.data is pair.head.data):
            continue
        for workflow in workflows:
            new = state_of(pair.ref.kind, pair.head.data, workflow.field)
            base = pair.base
            old = state_of(base.ref.kind, base.data, workflow.field) if base is not None else None
            if new != old:
                way = workflow.way(old, new) if new is not None else None
                yield Move(pair.ref, workflow.field, old, new or "", way, workflow.resource)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a move may rest on: Decisions and approvals."""

    decisions: Register
    electorate: Electorate

    def allow(self, types: Sequence[str], pair: Pair) -> bool:
        """Whether a Decision of one of these types allows a move of a resource.

        One that the change brings and that awaits its approval is told on its own account. Of base
        count those that an initiative has not followed yet; each other has counted once, for the
        change that brought it.
        """
        if pair.ref.kind == "Initiative" and any(
            each.type in types for each in self.decisions.unspent(pair)
        ):
            return True
        found = [
            each.sanction.name
            for each in self.decisions.brought
            if not each.problem and each.sanction.type in types and _concerns(each.sanction, pair)
        ]
        self.decisions.used.update(found)
        return bool(found)


def move_findings(
    found: Sequence[Move],
    pairs: Sequence[Pair],
    permissions: Permissions,
    guarded: frozenset[tuple[str, str, str]],
) -> Iterator[Finding]:
    """Moves that no Lifecycle lists, and those that lack a Decision or an approval.

    ``guarded`` are the fields, as kind, name and field, that policies refuse anyway for want of a
    Decision. The built-in workflow needs none besides.
    """
    by_ref = {pair.ref: pair for pair in pairs}
    for move in found:
        if move.declared is None:  # what it needs, policies ask for; other states are no states
            continue
        if move.way is None:
            yield _refused(move)
            continue
        if (move.ref.kind, move.ref.name, move.field) not in guarded:
            for types in move.way.needs:
                if not permissions.allow(types, by_ref[move.ref]):
                    yield _needs(move, types)
        for approval in move.way.approvals:
            yield from _approval(move, approval, permissions.electorate)


def undecided(changes: Sequence[FieldChange]) -> frozenset[str]:
    """The protected fields that a change touches without a Decision that would allow it."""
    return frozenset(
        each.field
        for each in changes
        if each.protected and each.effect.needs_decision and each.decision is None
    )


def _refused(move: Move) -> Finding:
    by = f"Lifecycle '{move.declared.name}'" if move.declared is not None else "no Lifecycle"
    if not move.new:
        message = f"'{move.ref.name}' has no {move.field} any more, which was '{move.old}'"
        return _finding(move, REFUSED, message, f"write its {move.field}")
    start = (
        f"is in '{move.new}'" if move.old is None else f"moves from '{move.old}' to '{move.new}'"
    )
    return _finding(
        move,
        REFUSED,
        f"'{move.ref.name}' {start}, where {by} lists no way to",
        "take a step that is listed: roadgate lifecycle shows them",
    )


def _needs(move: Move, types: Sequence[str]) -> Finding:
    named = (
        f"initiative: {move.ref.name}" if move.ref.kind == "Initiative" else f"resource: {move.ref}"
    )
    return _finding(
        move,
        NEEDS,
        f"'{move.ref.name}' moves to '{move.new}' without a Decision of type {' or '.join(types)}",
        f"record one with concerns: {{{named}}}, or take the move back",
    )


def _approval(move: Move, approval: Approval, electorate: Electorate) -> Iterator[Finding]:
    asked = electorate.approved(approval)
    moved = f"'{move.ref.name}' moves to '{move.new}'"
    if asked.answer == "unknown":
        yield _finding(
            move,
            APPROVAL,
            f"{moved}: approval of {asked.whom} is decided on the pull request",
            "run the check on the pull request, or give its context with --context",
            status=Status.UNKNOWN,
        )
    elif asked.answer == "no":
        yield _finding(
            move,
            APPROVAL,
            f"{moved} without the approval of {asked.whom}",
            f"ask {asked.whom} to approve the pull request; its author and pushers do not count",
        )
    elif asked.answer == "nobody":
        yield _finding(
            move,
            APPROVAL,
            f"{moved}, which asks for the approval of {asked.whom}, and nobody could give it",
            "declare a Team with enough members besides the author",
            severity=electorate.unmet,
        )


def _finding(  # noqa: PLR0913 - the parts of a finding, the last two by keyword
    move: Move,
    code: str,
    message: str,
    fix: str,
    *,
    status: Status = Status.FAIL,
    severity: Severity = Severity.ERROR,
) -> Finding:
    return Finding(code, severity, message, fix, status, resource=move.ref, field=move.field)


def _concerns(sanction: Sanction, pair: Pair) -> bool:
    """Whether a Decision names the resource that is, or was, called so."""
    if pair.ref.kind == "Initiative" and sanction.concerns.get("initiative") in pair.names:
        return True
    resource = sanction.concerns.get("resource", "")
    kind, _, name = resource.partition("/")
    return kind == pair.ref.kind and name in pair.names
