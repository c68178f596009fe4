"""What a change does, in words: shared by text and Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.model.change import Change, Effect, FieldChange, JudgeChange, ResourceChange

if TYPE_CHECKING:
    from roadgate.model.plan import Plan

_ITEM = re.compile(r"spec\.(?P<list>[A-Za-z]+)\[(?P<id>[^\]]+)\](?:\.(?P<field>.+))?")
_ITEMS = {
    "successCriteria": "criterion",
    "killThresholds": "kill threshold",
    "guardrails": "guardrail",
    "nfrs": "requirement",
    "rollout": "rollout phase",
    "milestones": "milestone",
    "risks": "risk",
}
_ITEM_FIELDS = {
    "by": "deadline",
    "target": "target",
    "when": "condition",
    "checkOn": "check dates",
    "from": "start",
    "for": "number of observations in a row",
}
_MAX_VALUE = 80


def describe(change: Change) -> list[str]:
    """One sentence for each resource and each part of the judge that changes, in their order."""
    resources = [_resource(each) for each in change.resources]
    return [*resources, *(_judge(each) for each in change.judge)]


def _resource(change: ResourceChange) -> str:
    name = f"{change.ref.name}" if change.ref.kind == "Initiative" else str(change.ref)
    if change.action == "added":
        return f"{name}: new"
    if change.action == "removed":
        return f"{name}: removed"
    parts = [_field(each) for each in change.fields]
    if change.former_name and change.former_name != change.ref.name:
        parts.insert(0, f"renamed from {change.former_name}")
    if change.base_path != change.head_path and change.base_path and change.head_path:
        parts.append(f"moved from {change.base_path} to {change.head_path}")
    return f"{name}: {'; '.join(parts) or 'wording only'}"


def _field(change: FieldChange) -> str:
    label = field_label(change.field)
    match change.before, change.after:
        case None, None:
            what = f"{label} changed"
        case None, after:
            what = f"{label} added{_short(after)}"
        case before, None:
            what = f"{label} dropped{_short(before)}"
        case before, after:
            what = f"{label} {_value(before)} → {_value(after)}"
    return what + _effect(change)


def _effect(change: FieldChange) -> str:
    if not change.protected or change.effect is Effect.FREE:
        return ""
    if change.effect is Effect.HARDER:
        return " (harder)"
    word = "easier" if change.effect is Effect.EASIER else "another promise"
    if change.decision is None:
        return f" ({word}, needs a Decision)"
    approved = {"no": ", not approved", "unknown": ", approval not known here", "yes": ", approved"}
    return f" ({word}, Decision '{change.decision}'{approved.get(change.approval or '', '')})"


def _judge(change: JudgeChange) -> str:
    values = ""
    if change.before is not None or change.after is not None:
        values = f" {_value(change.before)} → {_value(change.after)}"
    decision = f", Decision '{change.decision}'" if change.decision else ""
    return f"judge, {change.what}:{values} ({change.effect}{decision})"


def field_label(field: str) -> str:
    """A field in people's words: ``deadline of ci-duration`` instead of its path."""
    if found := _ITEM.fullmatch(field):
        kind = _ITEMS.get(found["list"], _spaced(found["list"]))
        if found["field"] is None:
            return f"{kind} {found['id']}"
        return f"{_ITEM_FIELDS.get(found['field'], _spaced(found['field']))} of {found['id']}"
    return _spaced(field.removeprefix("spec.").removeprefix("metadata."))


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f" {match[1].lower()}", name)


def _value(value: str | None) -> str:
    if value is None:
        return "nothing"
    flat = " ".join(value.split())
    return flat if len(flat) <= _MAX_VALUE else f"{flat[: _MAX_VALUE - 1]}…"


def _short(value: str | None) -> str:
    """A value worth repeating: a scalar, not a whole item."""
    if value is None or len(value) > _MAX_VALUE or value[:1] in "{[" or "\n" in value:
        return ""
    return f" ({_value(value)})"


def plural(number: int, word: str, words: str = "") -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {word if number == 1 else words or word + 's'}"


_ACTIONS = ("create", "update", "comment", "label", "reopen", "close")


def counts(plan: Plan) -> str:
    """``2 to create, 1 to close, 3 unchanged``; ``no changes`` where nothing is to be done."""
    done = [(sum(each.action == action for each in plan.changes), action) for action in _ACTIONS]
    parts = [f"{number} to {action}" for number, action in done if number] or ["no changes"]
    parts.append(f"{plan.unchanged} unchanged")
    if plan.problems:
        parts.append(plural(len(plan.problems), "problem"))
    return ", ".join(parts)
