"""Follow each promise through git's history: what was sealed, and what is judged today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.history.seal import seals
from roadgate.load.files import read_file
from roadgate.load.git import is_object
from roadgate.load.limits import DEFAULT
from roadgate.load.yaml_text import parse
from roadgate.model.seal import CommitRecord, Seal
from roadgate.pipeline.workspace import CONFIG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from roadgate.load.git import Git
    from roadgate.load.git_log import RawCommit
    from roadgate.model.document import Data
    from roadgate.pipeline.reading import Reading
    from roadgate.pipeline.workspace import Workspace


def sealed(workspace: Workspace, reading: Reading, as_of: date) -> dict[str, Seal]:
    """The seal of every initiative of ``reading`` that ever was ``now``, by name."""
    git = workspace.git
    why_not = _why_unknown(git, reading.tree.revision)
    if git is None or why_not:
        return seals((), reading.project.documents, complete=False, reason=why_not, as_of=as_of)
    revision = reading.tree.revision or git.head() or "HEAD"
    return seals(
        history(workspace, reading, revision),
        reading.project.documents if reading.tree.revision is None else None,
        complete=True,
        as_of=as_of,
        measurements=reading.roadmap.measurements,
        uncounted=frozenset(reading.brought.waiting),
    )


def history(workspace: Workspace, reading: Reading, revision: str) -> list[CommitRecord]:
    """The first-parent history of the project's files up to ``revision``, oldest first."""
    git = workspace.repository()
    spec = reading.project.config.spec
    commits = git.first_parent(
        revision,
        (*spec.paths.roadmap, CONFIG),
        spec.calendar.timezone,
        workspace.prefix,
    )
    parsed = _parse_each_once(git, commits, workspace.objects, reading.project.texts)
    return [
        CommitRecord(
            commit.commit,
            commit.date,
            {
                path: parsed.get(blob) if blob else None
                for path, blob in commit.changed.items()
                if path.lower().endswith((".yaml", ".yml"))
            },
        )
        for commit in commits
    ]


def _why_unknown(git: Git | None, revision: str | None) -> str:
    if git is None:
        return "the project is not in a git repository"
    if revision is None and git.head() is None:
        return "nothing is committed yet"
    if git.is_shallow():
        return "the clone is shallow: fetch the whole history (fetch-depth: 0)"
    return ""


def _parse_each_once(
    git: Git,
    commits: list[RawCommit],
    objects: Mapping[str, bytes],
    today: Mapping[str, bytes],
) -> dict[str, tuple[Mapping[str, Data], ...] | None]:
    """The documents of each object, with what is known already: objects, and today's files."""
    blobs = {
        blob: path
        for commit in commits
        for path, blob in commit.changed.items()
        if blob and path.lower().endswith((".yaml", ".yml"))
    }
    newest = {path: blob for commit in commits for path, blob in commit.changed.items()}
    known = {**objects, **_unchanged(newest, today, objects)}
    texts = {**known, **git.blobs(blob for blob in blobs if blob not in known)}
    parsed: dict[str, tuple[Mapping[str, Data], ...] | None] = {}
    for blob, path in blobs.items():
        # What stands today is most likely read already, and known there.
        read = (
            read_file(path, texts[blob], DEFAULT, policies=False).documents
            if newest[path] == blob
            else ()
        )
        if read:
            parsed[blob] = tuple(each.data for each in read)
            continue
        documents, findings = parse(texts[blob], path, DEFAULT)
        # Old text is read leniently: whatever still parses counts, unless nothing does.
        parsed[blob] = tuple(each.data for each in documents) if documents or not findings else None
    return parsed


def _unchanged(
    newest: Mapping[str, str | None], today: Mapping[str, bytes], objects: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The objects that files still are today; those that are known already left out."""
    return {
        blob: today[path]
        for path, blob in newest.items()
        if blob and blob not in objects and path in today and is_object(blob, today[path])
    }
