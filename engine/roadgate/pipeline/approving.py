"""``status`` and ``plan`` on a pull request: what nobody has approved yet counts for nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.pipeline.context import read_context
from roadgate.pipeline.reading import Reading, read
from roadgate.roadmap.approvals import Electorate

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.model.change import Context
    from roadgate.pipeline.workspace import Workspace


def approved(
    workspace: Workspace, reading: Reading, context_file: Path | None
) -> tuple[Reading, tuple[str, ...]]:
    """The reading without the Decisions that its pull request brings unapproved, and notes.

    Raises:
        UsageError: the context file is wrong.
        EnvironmentProblem: the base that it names cannot be read.
    """
    if context_file is None:
        return reading, ()
    context = read_context(context_file)
    head = _head(workspace, reading)
    if not context.speaks_of(head):
        judged = head or "the files on disk"
        note = f"the context is about {context.head}, and {judged} is judged: it is ignored"
        return reading, (note,)
    return _counted(reading, read(workspace, context.base), context)


def _counted(reading: Reading, base: Reading, context: Context) -> tuple[Reading, tuple[str, ...]]:
    electorate = Electorate(base.roadmap if base.project.documents else None, context)
    decisions = reading.roadmap.decisions
    waiting = [
        name
        for name, each in decisions.items()
        if name not in base.roadmap.decisions
        and electorate.asked(each.body.spec.type).answer in ("no", "unknown")
    ]
    if not waiting:
        return reading, ()
    left = {name: each for name, each in decisions.items() if name not in waiting}
    notes = tuple(
        f"Decision '{each}' does not count: nobody has approved it yet" for each in waiting
    )
    roadmap = replace(reading.roadmap, decisions=left)
    return replace(reading, roadmap=roadmap, uncounted=frozenset(waiting)), notes


def _head(workspace: Workspace, reading: Reading) -> str | None:
    """The commit that is judged; None for files on disk that differ from it."""
    if reading.tree.revision is not None:
        return workspace.repository().resolve(reading.tree.revision)
    git = workspace.repository()
    return git.head() if git.is_clean() else None
