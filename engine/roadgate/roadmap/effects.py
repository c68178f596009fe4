"""What an edit does that the sealed promise does not hold: status, horizon, NFRs, Evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roadgate.model.canonical import canonical, text
from roadgate.model.change import Effect, FieldChange
from roadgate.model.field_path import is_own
from roadgate.model.projection import item_parts, metric_definition
from roadgate.model.promises import (
    LISTS,
    item_changes,
    metric_changes,
    promise_changes,
    with_metric_names,
)
from roadgate.model.raw import Documents, Raw, spec_of
from roadgate.model.sanctions import ENDINGS
from roadgate.model.seal import Promise
from roadgate.roadmap.differences import Difference, differences, keyed

if TYPE_CHECKING:
    from datetime import date

    from roadgate.model.document import Data

Judged = Mapping[str, Mapping[str, "Data"]]


@dataclass(frozen=True, slots=True)
class Sides:
    """What both documents of a comparison lean on."""

    base: Documents
    head: Documents
    metrics: Mapping[str, str]
    """Metrics that are called otherwise in head: old name to new."""
    on: date
    """The day of the change."""


_EVIDENCE = ("method", "date", "participants", "sample", "teams", "experiment")
_DEFINITION = frozenset(
    f"spec.{key}"
    for key in ("unit", "direction", "counts", "cadence", "grace", "baseline", "target", "source")
)
_DECISION_TEXT = frozenset(
    {"metadata.title", "spec.because", "spec.learned", "spec.tradeoff"},
)
_DECISION_PARTS = ("metadata.labels", "metadata.annotations")


def initiative_changes(
    old: tuple[Raw, Promise], new: tuple[Raw, Promise], sides: Sides
) -> list[FieldChange]:
    """Every field of an initiative that differs, the promise first."""
    before, after = spec_of(old[0]), spec_of(new[0])
    was, now = (with_metric_names(each, sides.metrics) for each in (old[1], new[1]))
    changes = list(promise_changes(was, now, sides.on))
    changes += _nfr_changes(before, after, sides)
    changes += _exit_changes(before, after, sides)
    changes += _answer_changes(before, after, sides.on)
    rest = differences(_without_promise(old[0]), _without_promise(new[0]))
    return changes + [_change(each, _initiative_effect(each)) for each in rest]


def metric_field_changes(old: Raw, new: Raw, sides: Sides) -> list[FieldChange]:
    """Every field of a Metric that differs, its definition first."""
    before, after = definition_only(old, sides.base), definition_only(new, sides.head)
    found = list(differences(old, new))
    rest = (each for each in found if not _is_definition(each.field))
    # Another cadence alone makes a grace that is written out differ from the default, or equal it.
    rewritten = any(each.field == "spec.grace" for each in found)
    definition = metric_changes("", before, after)
    return [
        *(each for each in definition if rewritten or each.field != "spec.grace"),
        *(_change(each, Effect.FREE) for each in rest),
    ]


def definition_only(data: Raw, documents: Documents) -> Promise:
    """A promise of nothing but one metric's definition, under an empty name."""
    return only_metrics({"": metric_definition(data, documents)})


def only_metrics(definitions: Judged, items: Judged | None = None) -> Promise:
    """A promise of nothing but metrics, and items that lean on them as guardrails do."""
    return Promise("", None, {}, {}, items or {}, definitions)


def evidence_changes(old: Raw, new: Raw) -> list[FieldChange]:
    """Every field of Evidence that differs: what was counted may not change unseen."""

    def effect(field: str) -> Effect:
        counted = field.partition(".")[2].partition(".")[0] in _EVIDENCE
        return Effect.UNORDERED if field.startswith("spec.") and counted else Effect.FREE

    return [_change(each, effect(each.field)) for each in differences(old, new)]


def decision_changes(old: Raw, new: Raw) -> list[FieldChange]:
    """Every field of a Decision that differs: only ``until`` may be shortened, and text changed."""
    return [_change(each, _decision_effect(each)) for each in differences(old, new)]


def free_changes(old: Raw, new: Raw) -> list[FieldChange]:
    """Every field that differs, of a kind that promises nothing."""
    return [_change(each, Effect.FREE) for each in differences(old, new)]


CHANGES: Mapping[str, Callable[[Raw, Raw], list[FieldChange]]] = {
    "Evidence": evidence_changes,
    "Decision": decision_changes,
}
"""The kinds whose fields are compared for themselves; the others promise nothing."""


def _change(difference: Difference, effect: Effect) -> FieldChange:
    return FieldChange(difference.field, *difference.texts, effect, protected=False)


def _initiative_effect(difference: Difference) -> Effect:
    before, after = difference.texts
    leaves = difference.field == "spec.horizon" and before == "now"
    recorded = ENDINGS.values()
    ends = difference.field == "spec.status" and (after in recorded or before in recorded)
    return Effect.EASIER if leaves or ends else Effect.FREE


