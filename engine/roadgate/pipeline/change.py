"""``check --base``: the base judges what the head changes.

Data is compared from the merge base to the head; policies, settings and Decisions in force are read
at the tip of the base.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from roadgate.evaluate.bindings import PRESETS
from roadgate.evaluate.policies import PolicySet, compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.verdicts import judge
from roadgate.history.seal import protected, used_decisions
from roadgate.load import settings
from roadgate.load.discover import CONFIG_PATH, projects_within
from roadgate.model.change import Change, Context
from roadgate.model.errors import EnvironmentProblem, ExitCode
from roadgate.model.finding import Finding, Severity, Status
from roadgate.model.kinds.config import Paths
from roadgate.model.raw import spec_of
from roadgate.model.report import CheckReport
from roadgate.model.source import ResourceRef
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.check import (
    Outcome,
    Request,
    content,
    exit_code,
    nothing_to_check,
    selection,
)
from roadgate.pipeline.context import read_context
from roadgate.pipeline.examples import example_findings
from roadgate.pipeline.judging import later_rows
from roadgate.pipeline.promises import sealed
from roadgate.pipeline.reading import Reading, day, read_tree
from roadgate.pipeline.redaction import internal_metrics, redacted_check
from roadgate.report.order import ordered
from roadgate.roadmap.compare import compare
from roadgate.roadmap.rules import Rules
from roadgate.roadmap.transitions import gates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from roadgate.model.change import NewDecision
    from roadgate.model.kinds import Config
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Seal
    from roadgate.pipeline.workspace import Workspace
    from roadgate.report.text.excerpt import Source

_Fingerprint: TypeAlias = tuple[Severity, str, str, str]
_FETCH = "fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in the workflow"


@dataclass(frozen=True, slots=True)
class Revisions:
    """The commits that a change lies between."""

    base: str
    merge_base: str
    head: str | None
    """None for the files on disk."""

    @property
    def is_empty(self) -> bool:
        """Whether head brings nothing that base has not."""
        return self.head == self.merge_base


@dataclass(frozen=True, slots=True)
class Sides:
    """The three readings of a change."""

    judge: Reading
    """The tip of the base: what judges."""
    base: Reading
    """The merge base: what the change started from."""
    head: Reading
    config: Config
    """What judges: the base's settings, with the roots of both sides."""
    before: settings.Settings
    """The settings that the change started from."""
    own: settings.Settings
    """What the head proposes."""

    @property
    def judges(self) -> tuple[Config, Config] | None:
        """The settings before and after; None while the proposed ones cannot be read."""
        if self.before.broken or self.own.broken:
            return None
        return self.before.config, self.own.config

    @property
    def is_first(self) -> bool:
        """Whether the base has no roadmap yet: then the built-in defaults judge."""
        return not self.judge.project.documents and not self.judge.project.findings


def check_change(workspace: Workspace, request: Request, base: str) -> Outcome:
    """Judge what the head changes by the rules of the base.

    Raises:
        UsageError: there is nothing to check, or the context file is wrong.
        EnvironmentProblem: the change cannot be told from the base: nothing was checked.
    """
    revisions = _revisions(workspace, base, request.at)
    sides = _read(workspace, revisions)
    as_of = day(sides.config, request.as_of, request.now)
    if revisions.is_empty:
        return _no_changes(sides, revisions, as_of)
    if not sides.head.project.documents and not sides.head.findings and sides.is_first:
        raise nothing_to_check()
    context = _context(workspace, request)
    seals = sealed(workspace, sides.judge, as_of)
    change = _compare(sides, revisions, seals, context, as_of)
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


def _revisions(workspace: Workspace, base: str, at: str | None) -> Revisions:
    git = workspace.repository()
    tip = git.resolve(base)
    # A clean working tree is its commit: reviews of that commit count for it.
    head = git.resolve(at) if at is not None else git.head() if git.is_clean() else None
    if git.is_shallow():
        raise EnvironmentProblem("not checked: the clone is shallow", hint=_FETCH)
    merge_base = git.merge_base(tip, head or "HEAD")
    if merge_base is None:
        raise EnvironmentProblem(
            f"not checked: '{base}' and the head have no common ancestor", hint=_FETCH
        )
    return Revisions(tip, merge_base, head)


