"""Read a project at one moment and link it: the first half of every verb."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.load.git import zone
from roadgate.load.positions import locate
from roadgate.load.project import load_project
from roadgate.roadmap.link import linked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from roadgate.evaluate.world import Approval
    from roadgate.model.custom import CustomKind
    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Config, Decision
    from roadgate.model.project import Project
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.source import ResourceRef
    from roadgate.model.tree import Tree
    from roadgate.pipeline.workspace import Workspace
    from roadgate.report.text.excerpt import Source
    from roadgate.roadmap.link import Linked


@dataclass(frozen=True, slots=True)
class Brought:
    """The Decisions that a pull request brings, as far as its context tells of their approval."""

    waiting: Mapping[str, Resource[Decision]] = field(default_factory=dict)
    """Those that nobody has approved: the roadmap is without them."""
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    """Of all of them, whether they are approved."""
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A project at one revision (or on disk), loaded and linked."""

    tree: Tree
    project: Project
    roadmap: Roadmap
    findings: tuple[Finding, ...]
    """Of loading and linking; those of linking have no positions yet."""
    unasked: Linked | None = None
    """What linking has not looked into, which takes its time; None where it has."""
    brought: Brought = field(default_factory=Brought)
    """Decisions of its pull request."""

    def findings_of(self, refs: Collection[ResourceRef]) -> tuple[Finding, ...]:
        """The findings, as far as they can be about some resources."""
        if self.unasked is None:
            return self.findings
        return (*self.findings, *self.unasked.findings(refs))

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with their lines and columns in this reading's files."""
        return locate(findings, self.project, self.tree)


def read(workspace: Workspace, revision: str | None, config: Config | None = None) -> Reading:
    """Read the project of ``workspace`` at a revision, or on disk.

    Args:
        workspace: where the project is.
        revision: a git revision; None reads the files on disk.
        config: settings to read it by, instead of its own.

    Raises:
        EnvironmentProblem: git, or a folder, cannot be read.
    """
    tree = workspace.tree(revision)
    return read_tree(workspace, tree, config)


def read_tree(
    workspace: Workspace,
    tree: Tree,
    config: Config | None = None,
    kinds: Mapping[str, CustomKind] | None = None,
    *,
    quiet: bool = False,
) -> Reading:
    """As ``read``, from a tree that is open already; with ``kinds`` instead of its own.

    ``quiet`` leaves out what linking finds, until it is asked about some resources.
    """
    project = load_project(tree, config=config, kinds=kinds)
    branch = project.config.spec.measurements.ref
    if branch is not None:
        # Observations live on a branch of their own, whatever revision is judged.
        observations = workspace.tree(branch)
        project = load_project(tree, config=config, kinds=kinds, measurements=observations)
    found = linked(project)
    if quiet:
        return Reading(tree, project, found.roadmap, project.findings, unasked=found)
    return Reading(tree, project, found.roadmap, (*project.findings, *found.findings()))


def day(config: Config, as_of: date | None, now: datetime) -> date:
    """The day to judge at: the one asked for, else today in the calendar's time zone."""
    if as_of is not None:
        return as_of
    return now.astimezone(zone(config.spec.calendar.timezone)).date()


def content(tree: Tree, path: str) -> bytes | None:
    """The bytes of a file, for excerpts; None where there is nothing to show."""
    try:
        return tree.read(path)
    except OSError:
        return None


def source_of(tree: Tree) -> Source:
    """Where excerpts of findings in a tree are read from."""
    return lambda path, _: content(tree, path)
