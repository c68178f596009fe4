"""Desired issues against actual ones: the changes that bring them in line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.issues import DesiredIssue
from roadgate.model.plan import Place, Plan, PlanProblem
from roadgate.plan import body, keys
from roadgate.plan.census import Census, take
from roadgate.plan.changes import Settled, close, close_duplicate, create, settle
from roadgate.plan.endings import GONE
from roadgate.plan.quiet import quiet_because

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from roadgate.model.issues import ActualIssue, IssueChange, KeptIssue
    from roadgate.model.kinds import Config
    from roadgate.model.plan import Ending

NOWHERE = Place(tracker="local", repository="")


def reconcile(  # noqa: PLR0913 - the stage's inputs, each of which decides something
    desired: Sequence[DesiredIssue],
    kept: Sequence[KeptIssue],
    actual: Iterable[ActualIssue],
    config: Config,
    as_of: date,
    *,
    endings: Mapping[str, Ending] | None = None,
    names: Mapping[str, str] | None = None,
    place: Place = NOWHERE,
    allow: int | None = None,
) -> Plan:
    """The changes after which exactly the desired and the kept issues are open.

    Args:
        desired: the issues that should be open.
        kept: keys whose issues stay as they are; a key covers those below it, ``""`` covers every
            key that nothing else is known about.
        actual: the tracker's issues with the managed label.
        config: labels, limits, trusted authors, quiet days.
        as_of: the day that is judged.
        endings: why other keys may close (``roadgate.plan.endings``).
        names: former names of initiatives to present ones.
        place: where the plan is carried out. Every author is trusted in a local tracker.
        allow: how many issues may be created in this run, instead of ``maxChanges``.
    """
    github = config.spec.github
    trusted = None if place.tracker == "local" else github.trusted_authors
    census = take(actual, github.labels.managed, trusted, names or {})
    wanted, problems = _capped(desired, census, github.max_changes if allow is None else allow)
    own = frozenset((github.labels.managed, github.labels.missed, github.labels.kill))
    outcomes = [_wanted(each, census, own, as_of) for each in wanted]
    outcomes += _unwanted({each.key for each in wanted}, kept, census, endings or {})
    outcomes += [close_duplicate(*pair) for pair in census.duplicates()]
    changes, locked = _writable([change for each in outcomes for change in each.changes], census)
    quiet = quiet_because(config, as_of) if changes else ""
    notes = [note for each in outcomes for note in each.notes] + census.notes()
    return Plan(
        as_of=as_of,
        place=place,
        changes=() if quiet else tuple(changes),
        unchanged=sum(each.unchanged for each in outcomes),
        problems=(*problems, *_strangers(census, wanted), *locked),
        notes=(*([f"{quiet}: {len(changes)} changes wait"] if quiet else []), *notes),
        managed_label=github.labels.managed,
        trusted_authors=trusted,
    )


def _capped(
    desired: Sequence[DesiredIssue], census: Census, limit: int
) -> tuple[list[DesiredIssue], list[PlanProblem]]:
    """What is wanted, with one summary in place of more new issues than ``limit``."""
    new = [each for each in desired if each.key not in census.ours and not census.foreign(each.key)]
    if len(new) <= limit:
        return list(desired), []
    message = f"{len(new)} new issues are wanted, and at most {limit} may be opened at once"
    summary = DesiredIssue(
        key=keys.TOO_MANY,
        title=f"roadgate: {message}",
        body=body.too_many(new, limit),
        labels=(census.label,),
        reason=message,
    )
    fix = f"look at what changed last; if they are right: roadgate apply --allow {len(new)}"
    problem = PlanProblem(key=keys.TOO_MANY, issue=None, message=message, fix=fix)
    known = [each for each in desired if each.key in census.ours]
    return [*known, summary], [problem]


def _wanted(want: DesiredIssue, census: Census, own: frozenset[str], as_of: date) -> Settled:
    ours = census.canonical(want.key)
    if ours is not None:
        return settle(want, ours, own, as_of)
    return Settled() if census.foreign(want.key) else create(want)


def _unwanted(
    wanted: set[str],
    kept: Sequence[KeptIssue],
    census: Census,
    endings: Mapping[str, Ending],
) -> list[Settled]:
    """What happens to our open issues that nobody asked for: kept, or closed with the reason."""
    reasons = {each.key: each.reason for each in kept}
    outcomes: list[Settled] = []
    for key in sorted(census.ours.keys() - wanted):
        ours = census.canonical(key)
        if ours is None or ours.issue.state == "closed":
            continue
        verdict = _nearest(key, reasons, endings)
        if isinstance(verdict, str):
            note = f"issue #{ours.issue.number} ('{key}') is kept as it is: {verdict}"
            outcomes.append(Settled(unchanged=1, notes=(note,)))
        else:
            outcomes.append(close(ours, verdict))
    return outcomes


def _nearest(key: str, kept: Mapping[str, str], endings: Mapping[str, Ending]) -> str | Ending:
    """Why the issue is kept, or why it ends; what speaks of the key most closely decides."""
    for each in keys.covering(key):
        if each in kept:
            return kept[each]
        if each in endings:
            return endings[each]
    return kept.get("", GONE)


def _writable(
    changes: list[IssueChange], census: Census
) -> tuple[list[IssueChange], list[PlanProblem]]:
    """The changes to issues that take comments, and a problem for each that is locked."""
    locked = {each.issue.number: each for found in census.ours.values() for each in found}
    locked = {number: each for number, each in locked.items() if each.issue.locked}
    waiting = sorted({each.issue for each in changes if each.issue in locked})
    problems = [
        PlanProblem(
            key=locked[number].key,
            issue=number,
            message=f"issue #{number} ('{locked[number].key}') has to change and is locked",
            fix="unlock its conversation, or close it and take the label off",
        )
        for number in waiting
    ]
    return [each for each in changes if each.issue not in locked], problems


def _strangers(census: Census, wanted: Sequence[DesiredIssue]) -> list[PlanProblem]:
    """A problem for each marked issue by somebody else that is open or stands in the way."""
    keys_wanted = {each.key for each in wanted}
    return [
        PlanProblem(
            key=key,
            issue=issue.number,
            message=f"issue #{issue.number} is marked as '{key}' but was opened by "
            f"'{issue.author}', who is not trusted",
            fix="add the author to spec.github.trustedAuthors of roadgate.yaml on purpose, or "
            f"take the label '{census.label}' off the issue",
        )
        for key, issue in census.strangers
        if issue.state == "open" or key in keys_wanted
    ]
