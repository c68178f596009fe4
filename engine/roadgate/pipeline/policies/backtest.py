"""``policy backtest``: which merged changes today's policies would have refused, and when.

Each commit of the first-parent history is judged as a pull request on its own day: by the policies,
settings, Teams and Lifecycles of today, with the Decisions that its base had. What it brings itself
waits for an approval that only the forge knows, unless a context file of that change says more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from roadgate.cores import both
from roadgate.evaluate.focus import Focus
from roadgate.evaluate.policies import compile_policies
from roadgate.history.standing import Standing
from roadgate.load.project import load_project
from roadgate.model.backtest import Backtest, PastChange
from roadgate.model.finding import Status
from roadgate.pipeline.bench import Bench, judgement
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.policies.past import PastTree, record_of, walk
from roadgate.pipeline.reading import Reading, read
from roadgate.report.order import ordered
from roadgate.roadmap.compare import compare
from roadgate.roadmap.link import linked
from roadgate.roadmap.links import Links, called, changed_between, measured_between

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from roadgate.load.git_log import RawCommit
    from roadgate.model.change import Change, Context
    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Policy
    from roadgate.model.project import Project
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef
    from roadgate.pipeline.policies.past import Walk
    from roadgate.pipeline.workspace import Workspace

UNREADABLE: Final = frozenset(
    {
        *("RG001", "RG002", "RG003", "RG004", "RG005", "RG006", "RG007", "RG008", "RG009"),
        *("RG014", "RG015", "RG016", "RG020"),
    }
)
"""What a file that does not load is told for, by today's schemas."""
_VERDICTS = frozenset({"verdict", "killVerdict", "itemVerdict"})
_NOBODY = "0" * 40
WORTHWHILE = 100
"""Fewer changes are judged before a copy of the process is made."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to try on history."""

    since: str | None = None
    """A day or a revision; None for all of it."""
    alone: Sequence[Resource[Policy]] = ()
    """Policies that judge instead of those of the project."""
    contexts: Sequence[Context] = ()
    """What the forge knew about changes that were merged."""


def backtest(
    workspace: Workspace, request: Request, progress: Callable[[int, int], None]
) -> Backtest:
    """Judge each merged change; ``progress`` hears how many of how many are done.

    Raises:
        UsageError: there is nothing to judge.
        EnvironmentProblem: the history cannot be read, or is not all there.
    """
    today = read(workspace, None)
    bench, problems = _bench(today, request.alone)
    kinds = bench.policies.vocabulary.kinds
    history = walk(workspace, today.project.config, request.since, kinds)
    told = _told(bench, history, request, progress)
    return Backtest(
        revision=history.commits[-1].commit,
        policies=tuple(each.id for each in bench.policies.policies),
        changes=tuple(told),
        judged=len(history.judged),
        problems=tuple(ordered(today.located(problems))),
        notes=_notes(request),
    )


def _told(
    bench: Bench, history: Walk, request: Request, progress: Callable[[int, int], None]
) -> list[PastChange]:
    """What is to be said about the changes; of a long history, the halves at once."""
    numbers = [
        number for number, commit in enumerate(history.commits) if commit.commit in history.judged
    ]
    if len(numbers) < WORTHWHILE:
        return _Story(bench, history, request).judge(numbers, progress)
    middle = len(numbers) // 2

    def halfway(done: int, total: int) -> None:
        progress(2 * done, 2 * total)

    first, second = both(
        lambda: _Story(bench, history, request).judge(numbers[:middle], halfway),
        lambda: _Story(bench, history, request).judge(numbers[middle:], lambda *_: None),
    )
    return [*first, *second]


