"""What a change does to each field of one resource, and which Decision allows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from roadgate.model.canonical import text
from roadgate.model.change import Effect, FieldChange, ResourceChange
from roadgate.model.projection import connections_of, project_from
from roadgate.model.promises import (
    LISTS,
    metric_changes,
    promise_changes,
    split,
    with_metric_names,
)
from roadgate.model.raw import name_of, spec_of
from roadgate.model.sanctions import (
    ENDINGS,
    allows,
    allows_evidence,
    allows_metric,
    allows_observation,
)
from roadgate.model.source import ResourceRef
from roadgate.model.workflow import HORIZON, STATUS
from roadgate.roadmap.effects import (
    CHANGES,
    Sides,
    definition_only,
    free_changes,
    initiative_changes,
    metric_field_changes,
    only_metrics,
)
from roadgate.roadmap.observations import PREFIX as ROWS
from roadgate.roadmap.observations import shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadgate.model.raw import Raw
    from roadgate.model.seal import Promise
    from roadgate.roadmap.decisions import Allows, Register
    from roadgate.roadmap.identity import Pair
    from roadgate.roadmap.observations import Observed
    from roadgate.roadmap.protection import Protection


_ALIASES = "metadata.aliases"
_CONCERNS = {
    "initiative": "Initiative",
    "over": "Initiative",
    "metric": "Metric",
    "evidence": "Evidence",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What every pair is compared with."""

    sides: Sides
    protection: Protection
    decisions: Register
    observed: Observed
    uses: Callable[[ResourceRef], bool]
    """Whether anything in head still uses a name."""

    def covers(self, pair: Pair) -> bool:
        """Whether the promise behind a pair is protected."""
        return self.protection.covers(pair)

    def resource(self, pair: Pair) -> ResourceChange | None:
        """What the change does to one resource; None where that is nothing."""
        base, head = pair.base, pair.head
        if self._is_untouched(pair):
            return None
        protected = self.covers(pair)
        allow = self._allows(pair)
        self._heal(pair, allow)
        fields = tuple(
            self.decisions.allow(replace(each, protected=protected), allow)
            for each in (*self._fields(pair), *self._rows(pair, protected=protected))
        )
        fields = shortened(fields)
        action = _action(pair, changed=bool(fields))
        if action is None:
            return None
        return ResourceChange(
            action,
            pair.ref,
            base.path if base is not None else None,
            head.path if head is not None else None,
            fields,
            pair.former_name,
        )

    def _is_untouched(self, pair: Pair) -> bool:
        """Whether nothing is to be said: most pairs of a large roadmap are alike."""
        if pair.base is None or pair.head is None or pair.base.path != pair.head.path:
            return False
        if pair.base is not pair.head and pair.base.data != pair.head.data:
            return False
        match pair.ref.kind:
            case "Initiative":
                return self._standing(pair) is None
            case "Metric":
                return not self._is_reconnected(pair) and not self._is_measured_anew(pair)
        return True

    def _is_measured_anew(self, pair: Pair) -> bool:
        if pair.base is None or self.observed.stand(pair.base.ref.name, pair.ref.name):
            return False
        return bool(self._rows(pair, protected=self.covers(pair)))

    def _is_reconnected(self, pair: Pair) -> bool:
        """Whether a metric's source leads elsewhere, by the settings alone."""
        if pair.ref.kind != "Metric" or pair.base is None or pair.head is None:
            return False
        if connections_of(self.sides.base) == connections_of(self.sides.head):
            return False
        if not spec_of(pair.base.data).get("source"):
            return False
        before = definition_only(pair.base.data, self.sides.base)
        after = definition_only(pair.head.data, self.sides.head)
        return before.metrics[""].get("connection") != after.metrics[""].get("connection")

    def _rows(self, pair: Pair, *, protected: bool) -> list[FieldChange]:
        """What becomes of the recorded rows of a metric that both sides declare."""
        if pair.ref.kind != "Metric" or pair.base is None or pair.head is None:
            return []
        return self.observed.changes(pair.base.ref.name, pair.head.ref.name, protected=protected)

    def _heal(self, pair: Pair, allow: Allows) -> None:
        """Let new Decisions count that allow what was changed past everybody before."""
        standing = self._standing(pair)
        text = project_from(self.sides.head, pair.ref.name) if standing is not None else None
        if standing is not None and text is not None and pair.head is not None:
            for each in self._changes_from(standing, text):
                self.decisions.allow(replace(each, protected=True), allow)

    def _standing(self, pair: Pair) -> Promise | None:
        if pair.ref.kind != "Initiative" or not self.protection.standing:
            return None
        name = self.protection.initiative(pair)
        return self.protection.initiatives[name] if name is not None else None

    def _fields(self, pair: Pair) -> list[FieldChange]:
        if pair.head is None:
            gone = FieldChange("", pair.ref.name, None, Effect.EASIER, protected=False)
            return [replace(gone, note=pair.note)]
        new = pair.head.data
        if pair.base is not None and pair.base.data == new and not self._is_reconnected(pair):
            return []
        if pair.ref.kind == "Initiative":
            return self._with_aliases(pair, self._initiative(pair, new))
        if pair.base is None:
            return []
        if pair.ref.kind == "Metric":
            found = self._metric(pair.base.data, new, pair.names)
            return self._with_aliases(pair, found)
        found = CHANGES.get(pair.ref.kind, free_changes)(pair.base.data, new)
        return [each if not self._follows(each) else _freed(each) for each in found]

    def _follows(self, change: FieldChange) -> bool:
        """Whether a record only calls what it concerns by the name that it has now."""
        kind = _CONCERNS.get(change.field.removeprefix("spec.concerns."))
        found = self.sides.head.find(kind, change.before) if kind and change.before else None
        return found is not None and name_of(found) == change.after

    def _with_aliases(self, pair: Pair, changes: list[FieldChange]) -> list[FieldChange]:
        """A former name may go only when nothing uses it."""
        if pair.base is None or pair.head is None:
            return changes
        lost = (*pair.base.names - pair.head.names,)
        if not any(self.uses(ResourceRef(pair.ref.kind, name)) for name in lost):
            return changes
        return [
            replace(each, effect=Effect.EASIER) if each.field == _ALIASES else each
            for each in changes
        ]

    def _initiative(self, pair: Pair, new: Raw) -> list[FieldChange]:
        after = project_from(self.sides.head, pair.ref.name)
        standing = self._standing(pair)
        if after is None:
            return []
        if pair.base is None:
            back = self._changes_from(standing, after) if standing is not None else ()
            return [*back, *_first_fields(new)]
        before = project_from(self.sides.base, pair.base.ref.name)
        if before is None:
            return []
        found = initiative_changes((pair.base.data, before), (new, after), self.sides)
        changes = [each if self._is_recorded(each, pair) else _freed(each) for each in found]
        return self._restored(changes, standing, after) if standing is not None else changes

    def _is_recorded(self, change: FieldChange, pair: Pair) -> bool:
        """Whether a Decision of base says the status that goes: else it was only claimed."""
        if change.field != STATUS or change.after in ENDINGS.values():
            return True
        return change.before is not None and self.decisions.holds(change.before, pair.names)

    def _metric(self, old: Raw, new: Raw, names: frozenset[str]) -> list[FieldChange]:
        changes = metric_field_changes(old, new, self.sides)
        promised = [
            (standing, name)
            for standing in self.protection.standing
            for name in standing.metrics.keys() & names
        ]
        if not promised:
            return changes
        head = definition_only(new, self.sides.head)
        still = {
            each.field
            for standing, name in promised
            for each in metric_changes("", only_metrics({"": standing.metrics[name]}), head)
            if each.effect.needs_decision
        }
        return [each if each.field in still else _freed(each) for each in changes]

    def _changes_from(self, standing: Promise, after: Promise) -> tuple[FieldChange, ...]:
        old, new = (with_metric_names(each, self.sides.metrics) for each in (standing, after))
        return promise_changes(old, new, self.sides.on)

    def _restored(
        self, changes: list[FieldChange], standing: Promise, after: Promise
    ) -> list[FieldChange]:
        """Going back to what was promised is free, however the text of base came about."""
        still = {
            each.field for each in self._changes_from(standing, after) if each.effect.needs_decision
        }
        return [
            each if each.field in still or not _in_promise(each) else _freed(each)
            for each in changes
        ]

    def _allows(self, pair: Pair) -> Allows:
        names = pair.names
        match pair.ref.kind:
            case "Initiative":
                left = {each.name for each in self.decisions.unspent(pair)}
                spent = {each.name for each in self.decisions.standing} - left
                return lambda sanction, change: (
                    allows(sanction, change, names)
                    and not (change.field == HORIZON and sanction.name in spent)
                )
            case "Metric":
                pivoted = self._all_users_pivot(pair)
                return lambda sanction, change: (
                    allows_observation(sanction, change, names)
                    if change.field.startswith(ROWS)
                    else allows_metric(sanction, change, names) or sanction.name in pivoted
                )
            case "Evidence":
                return lambda sanction, _: allows_evidence(sanction, names)
            case _:
                return lambda _sanction, _change: False

    def _all_users_pivot(self, pair: Pair) -> frozenset[str]:
        """The new pivots, when there is one for every protected initiative that uses the metric."""
        users = {
            user for name in pair.names for user in self.protection.metrics.get(name, frozenset())
        }
        pivots = {
            each.sanction.concerns.get("initiative"): each.sanction.name
            for each in self.decisions.brought
            if each.sanction.type == "pivot"
        }
        return frozenset(pivots[user] for user in users) if users <= pivots.keys() else frozenset()


def _action(pair: Pair, *, changed: bool) -> Literal["added", "changed", "moved", "removed"] | None:
    if pair.base is None:
        return "added"
    if pair.head is None:
        return "removed"
    if changed:
        return "changed"
    return "moved" if pair.base.path != pair.head.path else None


def _freed(change: FieldChange) -> FieldChange:
    return replace(change, effect=Effect.FREE) if change.effect.needs_decision else change


def _in_promise(change: FieldChange) -> bool:
    name, _, last = split(change.field)
    return last != "answers" and (name in LISTS or name == "committed")


def _first_fields(data: Raw) -> list[FieldChange]:
    """Where a new initiative starts: its horizon and its status."""
    spec = spec_of(data)
    return [
        FieldChange(f"spec.{key}", None, text(spec.get(key)), Effect.FREE, protected=False)
        for key in ("horizon", "status")
        if spec.get(key) is not None
    ]
