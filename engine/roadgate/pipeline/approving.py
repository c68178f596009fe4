"""``status`` and ``plan`` on a pull request: what nobody has approved yet counts for nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.pipeline.context import read_context
from roadgate.pipeline.reading import Brought, Reading, read
from roadgate.roadmap.approvals import Electorate, approvers

if TYPE_CHECKING:
    from pathlib import Path

    from roadgate.evaluate.world import Approval
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
    approvals: dict[str, Approval] = {}
    for name, each in reading.roadmap.decisions.items():
        if name not in base.roadmap.decisions:
            answer = electorate.asked(each.body.spec.type).answer
            approvals[name] = "yes" if answer == "nobody" else answer
    waiting = {
        name: each
        for name, each in reading.roadmap.decisions.items()
        if approvals.get(name, "yes") != "yes"
    }
    notes = tuple(
        f"Decision '{each}' does not count: nobody has approved it yet" for each in waiting
    )
    left = {n: each for n, each in reading.roadmap.decisions.items() if n not in waiting}
    roadmap = replace(reading.roadmap, decisions=left)
    brought = Brought(waiting, approvals, tuple(sorted(approvers(context))))
    return replace(reading, roadmap=roadmap, brought=brought), notes


def _head(workspace: Workspace, reading: Reading) -> str | None:
    """The commit that is judged; None for files on disk that differ from it."""
    if reading.tree.revision is not None:
        return workspace.repository().resolve(reading.tree.revision)
    git = workspace.repository()
    return git.head() if git.is_clean() else None