def _without_promise(data: Raw) -> Raw:
    """The document without what is compared elsewhere."""
    spec = {key: part for key, part in spec_of(data).items() if key not in ("committed", *LISTS)}
    spec.pop("nfrs", None)
    phases = keyed(spec.get("rollout"))
    if phases is not None:
        spec["rollout"] = [
            {key: part for key, part in phase.items() if key != "exit"} for phase in phases.values()
        ]
    return {**data, "spec": spec}


def _nfr_changes(before: Raw, after: Raw, sides: Sides) -> list[FieldChange]:
    old, new = (
        {name: item_parts(item) for name, item in (keyed(spec.get("nfrs")) or {}).items()}
        for spec in (before, after)
    )
    return [*_judged_changes("nfrs", old, new, sides), *_stage_changes(before, after)]


def _stage_changes(before: Raw, after: Raw) -> Iterator[FieldChange]:
    """In which stages a requirement must hold: fewer are easier."""
    old, new = (keyed(spec.get("nfrs")) or {} for spec in (before, after))
    for name in (each for each in old if each in new):
        was, now = (_listed(items[name].get("stages")) for items in (old, new))
        if sorted(map(str, was)) != sorted(map(str, now)):
            effect = Effect.HARDER if all(each in now for each in was) else Effect.EASIER
            field = f"spec.nfrs[{name}].stages"
            yield FieldChange(field, text(was), text(now), effect, protected=False)


def _exit_changes(before: Raw, after: Raw, sides: Sides) -> list[FieldChange]:
    old, new = (_exits(spec) for spec in (before, after))
    found = _judged_changes("rollout", old, new, sides)
    return [replace(each, field=each.field.replace("]", "].exit", 1)) for each in found]


def _exits(spec: Raw) -> Judged:
    phases = keyed(spec.get("rollout")) or {}
    return {
        name: item_parts(ends)
        for name, phase in phases.items()
        if isinstance(ends := phase.get("exit"), Mapping)
    }


def _judged_changes(name: str, old: Judged, new: Judged, sides: Sides) -> list[FieldChange]:
    before = only_metrics(_definitions(old, sides.base), items=old)
    before = with_metric_names(before, sides.metrics)
    after = only_metrics(_definitions(new, sides.head), items=new)
    after = with_metric_names(after, sides.metrics)
    was, now = before.guardrails, after.guardrails
    return [
        change
        for key in [*was, *(each for each in now if each not in was)]
        for change in item_changes(
            name, key, (was.get(key), before), (now.get(key), after), sides.on
        )
    ]


def _definitions(items: Judged, documents: Documents) -> Judged:
    names = {name for item in items.values() if isinstance(name := item.get("metric"), str)}
    found = {name: documents.find("Metric", name) for name in names}
    return {
        name: metric_definition(data, documents) for name, data in found.items() if data is not None
    }


def _answer_changes(before: Raw, after: Raw, on: date) -> list[FieldChange]:
    """Answers to a criterion's question: more may come, those given stay.

    Once the deadline has passed, an answer dated up to it would decide what is decided already.
    """
    old, new = (keyed(spec.get("successCriteria")) or {} for spec in (before, after))
    changes = []
    for name in (each for each in old if each in new):
        was, now = (_listed(items[name].get("answers")) for items in (old, new))
        if was != now:
            kept = all(now.count(each) >= was.count(each) for each in was)
            late = _is_settled(old[name], on) and any(
                _is_up_to(each, old[name].get("by")) for each in now if each not in was
            )
            effect = Effect.FREE if kept and not late else Effect.UNORDERED
            field = f"spec.successCriteria[{name}].answers"
            changes.append(FieldChange(field, text(was), text(now), effect, protected=False))
    return changes


def _is_settled(item: Mapping[str, Data], on: date) -> bool:
    by = item.get("by")
    return isinstance(by, str) and by < on.isoformat()


def _is_up_to(answer: Data, by: Data) -> bool:
    day = answer.get("date") if isinstance(answer, Mapping) else None
    return isinstance(day, str) and isinstance(by, str) and day <= by


def _listed(value: Data) -> list[Data]:
    plain = canonical(value)
    return list(plain) if isinstance(plain, Sequence) and not isinstance(plain, str) else []


def _is_definition(field: str) -> bool:
    return any(field == each or field.startswith(f"{each}.") for each in _DEFINITION)


def _decision_effect(difference: Difference) -> Effect:
    field, (before, after) = difference.field, difference.texts
    if field in _DECISION_TEXT or field.startswith(_DECISION_PARTS) or is_own(field):
        return Effect.FREE
    if field == "spec.until" and after is not None and (before is None or after < before):
        return Effect.FREE
    return Effect.UNORDERED
