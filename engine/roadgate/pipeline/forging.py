"""What GitHub is asked and told about a pull request: its context, and its one status."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.forge.event import Connection, Subject, connection, read_event
from roadgate.forge.github import Api
from roadgate.forge.pulls import Pulls
from roadgate.model.errors import EnvironmentProblem, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadgate.forge.pulls import StatusState
    from roadgate.model.change import Context

RESULTS: dict[str, tuple[StatusState, str]] = {
    "passed": ("success", "the roadmap keeps its policies"),
    "failed": ("failure", "something is missing: see the annotations and the job summary"),
    "awaiting": ("pending", "waits for the approval of a Decision"),
    "not-checked": ("error", "the change was not checked: see the log of the run"),
}
"""What ``check`` found, as a commit status says it. Nothing but a clean run is green."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be judged, and what GitHub knows about it."""

    base: str
    head: str
    pull_request: int | None
    context: Context


def ask(environment: Mapping[str, str]) -> Asked:
    """The pull request of this job, with its author and reviews.

    Raises:
        UsageError: this is no job about a pull request.
        EnvironmentProblem: GitHub cannot be asked, or the pull request moved on meanwhile.
    """
    subject = read_event(environment)
    if subject.kind == "tree":
        raise UsageError(
            f"the event '{subject.event}' is about no pull request",
            hint="run check without --base and --context",
        )
    pulls = _pulls(connection(environment))
    number = subject.pull_request or _number(pulls, subject)
    context = pulls.context(number, subject.pusher)
    if subject.kind == "queue":
        head = subject.head or context.head
        return Asked(subject.base or context.base, head, number, replace(context, evaluated=head))
    if subject.head is not None and subject.head != context.head:
        raise EnvironmentProblem(
            f"pull request {number} has a newer head than this run was started for",
            hint="nothing to do: the newer head has a run of its own",
        )
    base = pulls.tip_of_base(number)
    return Asked(base, context.head, number, replace(context, base=base))


def _pulls(to: Connection) -> Pulls:
    return Pulls(to.repository, Api(to.token, to.api_url, pace=to.pace))


def _number(pulls: Pulls, subject: Subject) -> int:
    found = pulls.with_head(subject.head or "")
    if len(found) != 1:
        raise EnvironmentProblem(
            f"{len(found) or 'no'} open pull requests have the head {subject.head}",
            hint="a pull request that is closed needs no status; open one a head otherwise",
        )
    return found[0]


def context_text(context: Context) -> str:
    """The context file, as ``check --context`` reads it."""
    data: dict[str, object] = {
        "version": 1,
        "pullRequest": context.pull_request,
        "base": context.base,
        "head": context.head,
        "author": context.author,
        "authors": list(context.authors),
        "reviews": [
            {"by": each.by, "state": each.state, "commit": each.commit, "date": str(each.date)}
            for each in context.reviews
        ],
    }
    if context.teams:
        data["teams"] = {team: list(members) for team, members in sorted(context.teams.items())}
    if context.evaluated is not None:
        data["evaluated"] = context.evaluated
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def publish(environment: Mapping[str, str], sha: str, result: str) -> str:
    """Set the status ``roadgate`` of a commit; returns the state that it has now.

    Raises:
        EnvironmentProblem: GitHub refuses it.
    """
    to = connection(environment)
    # A word that nobody knows is no pass.
    state, description = RESULTS.get(result, RESULTS["not-checked"])
    run = environment.get("GITHUB_RUN_ID")
    url = f"{to.server_url}/{to.repository}/actions/runs/{run}" if run else ""
    _pulls(to).set_status(sha, state, description, target_url=url)
    return state