def _bench(today: Reading, alone: Sequence[Resource[Policy]]) -> tuple[Bench, list[Finding]]:
    config = today.project.config
    house: Sequence[Resource[Policy]] = tuple(today.roadmap.policies.values())
    if alone:
        ids = {each.body.spec.id for each in alone}
        bindings = tuple(each for each in config.spec.policies.bindings if each.policy in ids)
        update = {"presets": ("none",), "bindings": bindings}
        policies = config.spec.policies.model_copy(update=update)
        spec = config.spec.model_copy(update={"policies": policies})
        house, config = alone, config.model_copy(update={"spec": spec})
    compiled, problems = compile_policies(house, builtin_policies(), config, today.project.governed)
    return Bench(compiled, today.roadmap, config), problems


def _notes(request: Request) -> tuple[str, ...]:
    if request.contexts:
        return ()
    return ("no context file: whether a Decision was approved with its change is unknown",)


class _Story:
    """The project, brought from commit to commit; each change judged by what it started from."""

    def __init__(self, bench: Bench, history: Walk, request: Request) -> None:
        self._bench = bench
        self._history = history
        self._alone = frozenset(each.body.spec.id for each in request.alone)
        self._contexts = {each.head: each for each in request.contexts}
        self._contexts |= {each.evaluated: each for each in request.contexts if each.evaluated}
        self._tree = PastTree(history.texts)
        self._standing = Standing(bench.roadmap.measurements)
        self._links = Links()
        self._linked: dict[ResourceRef, list[Finding]] = {}
        self._base: Reading | None = None
        self._needs_all = any(
            each.words & _VERDICTS and (each.house or each.scope == "portfolio")
            for each in bench.policies.policies
        )

    def judge(
        self, numbers: Sequence[int], progress: Callable[[int, int], None]
    ) -> list[PastChange]:
        """What is to be said about the commits of these numbers, unless they passed."""
        wanted, told = frozenset(numbers), []
        for number, commit in enumerate(self._history.commits[: max(numbers) + 1]):
            self._tree.take(commit)
            if number in wanted or number + 1 in wanted:
                found = self._take(commit, judge=number in wanted)
                if found is not None:
                    told.append(found)
                progress(number + 1, max(numbers) + 1)
            self._standing.take(record_of(commit, self._history.texts, self._bench.config))
        return told

    def _take(self, commit: RawCommit, *, judge: bool) -> PastChange | None:
        """Read the files after a commit, and judge it by what it started from."""
        base = self._base
        self._base, focus = self._read(base)
        if not judge:
            return None
        change = self._change(commit, base, self._base, focus)
        return self._judged(commit, change, base, self._base, focus)

    def _read(self, base: Reading | None) -> tuple[Reading, Focus]:
        """The files of now; what the last change cannot matter to is as it was."""
        kinds = self._bench.policies.vocabulary.kinds
        project = load_project(self._tree, config=self._bench.config, kinds=kinds)
        old = base.project if base is not None else None
        changed, wide = changed_between(old.resources if old else (), project.resources)
        measured = measured_between(old.measurements if old else {}, project.measurements)
        touched = called({*changed, *measured}, old.resources if old else (), project.resources)
        near = touched | self._links.near(touched)
        found = linked(project)
        self._links.take(found.roadmap, changed)
        near |= self._links.near(touched)
        findings = found.findings(near)
        self._linked = {
            **{ref: each for ref, each in self._linked.items() if ref not in near},
            **_by_resource(each for each in findings if each.resource in near),
        }
        rest = [each for each in findings if each.resource is None]
        known = (each for told in self._linked.values() for each in told)
        reading = Reading(self._tree, project, found.roadmap, (*project.findings, *rest, *known))
        return reading, Focus(frozenset(near), wide, bool(measured), self._needs_all)

    def _change(
        self, commit: RawCommit, base: Reading | None, head: Reading, focus: Focus
    ) -> Change:
        old = base.roadmap if base is not None else None
        context = self._context(commit)
        initiatives = old.initiatives if old is not None else {}
        horizons = {name: each.body.spec.horizon for name, each in initiatives.items()}
        refs = {*focus.refs, *self._links.named(focus.refs)}
        paths = {each.path for each in head.project.resources if each.ref in refs}
        paths |= {each.path for each in initiatives.values() if each.ref in refs}
        if base is not None:
            paths |= {each.path for each in base.project.resources if each.ref in refs}
        paths |= commit.changed.keys()
        return compare(
            _part(base.project, paths) if base is not None else None,
            _part(head.project, paths),
            base_roadmap=old,
            head_roadmap=head.roadmap,
            protected=self._standing.protected(horizons),
            ended=self._standing.ended(),
            context=context,
            as_of=commit.date,
            base_sha=_NOBODY,
            merge_base_sha=_NOBODY,
            head_sha=context.head if context is not None else commit.commit,
            judge=self._judge(old) if old is not None else None,
            used=self._standing.used(),
        )

    def _judge(self, old: Roadmap) -> Roadmap:
        """The base, with today's Teams, settings and Lifecycles."""
        today = self._bench.roadmap
        return replace(
            old, lifecycles=today.lifecycles, teams=today.teams, config=self._bench.config
        )

    def _context(self, commit: RawCommit) -> Context | None:
        names = (commit.commit, *self._history.merged.get(commit.commit, ()))
        return next((self._contexts[name] for name in names if name in self._contexts), None)

    def _judged(
        self,
        commit: RawCommit,
        change: Change,
        base: Reading | None,
        head: Reading,
        focus: Focus,
    ) -> PastChange | None:
        found = judgement(
            self._bench,
            change,
            head=head,
            base=base or _nothing(head),
            standing=(base or _nothing(head)).roadmap,
            context=self._context(commit),
            as_of=commit.date,
            focus=focus if base is not None else None,
        )
        new = [each for each in found.findings if each.fails]
        broken = [each for each in new if each.id in UNREADABLE]
        said = [each for each in new if each.id not in UNREADABLE and self._counts(each)]
        outcome = _outcome(said, broken)
        if outcome == "passed":
            return None
        return PastChange(
            commit.commit,
            commit.date,
            self._history.titles.get(commit.commit, ""),
            outcome,
            tuple(_certain_first(ordered(_located(head, said)))),
            tuple(ordered(_located(head, broken))),
        )

    def _counts(self, finding: Finding) -> bool:
        """With policies of their own, nothing else judges."""
        return not self._alone or finding.id in self._alone