def _read(workspace: Workspace, revisions: Revisions) -> Sides:
    judge = read_tree(workspace, workspace.tree(revisions.base))
    tree = workspace.tree(revisions.head)
    own = settings.read(tree)
    config = _judging_config(judge, own)
    base = (
        judge
        if revisions.base == revisions.merge_base and config == judge.project.config
        else read_tree(workspace, workspace.tree(revisions.merge_base), config)
    )
    head = read_tree(workspace, tree, config)
    return Sides(judge, base, head, config, settings.read(base.tree), own)


def _judging_config(judge: Reading, own: settings.Settings) -> Config:
    """The settings of the base, looking under the roots of both sides."""
    ours = judge.project.config
    if judge.project.config_broken:
        # What a broken base would ask is not known; more is asked rather than less.
        policies = ours.spec.policies.model_copy(update={"presets": ("recommended",)})
        ours = ours.model_copy(update={"spec": ours.spec.model_copy(update={"policies": policies})})
    mine, theirs = ours.spec.paths, own.config.spec.paths
    # No field counts as written by an author: a root of one side may be absent on the other.
    paths = Paths.model_construct(
        _fields_set=set(),
        roadmap=tuple(dict.fromkeys((*mine.roadmap, *theirs.roadmap))),
        policies=tuple(dict.fromkeys((*mine.policies, *theirs.policies))),
        measurements=mine.measurements,
    )
    return ours.model_copy(update={"spec": ours.spec.model_copy(update={"paths": paths})})


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


def _compare(
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
        context=context,
        as_of=as_of,
        base_sha=revisions.base,
        merge_base_sha=revisions.merge_base,
        head_sha=revisions.head,
        judge=None if first else sides.judge.roadmap,
        used=used_decisions(seals),
        settings=None if first else sides.judges,
        shipped=Rules(
            {each.body.spec.id: spec_of(each.data) for each in builtin_policies()}, PRESETS
        ),
        carved=projects_within(sides.head.tree, sides.config)
        - projects_within(sides.base.tree, sides.config),
    )


def _judge(
    sides: Sides, change: Change, context: Context | None, request: Request, as_of: date
) -> Outcome:
    policies, broken = compile_policies(
        tuple(sides.judge.roadmap.policies.values()), builtin_policies(), sides.config
    )
    head = sides.head
    roadmap = _with_standing_decisions(sides)
    verdicts = judge(roadmap, as_of)
    countable = {each.name: _approval(each) for each in change.decisions}
    run = evaluate(
        policies,
        roadmap,
        verdicts,
        change,
        context,
        as_of,
        base=sides.base.roadmap,
        countable=countable,
    )
    found = suppress(
        [*head.findings, *later_rows(head, as_of), *change.findings, *run.findings],
        roadmap,
        as_of,
        countable=countable,
        used=run.used,
        known=policies.known,
    )
    old = Counter(map(_fingerprint, _findings_of(sides.base, policies, as_of)))
    findings = _told_apart(found, old, gates(change), renamed=_renamed(change))
    located = [
        *_located(sides, findings),
        *_previews(sides, findings, as_of),
        *(_in_base(each) for each in sides.judge.located(broken)),
    ]
    if request.all_findings:
        located = [replace(each, new=True) for each in located]
    shown, notes = selection(located, request.paths)
    report = CheckReport(
        as_of=as_of,
        files=head.project.files,
        resources=len(head.project.resources),
        policies=run.policies,
        evaluations=run.evaluations,
        findings=ordered(shown),
        change=change,
        notes=notes,
    )
    source = _source(sides)
    if request.public:
        internal = internal_metrics(sides.judge.roadmap, sides.base.roadmap, head.roadmap)
        report, source = redacted_check(report, source, verdicts, internal)
    return Outcome(report, exit_code(report, config_broken=False), source)


def _in_base(finding: Finding) -> Finding:
    """A fault of the judge itself: told, but no reason to refuse the change that may mend it."""
    where = finding.location
    return replace(finding, new=False, location=replace(where, revision="base") if where else None)


def _approval(decision: NewDecision) -> Literal["yes", "no", "unknown"]:
    """Whether a new Decision counts as one of base would."""
    if decision.problem:
        return "no"
    return decision.approval or "yes"


