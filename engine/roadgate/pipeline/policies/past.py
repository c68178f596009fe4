"""The files of a project as they were after each commit, each distinct text read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from roadgate.load.discover import normal
from roadgate.load.files import read_file
from roadgate.load.limits import limits_of
from roadgate.load.pathspec import glob
from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.schemas.schema import path_of
from roadgate.model.seal import CommitRecord
from roadgate.model.tree import Entry
from roadgate.pipeline.workspace import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from roadgate.load.git_log import RawCommit
    from roadgate.model.custom import CustomKind
    from roadgate.model.document import Data
    from roadgate.model.kinds import Config
    from roadgate.pipeline.workspace import Workspace

_YAML = (".yaml", ".yml")
_FETCH = "fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in the workflow"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Walk:
    """A stretch of first-parent history, oldest first."""

    commits: tuple[RawCommit, ...]
    texts: Mapping[str, bytes]
    """Every blob's content, by its object name."""
    titles: Mapping[str, str]
    """The first line of each commit's message."""
    merged: Mapping[str, Sequence[str]]
    """The heads that each merge commit brought in."""
    judged: frozenset[str]
    """The commits that are asked about; what came before only leads up to them."""


class PastTree:
    """The files after some commit; taking the next one changes them."""

    revision: str | None = None

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts
        self._files: dict[str, Entry] = {}
        self._sorted: list[str] | None = []

    def take(self, commit: RawCommit) -> None:
        """Bring the files to the state after a commit."""
        self.revision = commit.commit
        for path, blob in commit.changed.items():
            if blob is None:
                self._files.pop(path, None)
                self._sorted = None
            else:
                if path not in self._files:
                    self._sorted = None
                self._files[path] = Entry(path, "file", len(self._texts[blob]), blob)

    def entries(self, roots: Sequence[str]) -> Iterator[Entry]:
        """Every file at or below ``roots``, sorted."""
        if self._sorted is None:
            self._sorted = sorted(self._files)
        folders = [root.strip("/") for root in roots]
        everything = any(folder in ("", ".") for folder in folders)
        prefixes = tuple(f"{folder}/" for folder in folders)
        for path in self._sorted:
            if everything or path in folders or path.startswith(prefixes):
                yield self._files[path]

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises:
            FileNotFoundError: there is none.
        """
        entry = self._files.get(path)
        if entry is None or entry.blob is None:
            raise FileNotFoundError(path)
        return self._texts[entry.blob]


def walk(
    workspace: Workspace,
    config: Config,
    since: str | None,
    kinds: Mapping[str, CustomKind] = MappingProxyType({}),
) -> Walk:
    """The history of a project's files up to HEAD, those of its own kinds included.

    Raises:
        EnvironmentProblem: the history cannot be read, or is not all there.
        UsageError: there is nothing in it to judge.
    """
    git = workspace.repository()
    head = git.head()
    if head is None:
        raise UsageError("there is no history: nothing is committed yet", hint="commit the roadmap")
    if git.is_shallow():
        raise EnvironmentProblem("the history is not there: the clone is shallow", hint=_FETCH)
    paths = config.spec.paths
    schemas = (path_of(each) for kind in kinds.values() for each in kind.schema.documents)
    roots = (*paths.roadmap, *paths.policies, paths.measurements, CONFIG, *schemas)
    taken = (glob(text) for kind in kinds.values() for text in kind.files)
    globs = [each.for_git(workspace.prefix) for each in taken if not each.excludes]
    zone = config.spec.calendar.timezone
    commits = tuple(git.first_parent(head, roots, zone, workspace.prefix, globs))
    judged = _since(workspace, commits, head, since)
    if not judged:
        raise UsageError(
            "there is nothing to judge: no commit since then touches the roadmap",
            hint="name an earlier commit or date with --since",
        )
    blobs = (blob for each in commits for blob in each.changed.values() if blob)
    return Walk(commits, git.blobs(blobs), git.titles(head), git.merged(head), judged)


def _since(
    workspace: Workspace, commits: Sequence[RawCommit], head: str, since: str | None
) -> frozenset[str]:
    if since is None:
        return frozenset(each.commit for each in commits)
    if _DAY.fullmatch(since):
        return frozenset(each.commit for each in commits if each.date.isoformat() >= since)
    later = workspace.repository().later(since, head)
    return frozenset(each.commit for each in commits if each.commit in later)


def record_of(commit: RawCommit, texts: Mapping[str, bytes], config: Config) -> CommitRecord:
    """A commit as promises see it; what does not parse at all is not there."""
    paths = config.spec.paths
    policies = tuple(f"{root.strip('/')}/" for root in paths.policies)
    own = (*policies, *(f"{normal(root)}/" for root in paths.roadmap))
    everywhere = "/" in own  # the project's root itself is one
    limits = limits_of(config)
    changed: dict[str, tuple[Mapping[str, Data], ...] | None] = {}
    for path, blob in commit.changed.items():
        is_own = everywhere or path == CONFIG or path.startswith(own)
        if not is_own or not path.lower().endswith(_YAML):
            continue
        if blob is None:
            changed[path] = None
            continue
        read = read_file(path, texts[blob], limits, policies=path.startswith(policies))
        documents = tuple(each.data for each in read.documents)
        changed[path] = documents if documents or not read.findings else None
    return CommitRecord(commit.commit, commit.date, changed)