def _by_resource(findings: Iterable[Finding]) -> dict[ResourceRef, list[Finding]]:
    found: dict[ResourceRef, list[Finding]] = {}
    for each in findings:
        if each.resource is not None:
            found.setdefault(each.resource, []).append(each)
    return found


def _part(project: Project, paths: Collection[str]) -> Project:
    """The documents of some files: what else there is has not changed."""
    return replace(
        project, documents=tuple(each for each in project.documents if each.path in paths)
    )


def _outcome(
    said: Iterable[Finding], broken: Sequence[Finding]
) -> Literal["refused", "unknown", "passed"]:
    found = list(said)
    if any(each.status is not Status.UNKNOWN for each in found):
        return "refused"
    return "unknown" if found or broken else "passed"


def _certain_first(findings: Iterable[Finding]) -> list[Finding]:
    """What was refused for sure, then what only the forge knew."""
    return sorted(findings, key=lambda each: each.status is Status.UNKNOWN)


def _located(head: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """Places in the files as they were; what is gone has none any more."""
    there = {each.ref for each in head.project.resources} | head.project.broken
    return [
        head.located([each])[0] if each.resource is None or each.resource in there else each
        for each in findings
    ]


def _nothing(head: Reading) -> Reading:
    """A project in which nothing is there yet."""
    project = replace(
        head.project,
        documents=(),
        resources=(),
        broken=frozenset(),
        unreadable=frozenset(),
        measurements={},
        findings=(),
        files=0,
    )
    return Reading(head.tree, project, linked(project).roadmap, ())
