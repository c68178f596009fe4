"""Carry a plan out: the only place that decides in which order a tracker is written to.

A run may end at any call. Whatever was done by then, the next plan starts from what is there:
an issue is found by its marker, a comment by its event, and closing or reopening comes after the
comment that says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.model.errors import EnvironmentProblem, UsageError
from roadgate.model.managed import block_of, event_of, is_ours, key_of, observed, with_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from roadgate.model.issues import ActualIssue, IssueChange, Tracker
    from roadgate.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a plan."""

    done: tuple[IssueChange, ...] = ()
    moved: tuple[str, ...] = ()
    """What is no longer as the plan saw it; then nothing was done."""
    created: dict[str, int] = field(default_factory=dict)
    """Key to the number of the issue that this run opened."""
    problems: tuple[str, ...] = ()
    """What a person has to sort out although everything was done."""


def apply(
    plan: Plan, tracker: Tracker, *, progress: Callable[[IssueChange], None] = lambda _: None
) -> Applied:
    """Make every change of the plan, or none if the tracker is not as the plan saw it.

    Args:
        plan: from ``roadgate.plan.reconcile``, perhaps saved in between.
        tracker: the one that the plan was made for.
        progress: told of each change once it is made.

    Raises:
        UsageError: the plan was made for another tracker.
        EnvironmentProblem: the tracker failed on the way; run again to go on from there.
    """
    _check_place(plan, tracker)
    if not plan.changes:
        return Applied()
    moved = _moved(plan, tracker.issues(plan.managed_label))
    if moved:
        return Applied(moved=tuple(moved))
    tracker.ensure_labels(_labels(plan))
    run = _Run(plan, tracker)
    for change in plan.changes:
        try:
            run.make(change)
        except EnvironmentProblem as problem:
            raise _interrupted(problem, len(run.done), len(plan.changes)) from problem
        progress(change)
    return Applied(tuple(run.done), (), run.created, tuple(run.confirm()))


def _check_place(plan: Plan, tracker: Tracker) -> None:
    made_for = (plan.place.tracker, plan.place.repository)
    if made_for != (tracker.name, tracker.repository):
        raise UsageError(
            f"the plan was made for '{plan.place.repository}' ({plan.place.tracker}), "
            f"not for '{tracker.repository}' ({tracker.name})",
            hint="make a plan for this tracker: roadgate plan --out plan.json",
        )


def _moved(plan: Plan, now: Iterable[ActualIssue]) -> list[str]:
    """What differs from the plan's view: issues that changed, are gone, or appeared."""
    issues = {issue.number: issue for issue in now}
    ours = _ours(plan, issues.values())
    moved: dict[str, None] = {}
    for change in plan.changes:
        if change.issue is None:
            for issue in ours.get(change.key, ()):
                moved[f"issue #{issue.number} ('{change.key}') appeared since"] = None
        elif change.issue not in issues:
            moved[f"issue #{change.issue} ('{change.key}') is gone, or lost its label"] = None
        elif observed(issues[change.issue]) != change.observed:
            moved[f"issue #{change.issue} ('{change.key}') was changed since"] = None
    return list(moved)


def _ours(plan: Plan, issues: Iterable[ActualIssue]) -> dict[str, list[ActualIssue]]:
    """Our issues by key, the oldest first."""
    found: dict[str, list[ActualIssue]] = {}
    for issue in sorted(issues, key=lambda each: each.number):
        key = key_of(issue.body)
        if key is not None and is_ours(issue, plan.trusted_authors):
            found.setdefault(key, []).append(issue)
    return found


def _labels(plan: Plan) -> tuple[str, ...]:
    """The labels that the plan puts on issues."""
    putting = (change for change in plan.changes if change.action in ("create", "update"))
    return tuple(sorted({label for change in putting for label in change.labels}))


def _interrupted(problem: EnvironmentProblem, done: int, total: int) -> EnvironmentProblem:
    progress = f"{done} of {total} changes were made; run apply again to go on"
    hint = f"{problem.hint}; {progress}" if problem.hint else progress
    return EnvironmentProblem(problem.message, hint=hint)


def _unseen(key: str, number: int, author: str | None) -> str:
    """Why an issue that was opened is not found again."""
    if author is None:
        return f"issue #{number} ('{key}') was opened and is not in the list"
    return (
        f"issue #{number} ('{key}') was opened as '{author}', who is not in "
        "spec.github.trustedAuthors: the next run will not take it for roadgate's"
    )


class _Run:
    """One pass over a plan, with what it did so far."""

    def __init__(self, plan: Plan, tracker: Tracker) -> None:
        self._plan = plan
        self._tracker = tracker
        self.done: list[IssueChange] = []
        self.created: dict[str, int] = {}
        """Keys reserved by this run: none is created twice, whatever the list shows."""

    def make(self, change: IssueChange) -> None:
        """Make one change.

        Raises:
            EnvironmentProblem: it could not be made, or nobody knows whether it was.
        """
        if change.issue is None:
            self._create(change)
        else:
            self._change(change, change.issue)
        self.done.append(change)

    def _change(self, change: IssueChange, number: int) -> None:
        if change.action in ("comment", "close", "reopen"):
            self._say(number, change.body)
        if change.action in ("update", "label"):
            self._tracker.update(number, title=change.title, body=change.body, labels=change.labels)
        elif change.action == "close":
            self._tracker.close(number, change.close_reason or "completed")
        elif change.action == "reopen":
            self._tracker.reopen(number)

    def _create(self, change: IssueChange) -> None:
        """Open an issue. If the answer is lost, look for the marker; never send it again."""
        if change.key in self.created:
            return
        try:
            number = self._tracker.create(change.title, change.body, change.labels)
        except EnvironmentProblem:
            found = self._listed().get(change.key)
            if not found:
                raise
            number = found[0].number
        self.created[change.key] = number

    def _say(self, number: int, comment: str) -> None:
        """Comment, unless our last comment there says the same already."""
        event = event_of(comment)
        told = [each for each in map(event_of, self._tracker.comments(number)) if each]
        if event is None or told[-1:] != [event]:
            self._tracker.comment(number, comment)

    def confirm(self) -> list[str]:
        """List once more, and close what a second run opened for the same keys meanwhile."""
        if not self.created:
            return []
        issues = self._tracker.issues(self._plan.managed_label)
        listed = _ours(self._plan, issues)
        authors = {each.number: each.author for each in issues}
        problems: list[str] = []
        for key, number in self.created.items():
            opened = [each for each in listed.get(key, []) if each.state == "open"]
            for younger in opened[1:]:
                self._close_duplicate(younger, opened[0].number)
            if not opened:
                problems.append(_unseen(key, number, authors.get(number)))
        return problems

    def _close_duplicate(self, younger: ActualIssue, number: int) -> None:
        block = block_of(younger.body)
        if block is not None:
            body = block.marked(closed="by-roadgate").body()
            self._tracker.update(
                younger.number, title=younger.title, body=body, labels=younger.labels
            )
        self._say(younger.number, with_event(f"Closed: duplicate of #{number}."))
        self._tracker.close(younger.number, "not_planned")

    def _listed(self) -> dict[str, list[ActualIssue]]:
        return _ours(self._plan, self._tracker.issues(self._plan.managed_label))
