"""One promise through history: sealed once, amended with Decisions, or changed without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from roadgate.model.canonical import text
from roadgate.model.change import Effect, FieldChange
from roadgate.model.promises import (
    LISTS,
    has_new_criterion,
    items,
    metric_changes,
    promise_changes,
    split,
    with_metric_names,
)
from roadgate.model.sanctions import Sanction, allows, allows_metric, concerns_initiative
from roadgate.model.seal import Amendment, Promise, Seal, SealState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from roadgate.model.document import Data
    from roadgate.model.projection import Written

Item: TypeAlias = "Mapping[str, Data]"
Kept: TypeAlias = Mapping[tuple[str, str], set[str]]
"""List and id to the fields that stay as they were."""

ABSENT = ""
"""The field of an initiative that is no longer declared."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One commit, as one initiative sees it."""

    commit: str | None
    on: date
    """The day that its changes are judged on."""
    day: date | None
    """The date to show: None for what is not committed yet."""
    fresh: Sequence[Sanction]
    """Decisions that this commit brings."""
    waiting: Sequence[Sanction]
    """Earlier Decisions that say what a later change may set."""
    renamed: Mapping[str, str]
    """Metrics that this commit renames, old name to new."""
    called: Callable[[str], frozenset[str]]
    """Every name of a metric, by one of them."""


@dataclass(slots=True)
class Track:
    """The state of one promise while history is replayed."""

    names: frozenset[str]
    commit: str | None
    date: date | None
    sealed: Written
    """What the first seal was made of."""
    seen: Written | None
    """The text that the promise was last held against."""
    pivoted: Promise | None = None
    """What a pivot has promised instead."""
    amended: Promise | None = None
    """The promise with everything that was allowed since; None while it is as it was sealed."""
    amendments: list[Amendment] = field(default_factory=list)
    pending: dict[str, Amendment] = field(default_factory=dict)
    """What differs from ``promised`` without a Decision, by field."""
    used: set[str] = field(default_factory=set)
    """Decisions that have counted: each counts once."""
    over: bool = False
    """Killed, or shipped and settled: no longer protected."""
    shipped: bool = False
    """Shipped, with its Decision."""
    latest: Written | None = None
    """What became of the text while it was not protected."""
    before: Written | None = None
    """The same before the latest commit."""

    @property
    def promised(self) -> Promise:
        """The sealed text with everything that was allowed since."""
        return self.amended or self.sealed.current

    @property
    def metrics(self) -> Collection[str]:
        """The metrics of what is promised."""
        return self.amended.metrics if self.amended is not None else self.sealed.names

    def see(self, written: Written | None, moment: Moment) -> None:
        """Take in what a commit made of the promise; None when it is no longer declared."""
        if self.over:
            self.before, self.latest = self.latest, written
        elif written is None:
            self._disappear(moment)
        elif self._keeps(written) and not moment.renamed:
            return
        else:
            self.seen = written
            if pivot := self._pivot(written.current, moment):
                self._reseal(written.current, moment, pivot)
            else:
                self._compare(written.current, moment)

    def _keeps(self, written: Written) -> bool:
        """Whether the text is the one that was seen before, and that kept the promise."""
        return not self.pending and self.seen is not None and written.is_still(self.seen)

    def end(self) -> None:
        """Protect it no longer."""
        if not self.over:
            self.over = True
            self.before = self.latest = self.seen

    def resume(self, moment: Moment) -> None:
        """Protect it again: the text that stood before this commit is the promise."""
        if self.over:
            self.over = False
            self.amended = self.before.current if self.before is not None else self.promised
            self.seen = self.latest
            self.pending.clear()
            if self.latest is not None:
                self._compare(self.latest.current, moment)

    def seal(self) -> Seal:
        """What is to be said about it in the end."""
        unsanctioned = [self.pending[key] for key in sorted(self.pending)]
        state = SealState.AMENDED if self.amendments else SealState.INTACT
        return Seal(
            state=SealState.UNSANCTIONED if unsanctioned else state,
            commit=self.commit,
            date=self.date,
            sealed=self.pivoted or self.sealed,
            amendments=(*self.amendments, *_by_commit(unsanctioned)),
            judged=self.promised if unsanctioned else None,
            reason=_reason(unsanctioned),
            over=self.over,
            names=tuple(sorted(self.names)),
            used=tuple(sorted(self.used)),
        )

    def _disappear(self, moment: Moment) -> None:
        """Only a kill lets it go."""
        name = self.promised.initiative
        gone = FieldChange(ABSENT, name, None, Effect.EASIER, protected=True)
        if self._decision("", gone, moment) is None:
            self._without(ABSENT, moment)
        else:
            self.pending.pop(ABSENT, None)

    def _pivot(self, promise: Promise, moment: Moment) -> Sanction | None:
        pivots = (
            each
            for each in moment.fresh
            if each.type == "pivot" and concerns_initiative(each, self.names)
        )
        found = next(pivots, None)
        renews = found is not None and has_new_criterion(self.promised, promise, moment.on)
        return found if renews else None

    def _reseal(self, promise: Promise, moment: Moment, pivot: Sanction) -> None:
        self.used.add(pivot.name)
        self.commit, self.date = moment.commit, moment.day
        self.pivoted = self.amended = promise
        self.amendments.clear()
        self.pending.clear()

    def _compare(self, promise: Promise, moment: Moment) -> None:
        promised = with_metric_names(self.promised, moment.renamed)
        refused: set[str] = set()
        allowed: dict[str, list[str]] = {}
        for key, change in _differences(promised, promise, moment.on):
            if not change.effect.needs_decision:
                continue
            decision = self._decision(key, change, moment)
            if decision is None:
                refused.add(_shown(key, change))
                self._without(_shown(key, change), moment)
            else:
                allowed.setdefault(decision, []).append(_shown(key, change))
        for gone in self.pending.keys() - refused:
            del self.pending[gone]
        for decision, fields in allowed.items():
            self.used.add(decision)
            self.amendments.append(Amendment(moment.commit, moment.day, decision, tuple(fields)))
        self.amended = _taken_over(promised, promise, refused)

    def _without(self, name: str, moment: Moment) -> None:
        self.pending.setdefault(name, Amendment(moment.commit, moment.day, None, (name,)))

    def _decision(self, metric: str, change: FieldChange, moment: Moment) -> str | None:
        waiting = [
            each
            for each in moment.waiting
            if each.name not in self.used and not (each.until and each.until < moment.on)
        ]
        for each in (*moment.fresh, *waiting):
            if each.type == "pivot":
                continue  # one that counts has sealed anew already
            if (
                allows_metric(each, change, moment.called(metric))
                if metric
                else allows(each, change, self.names)
            ):
                return each.name
        return None


