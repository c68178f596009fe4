"""Policies: compiled once, evaluated on every resource, change or roadmap that they match."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from roadgate.evaluate.answers import Answers
from roadgate.evaluate.bindings import apply_alone, apply_bindings
from roadgate.evaluate.cases import Cases
from roadgate.evaluate.focus import Focus, nearby
from roadgate.evaluate.functions.host import hosting
from roadgate.evaluate.groups import portfolio_cases
from roadgate.evaluate.judge import judge
from roadgate.evaluate.looks import Looks, looks_by_words
from roadgate.evaluate.scoped import applied, scoped_findings
from roadgate.evaluate.sieve import sieve
from roadgate.evaluate.vocabulary import OWN, Vocabulary, vocabulary
from roadgate.evaluate.world import Approval, World
from roadgate.model.finding import Finding, Severity
from roadgate.model.suggest import listed

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Container,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from datetime import date

    from roadgate.evaluate.cases import Case
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.evaluate.sieve import Sieved
    from roadgate.evaluate.verdicts import Judgements
    from roadgate.model.change import Change, Context, NewDecision
    from roadgate.model.custom import CustomKind
    from roadgate.model.exceptions import DisabledPolicy
    from roadgate.model.kinds import Config, Policy
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef

MATCHED_NOTHING = "RG033"
NO_KINDS: Mapping[str, CustomKind] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies that apply to a project."""

    policies: tuple[CompiledPolicy, ...]
    """Sorted by id."""
    known: frozenset[str] = frozenset()
    """The ids of every policy there is, those that do not apply included."""
    vocabulary: Vocabulary = OWN
    """The kinds that they speak of."""
    disabled: tuple[DisabledPolicy, ...] = ()
    """Those that bindings switch off."""


@dataclass(frozen=True, slots=True)
class PolicyRun:
    """What the policies had to say."""

    findings: tuple[Finding, ...]
    policies: int
    evaluations: int
    """How often a policy was evaluated: once for each resource, field or roadmap it matched."""
    matched: Mapping[str, int] = field(default_factory=dict)
    """How often by policy id; 0 where it matched nothing."""
    not_evaluated: tuple[str, ...] = ()
    """Ids of change policies that had no change to judge."""
    used: frozenset[str] = frozenset()
    """Decisions that a rule itself asked for, and without which it would not hold."""


def compile_policies(  # noqa: PLR0913 - all that a choice rests on
    policies: Sequence[Resource[Policy]],
    builtin: Sequence[Resource[Policy]],
    config: Config,
    kinds: Mapping[str, CustomKind] = NO_KINDS,
    *,
    unread: Collection[str] = (),
    wanted: Callable[[Policy], bool] | None = None,
) -> tuple[PolicySet, list[Finding]]:
    """Choose, bind and compile the policies of a project; ``policies`` are its own.

    ``kinds`` are those of KindDefinitions, which its policies may name; ``unread`` the ids of
    policies that are there and could not be read; ``wanted`` says which are asked for, if not all.

    Raises:
        InternalError: there is no built-in policy at all.
    """
    words = vocabulary(kinds)
    found = apply_bindings(policies, builtin, config, words, unread=unread, wanted=wanted)
    ordered = tuple(sorted(found.policies, key=lambda each: each.id))
    return PolicySet(ordered, found.known, words, found.disabled), found.findings


def compile_alone(
    policy: Resource[Policy], kinds: Mapping[str, CustomKind] = NO_KINDS, *, house: bool = True
) -> tuple[PolicySet, list[Finding]]:
    """Compile one policy as its examples see it: its own enforcement, its default parameters."""
    words = vocabulary(kinds)
    compiled, findings = apply_alone(policy, words, house=house)
    policies = () if compiled is None else (compiled,)
    return PolicySet(policies, frozenset({policy.body.spec.id}), words), findings


