"""What judges a change, and what it finds: the same for ``check --base`` and for the past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from roadgate.evaluate.changes import approvers
from roadgate.evaluate.policies import PolicyRun, PolicySet, evaluate
from roadgate.evaluate.suppression import decide, suppress
from roadgate.evaluate.verdicts import Judgements
from roadgate.pipeline.gates import gates_only, passing, portfolio
from roadgate.pipeline.judging import later_rows
from roadgate.pipeline.novelty import renamed, told_apart

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from roadgate.evaluate.focus import Focus
    from roadgate.model.change import Change, Context, NewDecision
    from roadgate.model.exceptions import ExceptionEntry
    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Config
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef
    from roadgate.pipeline.reading import Reading


@dataclass(frozen=True, slots=True)
class Bench:
    """Policies, Lifecycles, Teams and settings: what a change does not touch while it is judged."""

    policies: PolicySet
    roadmap: Roadmap
    config: Config


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a change comes to."""

    findings: list[Finding]
    """Each with whether the change brought it; without places yet."""
    run: PolicyRun
    verdicts: Judgements
    exceptions: tuple[ExceptionEntry, ...]
    """What became of Decisions that end by themselves."""


def judgement(  # noqa: PLR0913 - the whole of what a change is judged by
    bench: Bench,
    change: Change,
    *,
    head: Reading,
    base: Reading,
    standing: Roadmap,
    context: Context | None,
    as_of: date,
    focus: Focus | None = None,
) -> Judgement:
    """Judge what a change makes of ``base``.

    ``standing`` is the roadmap whose Decisions count as they are, whatever head makes of them.
    With ``focus``, only what the change can matter to is looked at: what is new is the same.
    """
    roadmap = _with_decisions(head.roadmap, standing)
    verdicts = _verdicts(roadmap, as_of, focus)
    countable = {each.name: _approval(each) for each in change.decisions}
    judged = partial(
        evaluate,
        roadmap=roadmap,
        verdicts=verdicts,
        change=change,
        context=context,
        as_of=as_of,
        base=base.roadmap,
        teams=bench.roadmap,
        countable=countable,
        focus=focus,
    )
    run, former = judged(bench.policies), renamed(change)
    gates = gates_only(change, bench.policies, bench.roadmap, bench.config)
    at_gates = passing(change, gates, judged(gates).findings if gates.policies else ())
    decided = decide(
        [*head.findings, *later_rows(head, as_of), *change.findings, *run.findings, *at_gates],
        roadmap,
        as_of,
        countable=countable,
        used=run.used,
        # a change may bring a policy and what sets it aside: both count after the merge
        known=bench.policies.known | {each.body.spec.id for each in head.roadmap.policies.values()},
        approvers=_approvers(change, context),
        verdicts=verdicts,
    )
    told = [(each.id, former.get(each.resource, each.resource)) for each in decided.findings]
    before = _before(base, bench.policies, as_of, told, focus)
    whole = portfolio((bench.policies, gates))
    findings = told_apart(decided.findings, before, change, whole)
    return Judgement(findings, run, verdicts, decided.exceptions)


def _approvers(change: Change, context: Context | None) -> list[str]:
    """Who approves the change, by a context that is about it."""
    if context is None or not context.speaks_of(change.head):
        return []
    return approvers(context)


def _before(
    base: Reading,
    policies: PolicySet,
    as_of: date,
    told: Collection[tuple[str, ResourceRef | None]],
    focus: Focus | None,
) -> list[Finding]:
    """What the same rules say of the base: errors that the change did not bring.

    Only what is ``told`` of head, as base calls it, can be old: nothing else is asked of base.
    """
    ids = {each for each, _ in told}
    refs = frozenset(ref for _, ref in told if ref is not None)
    verdicts = _verdicts(base.roadmap, as_of, focus)
    found, used = list(base.findings_of(refs)), set[str]()
    asked = [each for each in policies.policies if each.id in ids]
    for points in (True, False):
        some = replace(policies, policies=tuple(each for each in asked if each.points == points))
        if some.policies:
            only = None if points else refs
            run = evaluate(some, base.roadmap, verdicts, None, None, as_of, focus=focus, only=only)
            found += run.findings
            used |= run.used
    known = policies.known | {each.body.spec.id for each in base.roadmap.policies.values()}
    findings = suppress(found, base.roadmap, as_of, used=used, known=known, verdicts=verdicts)
    return [each for each in findings if each.suppressed is None]


def _verdicts(roadmap: Roadmap, as_of: date, focus: Focus | None) -> Judgements:
    """Each worked out when somebody asks for it; with ``focus``, of what is near alone."""
    if focus is None or focus.all_verdicts:
        return Judgements(roadmap, as_of)
    near = {name: each for name, each in roadmap.initiatives.items() if each.ref in focus.refs}
    return Judgements(replace(roadmap, initiatives=near), as_of)


def _with_decisions(head: Roadmap, standing: Roadmap) -> Roadmap:
    """The head's roadmap, with every Decision of base as base has it: edits do not count."""
    decisions = {**head.decisions, **standing.decisions}
    return replace(head, decisions=dict(sorted(decisions.items())))


def _approval(decision: NewDecision) -> Literal["yes", "no", "unknown"]:
    """Whether a new Decision counts as one of base would."""
    if decision.problem:
        return "no"
    return decision.approval or "yes"