def _with_standing_decisions(sides: Sides) -> Roadmap:
    """The head's roadmap, with every Decision of base as base has it: edits do not count."""
    standing = sides.judge.roadmap.decisions
    decisions = {**sides.head.roadmap.decisions, **standing}
    return replace(sides.head.roadmap, decisions=dict(sorted(decisions.items())))


def _findings_of(reading: Reading, policies: PolicySet, as_of: date) -> list[Finding]:
    """What the same rules say of the base: errors that the change did not bring."""
    run = evaluate(policies, reading.roadmap, judge(reading.roadmap, as_of), None, None, as_of)
    findings = suppress([*reading.findings, *run.findings], reading.roadmap, as_of, used=run.used)
    return [each for each in findings if each.suppressed is None]


def _fingerprint(finding: Finding) -> _Fingerprint:
    """What makes a finding the same one in base and head: no line, no wording.

    What was a notice and has become an error is another one.
    """
    if finding.resource is not None:
        return finding.severity, finding.id, str(finding.resource), finding.field or ""
    path = finding.location.path if finding.location is not None else ""
    return finding.severity, finding.id, path, finding.field or finding.message


def _told_apart(
    findings: Iterable[Finding],
    old: Counter[_Fingerprint],
    passed: Mapping[str, tuple[str, ...]],
    renamed: Mapping[ResourceRef, ResourceRef],
) -> list[Finding]:
    """Each finding with whether the change brought it; gates that a move must pass are errors."""
    told = []
    left = Counter(old)
    for finding in findings:
        ref = finding.resource
        if ref is not None and ref.kind == "Initiative" and finding.id in passed.get(ref.name, ()):
            told.append(_gate(finding))
            continue
        former = renamed.get(ref, ref) if ref is not None else None
        known = _fingerprint(replace(finding, resource=former))
        told.append(replace(finding, new=left[known] <= 0))
        left[known] -= 1
    return told


def _gate(finding: Finding) -> Finding:
    """A finding that stands in the way of a move: an error, whatever the policy's binding says."""
    return replace(finding, severity=Severity.ERROR, new=True)


def _renamed(change: Change) -> dict[ResourceRef, ResourceRef]:
    return {
        each.ref: ResourceRef(each.ref.kind, each.former_name)
        for each in change.resources
        if each.former_name is not None
    }


def _located(sides: Sides, findings: Iterable[Finding]) -> list[Finding]:
    """Positions in head; of what is gone, in base."""
    there = {each.ref for each in sides.head.project.resources} | sides.head.project.broken
    configured = content(sides.head.tree, CONFIG_PATH) is not None
    located = []
    for finding in findings:
        absent = finding.resource not in there if finding.resource is not None else not configured
        gone = finding.location is None and absent
        (found,) = (sides.base if gone else sides.head).located([finding])
        if gone and found.location is not None:
            found = replace(found, location=replace(found.location, revision="base"))
        located.append(found)
    return located


def _previews(sides: Sides, judged: Iterable[Finding], as_of: date) -> list[Finding]:
    """What the head's own policies and settings would say, once merged."""
    own = sides.own
    house = tuple(sides.head.roadmap.policies.values())
    before = tuple(each.data for each in sides.judge.roadmap.policies.values())
    if own.broken or (
        own.config == sides.judge.project.config and tuple(each.data for each in house) == before
    ):
        return []
    policies, broken = compile_policies(house, builtin_policies(), own.config)
    broken = [*broken, *example_findings(house, own.config)]
    run = evaluate(
        policies, sides.head.roadmap, judge(sides.head.roadmap, as_of), None, None, as_of
    )
    known = {(each.id, each.resource, each.field, each.message) for each in judged}
    previews = [
        replace(each, severity=Severity.NOTICE, status=Status.PREVIEW)
        for each in suppress(run.findings, sides.head.roadmap, as_of, used=run.used)
        if (each.id, each.resource, each.field, each.message) not in known
        and each.suppressed is None
    ]
    found = [replace(each, new=True) for each in (*broken, *previews)]
    return sides.head.located(found)


def _source(sides: Sides) -> Source:
    def read(path: str, revision: Literal["base"] | None) -> bytes | None:
        return content(sides.base.tree if revision == "base" else sides.head.tree, path)

    return read
