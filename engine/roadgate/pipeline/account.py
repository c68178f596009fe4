"""The account of exceptions, for verbs that do not evaluate every policy: the same as check's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.evaluate.compiled import expressions, words
from roadgate.evaluate.concerns import EXCEPTIONS, concerned
from roadgate.evaluate.policies import PolicySet, compile_policies, evaluate
from roadgate.evaluate.suppression import decide
from roadgate.model.exceptions import Account
from roadgate.model.project import unread_policies
from roadgate.pipeline.builtin import builtin_policies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Decision, Policy
    from roadgate.model.kinds.config import Binding
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.pipeline.judging import Judged


def account(found: Judged, as_of: date) -> Account:
    """Everything that is let off on a day; only what exceptions name is evaluated for it."""
    reading = found.reading
    brought = reading.brought
    decisions = {**reading.roadmap.decisions, **brought.waiting}
    roadmap = replace(reading.roadmap, decisions=dict(sorted(decisions.items())))
    exceptions = [each for each in decisions.values() if each.body.spec.type in EXCEPTIONS]
    off = [each for each in reading.project.config.spec.policies.bindings if _disables(each)]
    policies = _policies(found, exceptions) if exceptions or off else PolicySet(())
    findings, used = _asked(found, roadmap, policies, exceptions, as_of)
    decided = decide(
        findings,
        roadmap,
        as_of,
        countable=brought.approvals,
        used=used,
        known=policies.known,
        approvers=brought.approvers,
        verdicts=found.judgements,
    )
    return Account(decided.exceptions, policies.disabled)


def _disables(binding: Binding) -> bool:
    return binding.enforcement == "disabled"


def _policies(found: Judged, exceptions: Sequence[Resource[Decision]]) -> PolicySet:
    """Those that an exception names or may be meant for, and what is switched off."""
    project, roadmap = found.reading.project, found.reading.roadmap
    return compile_policies(
        tuple(roadmap.policies.values()),
        builtin_policies(),
        project.config,
        project.governed,
        unread=unread_policies(project),
        wanted=_meant_by(exceptions),
    )[0]


def _meant_by(exceptions: Sequence[Resource[Decision]]) -> Callable[[Policy], bool]:
    named = {each.body.spec.concerns.policy for each in exceptions}

    def wanted(policy: Policy) -> bool:
        if policy.spec.id in named:
            return True
        # an override that names no policy counts for whichever rule asks for one
        return None in named and "decisions" in words(*expressions(policy))

    return wanted


def _asked(
    found: Judged,
    roadmap: Roadmap,
    policies: PolicySet,
    exceptions: Sequence[Resource[Decision]],
    as_of: date,
) -> tuple[list[Finding], set[str]]:
    """What these policies say of what the exceptions concern, and which Decisions they ask for."""
    refs = frozenset(ref for each in exceptions for ref in concerned(each.body, roadmap))
    findings: list[Finding] = []
    used: set[str] = set()
    for points in (True, False):
        some = tuple(each for each in policies.policies if each.points == points)
        if some:
            run = evaluate(
                replace(policies, policies=some),
                roadmap,
                found.judgements,
                None,
                None,
                as_of,
                countable=found.reading.brought.approvals,
                only=None if points else refs,
            )
            findings += run.findings
            used |= run.used
    return findings, used
