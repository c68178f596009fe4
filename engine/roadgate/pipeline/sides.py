"""The sides of a change: what judges, what it started from, and what it proposes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from roadgate.load import settings
from roadgate.load.discover import CONFIG_PATH
from roadgate.load.project import load_project
from roadgate.model.errors import EnvironmentProblem
from roadgate.model.kept import Kept
from roadgate.model.kinds.config import Paths
from roadgate.pipeline.reading import Reading, content, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Config
    from roadgate.model.tree import Tree
    from roadgate.pipeline.workspace import Workspace
    from roadgate.report.text.excerpt import Source

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
    proposed: Reading
    """Head, by its own KindDefinitions."""
    config: Config
    """What judges: the base's settings, with the roots of both sides."""
    before: settings.Settings
    """The settings that the change started from."""
    own: settings.Settings
    """What the head proposes."""
    kept: Kept | None = None
    """What is left of head by its own settings, where those read otherwise."""

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


def revisions_of(workspace: Workspace, base: str, at: str | None) -> Revisions:
    """The commits that a change lies between; ``at`` None takes the files on disk.

    Raises:
        EnvironmentProblem: the clone is shallow, or base and head have nothing in common.
    """
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


def read_sides(workspace: Workspace, revisions: Revisions) -> Sides:
    """Read all three; where two are the same commit, once."""
    judge = read_tree(workspace, workspace.tree(revisions.base), quiet=True)
    kinds = judge.project.kinds
    tree = workspace.tree(revisions.head, judge.tree)
    own = settings.read(tree)
    config = _judging_config(judge, own)
    base = (
        judge
        if revisions.base == revisions.merge_base and config == judge.project.config
        else read_tree(
            workspace, workspace.tree(revisions.merge_base, judge.tree), config, kinds, quiet=True
        )
    )
    proposed = _head_config(config, own)
    head = read_tree(workspace, tree, proposed, kinds)
    before = settings.read(base.tree)
    told = head
    if head.project.kinds != kinds:
        told = read_tree(workspace, tree, proposed, head.project.kinds)
    return Sides(judge, base, head, told, config, before, own, _kept(tree, before, own))


def _head_config(config: Config, own: settings.Settings) -> Config:
    """The same for head: its observations, connections and approvals are where it says."""
    if own.broken:
        return config
    spec, proposed = config.spec, own.config.spec
    paths = spec.paths.model_copy(update={"measurements": proposed.paths.measurements})
    said = {"connections": proposed.connections, "approvals": proposed.approvals}
    return config.model_copy(update={"spec": spec.model_copy(update={"paths": paths, **said})})


def _kept(tree: Tree, before: settings.Settings, own: settings.Settings) -> Kept | None:
    """What head's own settings read of head; None where they read as before."""
    if before.broken or own.broken or _reading(before.config) == _reading(own.config):
        return None
    project = load_project(tree, config=own.config)
    rows = (each.path for each in project.measurements.values() if each.problem is None)
    return Kept(project.broken | {each.ref for each in project.resources}, frozenset(rows))


def _reading(config: Config) -> tuple[object, ...]:
    """The settings that decide what is read."""
    return config.spec.paths, config.spec.ignore, config.spec.limits


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


def located(sides: Sides, findings: Iterable[Finding]) -> list[Finding]:
    """Positions in head; of what is gone, in base."""
    there = {each.ref for each in sides.head.project.resources} | sides.head.project.broken
    configured = content(sides.head.tree, CONFIG_PATH) is not None

    def is_gone(finding: Finding) -> bool:
        absent = finding.resource not in there if finding.resource is not None else not configured
        return finding.location is None and absent

    every = list(findings)
    gone = iter(sides.base.located([each for each in every if is_gone(each)]))
    rest = iter(sides.head.located([each for each in every if not is_gone(each)]))
    return [_from_base(next(gone)) if is_gone(each) else next(rest) for each in every]


def _from_base(finding: Finding) -> Finding:
    where = finding.location
    return replace(finding, location=replace(where, revision="base")) if where else finding


def source_of(sides: Sides) -> Source:
    """Where excerpts of findings are read from."""

    def read(path: str, revision: Literal["base"] | None) -> bytes | None:
        return content(sides.base.tree if revision == "base" else sides.head.tree, path)

    return read
