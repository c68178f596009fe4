"""Compares base and head: what changed, what that does to promises, which Decision allows it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from roadgate.model.canonical import text
from roadgate.model.change import Change, Context, JudgeChange, NewDecision, ResourceChange
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import API_VERSION, Config
from roadgate.model.raw import spec_of
from roadgate.model.workflow import STATUS
from roadgate.roadmap.approvals import Electorate
from roadgate.roadmap.decisions import findings, register
from roadgate.roadmap.documents import documents
from roadgate.roadmap.effects import Sides
from roadgate.roadmap.fields import Comparison
from roadgate.roadmap.house import policy_ids
from roadgate.roadmap.identity import Entries, Pair, entries, match, of_kinds, without
from roadgate.roadmap.judge import decided, judge_changes, lost, roots_left
from roadgate.roadmap.lifecycles import workflows
from roadgate.roadmap.moves import Permissions, move_findings, moves, undecided
from roadgate.roadmap.objections import objection
from roadgate.roadmap.observations import kept_rows, observations
from roadgate.roadmap.protection import Protection
from roadgate.roadmap.references import references
from roadgate.roadmap.rules import Rules
from roadgate.roadmap.states import state_of
from roadgate.roadmap.strictness import lifecycle_changes
from roadgate.roadmap.transitions import commitment_findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from roadgate.model.kept import Kept
    from roadgate.model.project import Project
    from roadgate.model.raw import Raw
    from roadgate.model.roadmap import Roadmap
    from roadgate.model.seal import Promise
    from roadgate.model.source import ResourceRef

_JUDGES = frozenset({"Policy", "Team", "Lifecycle"})
"""The kinds whose changes change the judge."""


def compare(  # noqa: PLR0913 - the whole of what a change is judged by, by keyword
    base: Project | None,
    head: Project,
    *,
    base_roadmap: Roadmap | None,
    head_roadmap: Roadmap,
    protected: Mapping[str, Promise | None],
    ended: Collection[str] = frozenset(),
    context: Context | None,
    as_of: date,
    base_sha: str,
    merge_base_sha: str,
    head_sha: str | None,
    judge: Roadmap | None = None,
    used: frozenset[str] = frozenset(),
    settings: tuple[Config, Config] | None = None,
    shipped: Rules | None = None,
    idle: frozenset[ResourceRef] = frozenset(),
    carved: frozenset[str] = frozenset(),
    kept: Kept | None = None,
    further: tuple[JudgeChange, ...] = (),
) -> Change:
    """Everything between ``base``, the merge base, and ``head``, as of the day of the change.

    ``judge`` is the roadmap at the tip of the base branch, whose Teams, settings and Decisions
    count; without it ``base_roadmap`` is. ``protected`` are the initiatives that the history of
    base has sealed, each with the promise that stands where the text of base is not it; ``ended``
    are those whose promise a kill or a settled end has closed. ``used``
    are the Decisions that have counted in that history already. ``settings`` are those
    that the merge base and head hold themselves: with them the change of the judge is told.
    ``shipped`` are the policies that come with roadgate, which bindings may name; ``idle`` those of
    base that are broken, and so judge nothing.
    ``carved`` are the folders with something of base in them that head alone makes projects of
    their own. ``kept`` is what is left
    of head by its own settings, where those leave something out.
    ``further`` is what changes of the judge beside documents and settings.
    """
    judge = judge or base_roadmap
    known, foreign = _of_this_head(context, head_sha)
    electorate = Electorate(judge, known)
    old, new = entries(base, head)
    pairs = match(old, new)
    if kept is not None:
        pairs = without(pairs, kept.refs, "the settings of this change leave it out")
    before, after = settings if settings is not None else (None, None)
    was = documents(base, before)
    now = documents(head, after, was if before == after else None)
    sides = Sides(was, now, _renamed(pairs), as_of)
    moved = tuple(moves(pairs, workflows(judge)))
    decisions = register(
        (each.data for each in judge.decisions.values()) if judge is not None else (),
        _brought(pairs, head_roadmap, judge),
        electorate,
        used=used,
        on=as_of,
        adopting=base is None,
        problem=lambda sanction: objection(sanction, pairs, sides, adopting=base is None),
        moving=frozenset(str(each.ref) for each in moved),
    )
    guard = Protection({**protected, **_reopened(pairs, ended)}, sides.base, base_roadmap)
    rows = kept_rows(head_roadmap, kept)
    observed = observations(guard, sides, base_roadmap, rows, head.unreadable)
    comparison = Comparison(sides, guard, decisions, observed, partial(_is_used, head_roadmap))
    unread = frozenset() if base is None else head.unreadable
    resources = [
        found
        for pair in pairs
        if not _stands(pair, unread) and (found := comparison.resource(pair)) is not None
    ]
    left = [*roots_left(carved), *further] if base is not None else []
    lossy = kept is not None and not new.keys() <= kept.refs
    told = replace(shipped or Rules(), idle=idle, complete=base is None or not base.unreadable)
    judges = of_kinds(old, _JUDGES), of_kinds(new, _JUDGES)
    rules = _rules(settings, judges, told, lossy=lossy)
    ids = policy_ids({**judges[1], **judges[0]})
    change = Change(
        base_sha,
        merge_base_sha,
        head_sha,
        tuple(resources),
        judge=tuple(decided(each, decisions, ids) for each in (*rules, *left)),
        decisions=tuple(sorted((each.known for each in decisions.brought), key=_name)),
        moves=moved,
    )
    permissions = Permissions(decisions, electorate)
    said = (
        *foreign,
        *move_findings(moved, pairs, permissions, _guarded(resources)),
        *(
            _standing(pair)
            for pair in pairs
            if (_stands(pair, unread) or _is_foreign(pair)) and comparison.covers(pair)
        ),
        *findings(decisions, electorate, _states(pairs) if decisions.brought else {}),
        *commitment_findings(change, head_roadmap, as_of, adopting=base is None),
    )
    return replace(change, findings=said)


def _reopened(pairs: Iterable[Pair], ended: Collection[str]) -> dict[str, None]:
    """What had ended, and ends no more: its promise is the one that it ended with."""
    return {
        pair.base.ref.name: None
        for pair in pairs
        if pair.ref.kind == "Initiative" and pair.base and pair.head
        if pair.base.ref.name in ended
        if state_of("Initiative", pair.base.data, STATUS)
        != state_of("Initiative", pair.head.data, STATUS)
    }


def _is_used(head: Roadmap, ref: ResourceRef) -> bool:
    """Whether a resource of head calls another by this name."""
    return any(
        (each.kind, each.name) == (ref.kind, ref.name)
        for resource in head.resources
        for each in references(resource.body)
    )


def _guarded(resources: Iterable[ResourceChange]) -> frozenset[tuple[str, str, str]]:
    """The fields that may not change without a Decision, and have none."""
    return frozenset(
        (each.ref.kind, each.ref.name, field)
        for each in resources
        for field in undecided(each.fields)
    )


def _rules(
    settings: tuple[Config, Config] | None,
    sides: tuple[Entries, Entries],
    shipped: Rules,
    *,
    lossy: bool,
) -> list[JudgeChange]:
    """What the change would do to the judge; whatever setting leaves something out is weaker."""
    if settings is None:
        return []
    weighed = judge_changes(*settings, sides, shipped)
    return [*(lost(each) if lossy else each for each in weighed), *lifecycle_changes(*sides)]


def _of_this_head(
    context: Context | None, head_sha: str | None
) -> tuple[Context | None, tuple[Finding, ...]]:
    """The context, unless it speaks of another head: then nothing of it counts."""
    if context is None or context.speaks_of(head_sha):
        return context, ()
    judged = head_sha or "the working tree"
    finding = Finding(
        "RG042",
        Severity.ERROR,
        f"the context is about {context.head}, and {judged} is checked: it is ignored",
        "run the check again with the context of this head",
    )
    return None, (finding,)


def _renamed(pairs: Sequence[Pair]) -> dict[str, str]:
    """What metrics are called in head, by every name that they had and no other has now."""
    metrics = [pair for pair in pairs if pair.ref.kind == "Metric" and pair.head is not None]
    now = {pair.ref.name for pair in metrics}
    return {name: pair.ref.name for pair in metrics for name in pair.names - now}


def _brought(pairs: Sequence[Pair], head: Roadmap, judge: Roadmap | None) -> Iterator[Raw]:
    """The Decisions that are new: valid in head, and nowhere in base."""
    known = judge.decisions.keys() if judge is not None else frozenset()
    for pair in pairs:
        name = pair.ref.name
        if pair.ref.kind == "Decision" and pair.base is None and name not in known:
            resource = head.decisions.get(name)
            if resource is not None:
                yield resource.data


def _stands(pair: Pair, unreadable: frozenset[str]) -> bool:
    """Whether a resource is missing only because its file does not load any more."""
    return pair.head is None and pair.base is not None and pair.base.path in unreadable


def _is_foreign(pair: Pair) -> bool:
    """Whether head writes it for another version, so that nothing reads it."""
    return (
        pair.base is not None
        and pair.head is not None
        and pair.head.data.get("apiVersion") != API_VERSION
    )


def _standing(pair: Pair) -> Finding:
    path = pair.base.path if pair.base is not None else ""
    return Finding(
        "RG040",
        Severity.NOTICE,
        f"'{pair.ref.name}' is not compared, because '{path}' does not load: its promise stands",
        f"mend '{path}'",
        resource=pair.ref,
    )


def _states(pairs: Sequence[Pair]) -> dict[str, tuple[str, str]]:
    """Status and horizon in head of each initiative, by all of its names."""
    states = {}
    for pair in pairs:
        if pair.ref.kind == "Initiative" and pair.head is not None:
            spec = spec_of(pair.head.data)
            state = (text(spec.get("status")) or "proposed", text(spec.get("horizon")) or "")
            states.update(dict.fromkeys(pair.names, state))
    return states


def _name(decision: NewDecision) -> str:
    return decision.name
