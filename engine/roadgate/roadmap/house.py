"""Changes of the project's own policies: which of them make a rule judge less strictly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from roadgate.model.canonical import text
from roadgate.model.change import JudgeChange
from roadgate.model.field_path import is_own
from roadgate.model.raw import spec_of
from roadgate.roadmap.differences import Difference, differences
from roadgate.roadmap.rules import ENFORCEMENT
from roadgate.roadmap.weights import Weight, parameter, ranked, worst

if TYPE_CHECKING:
    from roadgate.model.document import Data
    from roadgate.model.raw import Raw
    from roadgate.model.source import ResourceRef
    from roadgate.roadmap.identity import Entries

_SEVERITY = ("notice", "warning", "error")
_DEFAULT = "spec.params.default."
_SCHEMA = "spec.params.schema"
_CLAUSES = "spec.validations"
_WORDS = ("rationale", "examples", "message", "messageExpression", "fix", "fixExpression")


def policy_changes(
    base: Entries, head: Entries, idle: Container[ResourceRef] = ()
) -> Iterator[JudgeChange]:
    """Every policy that is added, gone or edited; one that keeps its id may be called otherwise.

    What mends a policy that is ``idle``, since it is broken, makes nothing weaker.
    """
    old, new = _policies(base), _policies(head)
    ids = policy_ids(head)
    called = {ids[str(ref)]: ref for ref in new if ref not in old}
    before = policy_ids(base)
    continued = {
        ref: called[before[str(ref)]]
        for ref in old
        if ref not in new and before[str(ref)] in called
    }
    for ref in sorted({*old, *new} - {*continued.values()}):
        now = continued.get(ref, ref)
        change = _policy_change(now, old.get(ref), new.get(now))
        if change is not None and ref in idle and now in new:
            yield replace(change, effect="neutral")
        elif change is not None:
            yield change


def policy_ids(policies: Entries) -> dict[str, str]:
    """The id of each policy, by ``Policy/name``."""
    return {
        str(ref): str(spec_of(entry.data).get("id", ""))
        for ref, entry in policies.items()
        if ref.kind == "Policy"
    }


def _policies(entries: Entries) -> dict[ResourceRef, Raw]:
    return {ref: entry.data for ref, entry in entries.items() if ref.kind == "Policy"}


def _policy_change(ref: ResourceRef, old: Raw | None, new: Raw | None) -> JudgeChange | None:
    if old is None or new is None:
        effect: Weight = "stronger" if old is None else "weaker"
        was, now = (None if each is None else "there" for each in (old, new))
        return JudgeChange(str(ref), effect, was, now)
    weights = [(_field(old, each), each) for each in differences(old, new)]
    if not weights:
        return None
    effect = worst(weight for weight, _ in weights)
    shown = next(each for weight, each in weights if weight == effect)
    return JudgeChange(str(ref), effect, *shown.texts, at=shown.field)


def _field(policy: Raw, change: Difference) -> Weight:
    last = change.field.rpartition(".")[2]
    own = is_own(change.field) and not change.field.startswith(_SCHEMA)
    if own or change.field.startswith("metadata.") or last in _WORDS:
        return "neutral"
    if change.field == _CLAUSES:
        return _clauses(change.before, change.after)
    if change.field == "spec.severity":
        return ranked(_SEVERITY, change.before or "error", change.after or "error")
    if change.field == "spec.enforcement":
        return ranked(ENFORCEMENT, change.before or "overridable", change.after or "overridable")
    if change.field.startswith(_DEFAULT):
        params = spec_of(policy).get("params")
        schema = params.get("schema") if isinstance(params, Mapping) else None
        return parameter(schema, change.field.removeprefix(_DEFAULT), change.before, change.after)
    return "weaker"


def _clauses(before: Data, after: Data) -> Weight:
    """Other words are neutral, another clause is stricter; what else changes is weaker."""
    old, new = _meanings(before), _meanings(after)
    if old == new:
        return "neutral"
    kept = all(new[clause] >= count for clause, count in old.items())
    return "stronger" if kept else "weaker"


def _meanings(clauses: Data) -> Counter[str | None]:
    listed = clauses if isinstance(clauses, Sequence) and not isinstance(clauses, str) else ()
    return Counter(
        text(
            {
                key: part
                for key, part in sorted(each.items())
                if key not in _WORDS and not key.startswith("x-")
            }
        )
        for each in listed
        if isinstance(each, Mapping)
    )
