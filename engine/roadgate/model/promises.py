"""What lies between two promises: each field that differs, and what that does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.model.canonical import text
from roadgate.model.change import Effect, FieldChange
from roadgate.model.conversions import CONVERTED, fraction, metric_note, own_wording
from roadgate.model.effects import (
    Wording,
    condition_effect,
    count_effect,
    dates_effect,
    deadline_effect,
    flag_effect,
    is_converted,
    mirrored,
)
from roadgate.model.values import parse_day

if TYPE_CHECKING:
    from datetime import date

    from roadgate.model.document import Data
    from roadgate.model.seal import Promise

Item = Mapping[str, "Data"]
LISTS: Mapping[str, str] = {
    "successCriteria": "criteria",
    "killThresholds": "thresholds",
    "guardrails": "guardrails",
}
"""The lists of a promise: the field of ``spec``, and the attribute of ``Promise``."""
NO_ITEM: Item = {}


def split(field: str) -> tuple[str, str, str]:
    """Take ``spec.successCriteria[ci].target`` apart into list, id and field of the item.

    A field outside a list has neither id nor third part.
    """
    head, bracket, rest = field.removeprefix("spec.").partition("[")
    if not bracket:
        return head, "", ""
    item, _, last = rest.partition("]")
    return head, item, last.removeprefix(".")


def promise_changes(old: Promise, new: Promise, on: date) -> tuple[FieldChange, ...]:
    """Every difference of the initiative's own part, judged on day ``on``."""
    changes: list[FieldChange] = []
    if old.committed != new.committed:
        changes.append(_change("spec.committed", old.committed, new.committed, Effect.UNORDERED))
    for name, attribute in LISTS.items():
        before: Mapping[str, Item] = getattr(old, attribute)
        after: Mapping[str, Item] = getattr(new, attribute)
        for item in [*before, *(each for each in after if each not in before)]:
            changes += item_changes(name, item, (before.get(item), old), (after.get(item), new), on)
    return tuple(changes)


def item_changes(
    name: str,
    item: str,
    old: tuple[Item | None, Promise],
    new: tuple[Item | None, Promise],
    on: date,
) -> list[FieldChange]:
    """The differences of one criterion, threshold, guardrail or other item with a condition."""
    path = f"spec.{name}[{item}]"
    before, after = old[0], new[0]
    if before is None or after is None:
        effect = Effect.HARDER if before is None else Effect.EASIER
        return [_change(path, text(before), text(after), effect)]
    found = []
    for key in [*before, *(each for each in after if each not in before)]:
        effect = _RULES.get(key, _unordered)(_Edit(key, name, before, after, old[1], new[1], on))
        if before.get(key) != after.get(key):
            edit = _Edit(key, name, before, after, old[1], new[1], on)
            change = _change(f"{path}.{key}", *edit.texts, effect)
            found.append(replace(change, note=CONVERTED) if _is_converted(edit) else change)
    return found


def metric_changes(metric: str, old: Promise, new: Promise) -> tuple[FieldChange, ...]:
    """The differences of one metric's definition, as fields of the Metric."""
    before = old.metrics.get(metric, NO_ITEM)
    after = new.metrics.get(metric, NO_ITEM)
    changes = []
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was != now:
            effect = _standing_target(before, after) if key == "target" else Effect.UNORDERED
            change = _change(f"spec.{key}", text(was), text(now), effect)
            changes.append(replace(change, note=metric_note(key, before, after)))
    return tuple(changes)


def has_new_criterion(old: Promise, new: Promise, on: date) -> bool:
    """Whether there is a criterion that was not there before, with its deadline after ``on``."""
    return any(
        _is_after(item.get("by"), on)
        for name, item in new.criteria.items()
        if name not in old.criteria
    )


def _is_after(by: Data, on: date) -> bool:
    try:
        return parse_day(by) > on
    except ValueError:
        return False


def with_metric_names(promise: Promise, names: Mapping[str, str]) -> Promise:
    """The same promise, with its metrics called as ``names`` says (old name to new)."""
    if not names:
        return promise

    def called(item: Item) -> Item:
        metric = item.get("metric")
        return {**item, "metric": names.get(metric, metric)} if isinstance(metric, str) else item

    return replace(
        promise,
        criteria={key: called(item) for key, item in promise.criteria.items()},
        thresholds={key: called(item) for key, item in promise.thresholds.items()},
        guardrails={key: called(item) for key, item in promise.guardrails.items()},
        metrics={names.get(key, key): item for key, item in promise.metrics.items()},
    )


