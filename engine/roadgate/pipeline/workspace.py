"""Where the project is, and the trees that it is read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.load.git import Git
from roadgate.load.git_tree import GitTree
from roadgate.load.overlay import OverlayTree
from roadgate.load.trees import FolderTree
from roadgate.model.errors import EnvironmentProblem, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from roadgate.model.tree import Tree

CONFIG = "roadgate.yaml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """One project on disk, and the repository that it lies in."""

    root: Path
    """The project's folder."""
    git: Git | None
    """None outside a git repository."""
    prefix: str
    """The project's folder within the repository: ``""`` or ``"sub/folder/"``."""
    changed: Mapping[str, bytes] = field(default_factory=dict)
    """Files on disk that are read as if they had this content, by path."""
    objects: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """What git's objects hold, by name: the trees of one run have most of them in common."""

    def repository(self) -> Git:
        """The git repository.

        Raises:
            EnvironmentProblem: there is none.
        """
        if self.git is None:
            raise EnvironmentProblem(
                f"'{self.root}' is not in a git repository",
                hint="run git init, or leave out --at and --base",
            )
        return self.git

    def tree(self, revision: str | None, near: Tree | None = None) -> Tree:
        """The project's files at a revision, or on disk; few differ from those of ``near``.

        Raises:
            EnvironmentProblem: git does not know the revision.
        """
        if revision is None:
            folder = FolderTree(self.root)
            return OverlayTree(folder, self.changed) if self.changed else folder
        git = self.repository()
        other = near if isinstance(near, GitTree) else None
        return GitTree(git.folder, git.resolve(revision), self.prefix, self.objects, other)


def find(start: Path) -> Workspace:
    """The project that ``start`` lies in.

    The nearest folder at or above it with a ``roadgate.yaml`` or a ``roadmap`` folder; failing
    that, the top of its git repository; failing that, ``start`` itself.
    """
    folder = start.resolve()
    if not folder.is_dir():
        folder = folder.parent
    git = Git.around(folder)
    top = git.toplevel() if git else None
    root = _project_root(folder, top) or top or folder
    prefix = root.relative_to(top).as_posix() if top and root != top else ""
    return Workspace(root, git, f"{prefix}/" if prefix else "")


def _project_root(folder: Path, top: Path | None) -> Path | None:
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG).exists() or (candidate / "roadmap").is_dir():
            return candidate
        if candidate == top:
            return None
    return None


def selected(workspace: Workspace, paths: tuple[Path, ...]) -> tuple[str, ...]:
    """The paths that a command line names, relative to the project; empty for the whole project.

    Raises:
        UsageError: a path lies outside the project.
    """
    chosen = []
    for path in paths:
        try:
            relative = path.resolve().relative_to(workspace.root).as_posix()
        except ValueError:
            raise UsageError(
                f"'{path}' is not in the project at '{workspace.root}'",
                hint="name paths of one project, or use -C to choose the project",
            ) from None
        chosen.append("" if relative == "." else relative)
    return () if "" in chosen else tuple(chosen)
