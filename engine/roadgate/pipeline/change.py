"""``check --base``: the base judges what the head changes.

Data is compared from the merge base to the head; policies, settings and Decisions in force are read
at the tip of the base.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.evaluate.bindings import presets
from roadgate.evaluate.compiler import BROKEN
from roadgate.evaluate.far_off import far_off
from roadgate.evaluate.known import set_aside
from roadgate.evaluate.named import named_findings
from roadgate.evaluate.policies import PolicySet, compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.verdicts import Judgements
from roadgate.history.seal import ended, protected, used_decisions
from roadgate.load import baseline
from roadgate.model.change import Change, Context
from roadgate.model.errors import ExitCode
from roadgate.model.exceptions import Account
from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.kinds import KindDefinition, Policy
from roadgate.model.raw import spec_of
from roadgate.model.report import CheckReport
from roadgate.pipeline.baselining import adopted, grown
from roadgate.pipeline.bench import Bench, judgement
from roadgate.pipeline.bound import shipped_packs
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.carving import carved
from roadgate.pipeline.context import read_context
from roadgate.pipeline.examples import example_findings
from roadgate.pipeline.gates import gate_findings
from roadgate.pipeline.machinery import machinery
from roadgate.pipeline.outcome import Outcome, Request, exit_code, nothing_to_check, selection
from roadgate.pipeline.promises import sealed
from roadgate.pipeline.reading import content, day
from roadgate.pipeline.redaction import internal_metrics, redacted_check
from roadgate.pipeline.rules import rules
from roadgate.pipeline.sides import Revisions, Sides, located, read_sides, revisions_of, source_of
from roadgate.report.order import ordered
from roadgate.roadmap.compare import compare
from roadgate.roadmap.definitions import definition_changes
from roadgate.roadmap.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Seal
    from roadgate.model.source import ResourceRef
    from roadgate.pipeline.workspace import Workspace


def check_change(workspace: Workspace, request: Request, base: str) -> Outcome:
    """Judge what the head changes by the rules of the base.

    Raises:
        UsageError: there is nothing to check, or the context file is wrong.
        EnvironmentProblem: the change cannot be told from the base: nothing was checked.
    """
    context = _context(workspace, request)  # a wrong file is told before anything is read
    revisions = revisions_of(workspace, base, request.at)
    sides = read_sides(workspace, revisions)
    as_of = day(sides.config, request.as_of, request.now)
    if revisions.is_empty:
        return _no_changes(sides, revisions, as_of)
    if not sides.head.project.documents and not sides.head.findings and sides.is_first:
        raise nothing_to_check()
    seals = sealed(workspace, sides.judge, as_of)
    judge = _judge_of(sides)
    change = _compare(workspace, sides, judge, revisions, seals, context, as_of)
    return _judge(sides, judge, change, context, request, as_of)


def _context(workspace: Workspace, request: Request) -> Context | None:
    """The context file; what a merge queue evaluates counts only on top of the head it names."""
    if request.context_file is None:
        return None
    context = read_context(request.context_file)
    if context.evaluated is not None:
        git = workspace.repository()
        if not (git.has(context.evaluated) and context.head in git.parents(context.evaluated)):
            return replace(context, evaluated=None)
    return context


def _no_changes(sides: Sides, revisions: Revisions, as_of: date) -> Outcome:
    project = sides.head.project
    change = Change(revisions.base, revisions.merge_base, revisions.head)
    report = CheckReport(
        as_of=as_of,
        files=project.files,
        resources=len(project.resources),
        policies=0,
        evaluations=0,
        change=change,
    )
    return Outcome(report, ExitCode.OK, lambda path, _: content(sides.head.tree, path))


@dataclass(frozen=True, slots=True)
class _Judge:
    """The policies of the base, and what is wrong with them."""

    policies: PolicySet
    broken: tuple[Finding, ...]
    """Policies, bindings and gates that mean nothing there."""


def _judge_of(sides: Sides) -> _Judge:
    house = tuple(sides.judge.roadmap.policies.values())
    kinds = sides.judge.project.kinds
    policies, broken = compile_policies(house, builtin_policies(), sides.config, kinds)
    ungated = gate_findings(sides.judge.roadmap, policies, sides.config)
    return _Judge(policies, (*broken, *ungated))


def _compare(  # noqa: PLR0913, PLR0917 - what a comparison rests on, each read once
    workspace: Workspace,
    sides: Sides,
    judge: _Judge,
    revisions: Revisions,
    seals: dict[str, Seal],
    context: Context | None,
    as_of: date,
) -> Change:
    first = sides.is_first
    initiatives = sides.base.roadmap.initiatives
    horizons = {name: each.body.spec.horizon for name, each in initiatives.items()}
    return compare(
        None if first else sides.base.project,
        sides.head.project,
        base_roadmap=None if first else sides.base.roadmap,
        head_roadmap=sides.head.roadmap,
        protected=protected(seals, horizons),
        ended=ended(seals),
        context=context,
        as_of=as_of,
        base_sha=revisions.base,
        merge_base_sha=revisions.merge_base,
        head_sha=revisions.head,
        judge=None if first else sides.judge.roadmap,
        used=used_decisions(seals),
        settings=None if first else sides.judges,
        shipped=Rules(
            {each.body.spec.id: spec_of(each.data) for each in builtin_policies()},
            presets(builtin_policies()),
            shipped_packs(),
        ),
        idle=_idle(sides, judge),
        carved=carved(sides),
        kept=None if first else sides.kept,
        further=(
            *grown(baseline.read(sides.judge.tree), baseline.read(sides.head.tree)),
            *definition_changes(sides.base.project.kinds, sides.head.project.kinds),
            *machinery(workspace, revisions, sides),
        ),
    )


def _idle(sides: Sides, judge: _Judge) -> frozenset[ResourceRef]:
    """The policies of base that are there and judge nothing, because they are broken."""
    faults = (each.resource for each in judge.broken if each.id == BROKEN and each.fails)
    found = {*sides.judge.project.broken, *faults}
    return frozenset(each for each in found if each is not None and each.kind == Policy.KIND)


def _judge(  # noqa: PLR0913, PLR0917 - the whole of what is judged, and by what
    sides: Sides,
    judge: _Judge,
    change: Change,
    context: Context | None,
    request: Request,
    as_of: date,
) -> Outcome:
    head = sides.head
    found = judgement(
        Bench(judge.policies, sides.judge.roadmap, sides.config),
        change,
        head=head,
        base=sides.base,
        standing=sides.judge.roadmap,
        context=context,
        as_of=as_of,
    )
    known = baseline.read(sides.judge.tree), baseline.read(sides.head.tree)
    placed = [
        *located(sides, found.findings),
        *_previews(sides, judge, found.findings, as_of),
        *(_in_base(each) for each in sides.judge.located(judge.broken)),
    ]
    placed += [*adopted(*known), *(_in_base(each) for each in known[0].findings)]
    if request.all_findings:
        placed = [replace(each, new=True) for each in placed]
    else:
        placed = set_aside(ordered(placed), known[0].baseline)
    shown, notes = selection(placed, request.paths)
    report = CheckReport(
        as_of=as_of,
        files=head.project.files,
        resources=len(head.project.resources),
        policies=found.run.policies,
        evaluations=found.run.evaluations,
        findings=ordered(shown),
        change=change,
        notes=notes,
        account=Account(found.exceptions, judge.policies.disabled),
        rules=rules(sides.judge.roadmap, head.roadmap),
    )
    source = source_of(sides)
    if request.public:
        internal = internal_metrics(sides.judge.roadmap, sides.base.roadmap, head.roadmap)
        report, source = redacted_check(report, source, found.verdicts.all(), internal)
    return Outcome(report, exit_code(report, config_broken=False), source)


def _in_base(finding: Finding) -> Finding:
    """A fault of the judge itself: told, but no reason to refuse the change that may mend it."""
    where = finding.location
    return replace(finding, new=False, location=replace(where, revision="base") if where else None)


def _judging(roadmap: Roadmap) -> tuple[object, ...]:
    """The documents that judge."""
    return tuple(each.data for each in (*roadmap.policies.values(), *roadmap.lifecycles.values()))


def _previews(sides: Sides, judge: _Judge, judged: Iterable[Finding], as_of: date) -> list[Finding]:
    """What the head's own policies and settings would say, once merged."""
    own = sides.own
    head = sides.proposed
    house = tuple(head.roadmap.policies.values())
    if own.broken or (
        head is sides.head
        and own.config == sides.judge.project.config
        and _judging(sides.head.roadmap) == _judging(sides.judge.roadmap)
    ):
        return []
    kinds = head.project.kinds
    policies, broken = compile_policies(house, builtin_policies(), own.config, kinds)
    told = head.findings if head is not sides.head else ()
    broken = [
        *broken,
        *example_findings(house, own.config, kinds),
        *gate_findings(head.roadmap, policies, own.config),
        *named_findings(policies.policies, head.roadmap),
        *far_off(own.config, as_of),
        *(each for each in told if _defines(each) and each not in sides.head.findings),
    ]
    run = evaluate(policies, head.roadmap, Judgements(head.roadmap, as_of), None, None, as_of)
    known = {_identity(each) for each in (*judged, *sides.head.findings)}
    previews = [
        replace(each, severity=Severity.NOTICE, status=Status.PREVIEW)
        for each in suppress([*told, *run.findings], head.roadmap, as_of, used=run.used)
        if _identity(each) not in known and each.suppressed is None and not _defines(each)
    ]
    old = _faults(sides, judge)
    faults = [each for each in broken if _identity(each) not in old]
    found = [replace(each, new=True) for each in (*faults, *previews)]
    return head.located(found)


def _faults(sides: Sides, judge: _Judge) -> set[tuple[object, ...]]:
    """What is wrong with the judge already: it is told of base, and no reason to refuse."""
    house = tuple(sides.judge.roadmap.policies.values())
    examples = example_findings(house, sides.judge.project.config, sides.judge.project.kinds)
    named = named_findings(judge.policies.policies, sides.judge.roadmap)
    return {_identity(each) for each in (*judge.broken, *examples, *named)}


def _identity(finding: Finding) -> tuple[object, ...]:
    path = finding.location.path if finding.location is not None else ""
    where = finding.resource or path
    return finding.id, where, finding.field, finding.message


def _defines(finding: Finding) -> bool:
    """Whether a finding is about a KindDefinition: a fault of the judge that is proposed."""
    return finding.resource is not None and finding.resource.kind == KindDefinition.KIND