def evaluate(  # noqa: PLR0913, PLR0917 (what a verdict depends on is passed in, never looked up)
    policy_set: PolicySet,
    roadmap: Roadmap,
    verdicts: Judgements | None,
    change: Change | None,
    context: Context | None,
    as_of: date,
    *,
    base: Roadmap | None = None,
    teams: Roadmap | None = None,
    countable: Mapping[str, Approval] | None = None,
    focus: Focus | None = None,
    only: Container[ResourceRef] | None = None,
) -> PolicyRun:
    """Evaluate every policy; with ``focus``, only where it may say otherwise than before.

    With ``only``, policies about resources are asked of these alone.

    ``countable`` names the Decisions that the change brings, with whether they are approved: what
    the change itself says of them, unless it is given. ``base`` is the roadmap that the change
    started from; ``teams`` the one whose Teams approve, which is the judge's.
    """
    if change is None or (context is not None and not context.speaks_of(change.head)):
        context = None
    if countable is None and change is not None:
        countable = {each.name: _approval(each) for each in change.decisions}
    world = World(
        roadmap,
        verdicts,
        as_of,
        countable,
        _looks(policy_set.policies),
        vocabulary=policy_set.vocabulary,
    )
    cases = Cases(world, change, context, base, only)
    tally = _Tally(Counter({each.id: 0 for each in policy_set.policies}))
    with hosting(Answers(world, context, teams or base)):
        _ask(policy_set.policies, cases, world, focus, tally)
    without = [each for each in policy_set.policies if each.scope == "change" and change is None]
    return PolicyRun(
        (
            *tally.findings,
            *_matched_nothing(policy_set.policies, tally.matched),
            *scoped_findings(policy_set.policies, roadmap),
        ),
        policies=len(policy_set.policies),
        evaluations=tally.matched.total(),
        matched=dict(tally.matched),
        not_evaluated=tuple(each.id for each in without),
        used=frozenset(tally.used),
    )


@dataclass(slots=True)
class _Tally:
    """What has been found so far."""

    matched: Counter[str]
    findings: list[Finding] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


def _ask(
    policies: Sequence[CompiledPolicy],
    cases: Cases,
    world: World,
    focus: Focus | None,
    tally: _Tally,
) -> None:
    """Sort the cases that hold at once, and judge the others one by one."""
    sieved = (
        sieve(policies, cases, world.vocabulary)
        if focus is None
        else nearby(policies, cases, focus)
    )
    tally.matched.update(sieved.matched)
    for policy, case in _cases(policies, sieved, cases, world, focus):
        if isinstance(case, Finding):
            tally.findings.append(case)
            continue
        bound = applied(policy, cases.standing(case), world.roadmap)
        if bound is None:
            continue
        outcome = judge(bound, case, world)
        tally.matched[policy.id] += outcome.matched
        tally.findings += outcome.findings
        tally.used |= outcome.used


def _cases(
    policies: Sequence[CompiledPolicy],
    sieved: Sieved,
    cases: Cases,
    world: World,
    focus: Focus | None,
) -> Iterator[tuple[CompiledPolicy, Case | Finding]]:
    """What is still to be judged, policy by policy."""
    for position, policy in enumerate(policies):
        if policy.scope == "resource":
            several: Iterable[Case | Finding] = sieved.doubtful.get(position, ())
        elif policy.scope == "portfolio":
            if focus is not None and not focus.judges_whole(policy):
                continue
            several = portfolio_cases(policy, cases, world, sieved.belongs.get(position, {}))
        else:
            several = cases.of_change(policy)
        for each in several:
            yield policy, each


def _looks(policies: Sequence[CompiledPolicy]) -> Looks | None:
    """The only fields that matter, or None for all: house policies may compare whole messages."""
    if any(each.house for each in policies):
        return None
    return looks_by_words(frozenset().union(*(each.words for each in policies)))


def _approval(decision: NewDecision) -> Approval:
    """Whether a new Decision counts; where nobody can be asked, nobody is awaited."""
    return "no" if decision.problem else decision.approval or "yes"


def _matched_nothing(
    policies: Iterable[CompiledPolicy], matched: Mapping[str, int]
) -> list[Finding]:
    """Notices; a change that touches nothing a rule is about is no reason for one."""
    silent = [each for each in policies if each.scope != "change" and not matched[each.id]]
    findings = [
        Finding(
            MATCHED_NOTHING,
            Severity.NOTICE,
            f"policy '{each.id}' matched no resource",
            fix="correct its match, or leave it for the resources to come",
            resource=each.resource.ref,
            field="spec.match",
        )
        for each in silent
        if each.house
    ]
    shipped = listed([f"'{each.id}'" for each in silent if not each.house])
    if shipped:
        findings.append(
            Finding(
                MATCHED_NOTHING,
                Severity.NOTICE,
                f"nothing here is matched by {shipped}",
                fix="nothing to do: it waits for resources that it is about",
            )
        )
    return findings


__all__ = ["PolicyRun", "PolicySet", "compile_alone", "compile_policies", "evaluate"]