@dataclass(frozen=True, slots=True)
class _Edit:
    """One field of an item, before and after, with what both lean on."""

    key: str
    name: str
    """Of the list."""
    before: Item
    after: Item
    old: Promise
    new: Promise
    on: date

    @property
    def texts(self) -> tuple[str | None, str | None]:
        return text(self.before.get(self.key)), text(self.after.get(self.key))

    def toward_promise(self, effect: Effect) -> Effect:
        """Mirror the effect for kill thresholds, where meeting the condition means to stop."""
        return mirrored(effect) if self.name == "killThresholds" else effect


def _target(edit: _Edit) -> Effect:
    before, after = edit.texts
    effect = condition_effect(
        _wording(before, edit.before, edit.old), _wording(after, edit.after, edit.new)
    )
    unread = before is None or after is None
    return effect if unread else edit.toward_promise(effect)


def _is_converted(edit: _Edit) -> bool:
    if edit.key not in ("target", "when"):
        return False
    before, after = edit.texts
    return is_converted(
        _wording(before, edit.before, edit.old), _wording(after, edit.after, edit.new)
    )


def _wording(condition: str | None, item: Item, promise: Promise) -> Wording:
    metric = _metric(item, promise)
    unit = metric.get("unit")
    return Wording(
        condition,
        fraction(_baseline(item, promise).get("value")),
        unit if isinstance(unit, str) else None,
    )


def _metric(item: Item, promise: Promise) -> Item:
    name = item.get("metric")
    return promise.metrics.get(name, NO_ITEM) if isinstance(name, str) else NO_ITEM


def _baseline(item: Item, promise: Promise) -> Item:
    own = item.get("baseline", _metric(item, promise).get("baseline"))
    return own if isinstance(own, Mapping) else NO_ITEM


def _same_or_unordered(before: object, after: object) -> Effect:
    return Effect.FREE if before == after else Effect.UNORDERED


def _relative_baseline(edit: _Edit) -> Effect:
    return _same_or_unordered(_baseline(edit.before, edit.old), _baseline(edit.after, edit.new))


def _from(edit: _Edit) -> Effect:
    before = edit.before.get("from", edit.old.committed)
    return _same_or_unordered(before, edit.after.get("from", edit.new.committed))


def _by(edit: _Edit) -> Effect:
    return deadline_effect(*edit.texts, edit.on)


def _for(edit: _Edit) -> Effect:
    return edit.toward_promise(count_effect(*edit.texts))


def _check_on(edit: _Edit) -> Effect:
    before, after = edit.before.get("checkOn"), edit.after.get("checkOn")
    if not _is_list(before) or not _is_list(after):
        return Effect.UNORDERED
    return dates_effect(_dates(before), _dates(after))


def _is_list(value: Data) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _dates(value: Data) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, Sequence) else frozenset()


def _standing(edit: _Edit) -> Effect:
    return flag_effect(old=edit.texts[0] is not None, new=edit.texts[1] is not None)


def _action(edit: _Edit) -> Effect:
    return flag_effect(old=edit.texts[0] == "kill", new=edit.texts[1] == "kill")


def _unordered(edit: _Edit) -> Effect:
    return _same_or_unordered(edit.before.get(edit.key), edit.after.get(edit.key))


_RULES: Mapping[str, Callable[[_Edit], Effect]] = {
    "target": _target,
    "when": _target,
    "by": _by,
    "for": _for,
    "checkOn": _check_on,
    "standing": _standing,
    "action": _action,
    "baseline": _relative_baseline,
    "from": _from,
}


def _standing_target(before: Item, after: Item) -> Effect:
    return condition_effect(own_wording(before), own_wording(after))


def _change(field: str, before: str | None, after: str | None, effect: Effect) -> FieldChange:
    return FieldChange(field, before, after, effect, protected=False)


def items(promise: Promise) -> Iterator[tuple[str, str, Item]]:
    """Every criterion, threshold and guardrail with its list and id."""
    for name, attribute in LISTS.items():
        for key, item in getattr(promise, attribute).items():
            yield name, key, item
