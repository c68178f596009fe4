"""Which issues should be open, and which must be left alone because their state is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.issues import DesiredIssue, KeptIssue
from roadgate.model.seal import SealState
from roadgate.model.verdict import CriterionVerdict, KillVerdict
from roadgate.plan import body, keys, markdown
from roadgate.plan.words import View

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from roadgate.model.kinds.config import GitHub
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Seal
    from roadgate.model.verdict import CriterionResult, InitiativeResult, KillResult, Verdicts

UNKNOWN_CRITERION = frozenset(
    {CriterionVerdict.ERROR, CriterionVerdict.NO_DATA, CriterionVerdict.STALE}
)
UNKNOWN_KILL = frozenset({KillVerdict.ERROR, KillVerdict.NO_DATA, KillVerdict.STALE})
_NAMED = 3


def desired(  # noqa: PLR0913 - the stage's inputs, each of which decides something
    verdicts: Verdicts,
    roadmap: Roadmap,
    seals: Mapping[str, Seal],
    as_of: date,
    *,
    repository_url: str = "",
    broken: Collection[str] = (),
    unreadable: Collection[str] = (),
) -> tuple[tuple[DesiredIssue, ...], tuple[KeptIssue, ...]]:
    """The issues that should be open, and the keys whose issues stay as they are; by key.

    Args:
        verdicts: what was judged, as of ``as_of``.
        roadmap: what was declared.
        seals: the state of each promise, by initiative.
        as_of: the day that is judged.
        repository_url: where files can be looked at, such as ``https://github.com/acme/roadmap``.
        broken: names of initiatives that are declared but failed their schema.
        unreadable: files that could not be read at all: nothing counts as gone while there are any.
    """
    view = View(roadmap, as_of, repository_url)
    wanted: list[DesiredIssue] = []
    kept: list[KeptIssue] = []
    for result in verdicts.initiatives:
        for each in _of_initiative(view, result, seals.get(result.name)):
            if isinstance(each, DesiredIssue):
                wanted.append(each)
            else:
                kept.append(each)
    for name in sorted(broken):
        reason = f"the file of '{name}' is broken, so nothing is known about it today"
        kept.extend(KeptIssue(key, reason) for key in keys.every(name))
    if unreadable:
        some = ", ".join(f"'{path}'" for path in sorted(unreadable)[:_NAMED])
        kept.append(KeptIssue("", f"{some} cannot be read, so nothing counts as gone"))
    return tuple(sorted(wanted, key=_key)), tuple(sorted(kept, key=_key))


def _key(issue: DesiredIssue | KeptIssue) -> str:
    return issue.key


def _of_initiative(
    view: View, result: InitiativeResult, seal: Seal | None
) -> Iterator[DesiredIssue | KeptIssue]:
    unclear = unclear_state(result)
    if unclear:
        yield from (KeptIssue(key, unclear) for key in keys.every(result.name))
    elif is_judged(result):
        yield from _missed(view, result)
        for threshold in result.kill_thresholds:
            yield from _kill(view, result, threshold)
        if seal is not None:
            yield from _seal(view, result, seal)


def is_judged(result: InitiativeResult) -> bool:
    """Whether issues are opened for it: committed, at work or shipped, not killed."""
    return result.horizon == "now" and result.frozen_on is None


def unclear_state(result: InitiativeResult) -> str:
    """Why nothing may be said about a committed initiative today; empty where all is clear."""
    if not is_judged(result):
        return ""
    if result.paused_until is not None:
        return f"'{result.name}' is paused until {result.paused_until.isoformat()}"
    if result.status in ("killed", "proposed"):
        return f"'{result.name}' is in now with status {result.status}, without a kill Decision"
    return ""


def _missed(view: View, result: InitiativeResult) -> Iterator[DesiredIssue | KeptIssue]:
    if _settings(view).grouping == "initiative":
        yield from _missed_issue(view, result, keys.missed(result.name), result.criteria)
        return
    for each in result.criteria:
        yield from _missed_issue(view, result, keys.missed(result.name, each.id), (each,))
    for kept in _missed_issue(view, result, keys.missed(result.name), result.criteria):
        if isinstance(kept, KeptIssue):  # an issue from before grouping was changed
            yield kept


def _missed_issue(
    view: View, result: InitiativeResult, key: str, criteria: tuple[CriterionResult, ...]
) -> Iterator[DesiredIssue | KeptIssue]:
    missed = [each.id for each in criteria if each.verdict is CriterionVerdict.MISSED]
    unknown = [each for each in criteria if each.verdict in UNKNOWN_CRITERION]
    if missed:
        labels = _settings(view).labels
        yield DesiredIssue(
            key=key,
            title=f"{markdown.title(result.title)}: missed {_some(missed)}",
            body=body.missed(view, result, criteria),
            labels=(labels.managed, labels.missed),
            reason=f"missed: {', '.join(missed)}",
            news=f"Missed: {', '.join(f'`{each}`' for each in missed)}.",
        )
    elif unknown:
        states = ", ".join(f"{each.id} is {each.verdict}" for each in unknown)
        yield KeptIssue(key, f"unknown today: {states}")


def _kill(
    view: View, result: InitiativeResult, threshold: KillResult
) -> Iterator[DesiredIssue | KeptIssue]:
    key = keys.kill(result.name, threshold.id)
    if threshold.verdict is KillVerdict.TRIGGERED:
        labels = _settings(view).labels
        on = f" on {threshold.triggered_on.isoformat()}" if threshold.triggered_on else ""
        yield DesiredIssue(
            key=key,
            title=f"{markdown.title(result.title)}: kill review of {threshold.id}",
            body=body.kill(view, result, threshold),
            labels=(labels.managed, labels.kill),
            reason=f"triggered{on}: {threshold.id}",
            news=f"The condition of `{threshold.id}` held{on}, and no Decision answers it.",
        )
    elif threshold.verdict in UNKNOWN_KILL:
        yield KeptIssue(key, f"unknown today: {threshold.id} is {threshold.verdict}")


def _seal(view: View, result: InitiativeResult, seal: Seal) -> Iterator[DesiredIssue | KeptIssue]:
    key = keys.seal(result.name)
    if seal.state is SealState.UNSANCTIONED:
        count = sum(each.decision is None for each in seal.amendments)
        yield DesiredIssue(
            key=key,
            title=f"{markdown.title(result.title)}: the promise was changed without a Decision",
            body=body.seal(view, result, seal),
            labels=(_settings(view).labels.managed,),
            reason="the promise was changed without a Decision",
            news=f"Changes without a Decision: {count}.",
        )
    elif seal.state is SealState.UNKNOWN:
        yield KeptIssue(key, f"the seal is unknown: {seal.reason or 'no history'}")


def _settings(view: View) -> GitHub:
    return view.roadmap.config.spec.github


def _some(ids: list[str]) -> str:
    more = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" and {more} more" if more > 0 else "")
