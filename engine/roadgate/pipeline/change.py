"""``check --base``: the base judges what the head changes.

Data is compared from the merge base to the head; policies, settings and Decisions in force are read
at the tip of the base.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.evaluate.bindings import presets
from roadgate.evaluate.known import set_aside
from roadgate.evaluate.named import named_findings
from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.verdicts import Judgements
from roadgate.history.seal import ended, protected, used_decisions
from roadgate.load import baseline
from roadgate.load.discover import projects_within
from roadgate.model.change import Change, Context
from roadgate.model.errors import ExitCode
from roadgate.model.exceptions import Account
from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.kinds import KindDefinition
from roadgate.model.raw import spec_of
from roadgate.model.report import CheckReport
from roadgate.pipeline.baselining import adopted, grown
from roadgate.pipeline.bench import Bench, judgement
from roadgate.pipeline.bound import shipped_packs
from roadgate.pipeline.builtin import builtin_policies
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
    from roadgate.pipeline.workspace import Workspace


def check_change(workspace: Workspace, request: Request, base: str) -> Outcome:
    """Judge what the head changes by the rules of the base.

    Raises:
        UsageError: there is nothing to check, or the context file is wrong.
        EnvironmentProblem: the change cannot be told from the base: nothing was checked.
    """
    context = _context(workspace, request)
    revisions = revisions_of(workspace, base, request.at)
    sides = read_sides(workspace, revisions)
    as_of = day(sides.config, request.as_of, request.now)
    context = _context(workspace, request)
    if revisions.is_empty:
        return _no_changes(sides, revisions, as_of)
    if not sides.head.project.documents and not sides.head.findings and sides.is_first:
        raise nothing_to_check()
    seals = sealed(workspace, sides.judge, as_of)
    change = _compare(workspace, sides, revisions, seals, context, as_of)
    return _judge(sides, change, context, request, as_of)


def _context(workspace: Workspace, request: Request) -> Context | None:
    """The context file; what a merge queue evaluates counts only on top of the head it names."""
    if request.context_file is None:
        return None
    context = read_context(request.context_file)
    if context.evaluated is not None:
        git = workspace.repository()
        if context.head not in git.parents(git.resolve(context.evaluated)):
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


def _compare(  # noqa: PLR0913, PLR0917 - what a comparison rests on, each read once
    workspace: Workspace,
    sides: Sides,
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
        carved=projects_within(sides.head.tree, sides.config)
        - projects_within(sides.base.tree, sides.config),
        kept=None if first else sides.kept,
        further=(
            *grown(baseline.read(sides.judge.tree), baseline.read(sides.head.tree)),
            *definition_changes(sides.base.project.kinds, sides.head.project.kinds),
            *machinery(workspace, revisions, sides),
        ),
    )


def _judge(
    sides: Sides, change: Change, context: Context | None, request: Request, as_of: date
) -> Outcome:
    house = tuple(sides.judge.roadmap.policies.values())
    kinds = sides.judge.project.kinds
    policies, broken = compile_policies(house, builtin_policies(), sides.config, kinds)
    ungated = gate_findings(sides.judge.roadmap, policies, sides.config)
    head = sides.head
    found = judgement(
        Bench(policies, sides.judge.roadmap, sides.config),
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
        *_previews(sides, found.findings, as_of),
        *(_in_base(each) for each in sides.judge.located([*broken, *ungated])),
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
        account=Account(found.exceptions, policies.disabled),
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


def _previews(sides: Sides, judged: Iterable[Finding], as_of: date) -> list[Finding]:
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
        *(each for each in told if _defines(each) and each not in sides.head.findings),
    ]
    run = evaluate(policies, head.roadmap, Judgements(head.roadmap, as_of), None, None, as_of)
    known = {_identity(each) for each in (*judged, *sides.head.findings)}
    previews = [
        replace(each, severity=Severity.NOTICE, status=Status.PREVIEW)
        for each in suppress([*told, *run.findings], head.roadmap, as_of, used=run.used)
        if _identity(each) not in known and each.suppressed is None and not _defines(each)
    ]
    found = [replace(each, new=True) for each in (*broken, *previews)]
    return head.located(found)


def _identity(finding: Finding) -> tuple[object, ...]:
    path = finding.location.path if finding.location is not None else ""
    where = finding.resource or path
    return finding.id, where, finding.field, finding.message


def _defines(finding: Finding) -> bool:
    """Whether a finding is about a KindDefinition: a fault of the judge that is proposed."""
    return finding.resource is not None and finding.resource.kind == KindDefinition.KIND