def _differences(old: Promise, new: Promise, on: date) -> list[tuple[str, FieldChange]]:
    """Each change, with the metric whose definition it is about, or an empty name."""
    found = [("", change) for change in promise_changes(old, new, on)]
    used = {text(item.get("metric")) for _, _, item in items(new)}
    for name in sorted(old.metrics):
        if name in new.metrics:
            found += [(name, each) for each in metric_changes(name, old, new)]
        elif name in used:
            gone = text(old.metrics[name])
            found.append((name, FieldChange(ABSENT, gone, None, Effect.EASIER, protected=True)))
    return found


def _shown(metric: str, change: FieldChange) -> str:
    return f"Metric/{metric} {change.field}".rstrip() if metric else change.field


def _taken_over(old: Promise, new: Promise, refused: set[str]) -> Promise:
    """The new text, except for what changed without a Decision."""
    kept: dict[tuple[str, str], set[str]] = {}
    for each in refused:
        metric, _, own = each.removeprefix("Metric/").partition(" ")
        name, item, last = ("metrics", metric, own[5:]) if "Metric/" in each else split(each)
        kept.setdefault((name, item), set()).add(last)
    criteria, thresholds, guardrails = (
        _merged(getattr(old, attribute), getattr(new, attribute), name, kept)
        for name, attribute in LISTS.items()
    )
    metrics = {**old.metrics, **_merged(old.metrics, new.metrics, "metrics", kept)}
    committed = old.committed if "spec.committed" in refused else new.committed
    return Promise(new.initiative, committed, criteria, thresholds, guardrails, metrics)


def _merged(
    old: Mapping[str, Item], new: Mapping[str, Item], name: str, kept: Kept
) -> dict[str, Item]:
    merged: dict[str, Item] = {}
    for key in [*old, *(each for each in new if each not in old)]:
        fields = kept.get((name, key), set())
        if "" in fields:
            merged[key] = old[key]
        elif key in new:
            was = old.get(key, {})
            changed = {part: value for part, value in new[key].items() if part not in fields}
            merged[key] = changed | {part: was[part] for part in was if part in fields}
    return merged


def _by_commit(amendments: Sequence[Amendment]) -> tuple[Amendment, ...]:
    grouped: dict[tuple[str | None, date | None], list[str]] = {}
    for each in amendments:
        grouped.setdefault((each.commit, each.date), []).extend(each.fields)
    return tuple(
        Amendment(commit, day, None, tuple(fields)) for (commit, day), fields in grouped.items()
    )


def _reason(unsanctioned: Sequence[Amendment]) -> str:
    fields = [name for each in unsanctioned for name in each.fields]
    if ABSENT in fields:
        return "it is no longer declared, and no kill Decision says why"
    return f"changed without a Decision: {', '.join(fields)}" if fields else ""
