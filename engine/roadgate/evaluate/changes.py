"""A change's resources and fields, as policies of scope ``change`` see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.cel import scalar
from roadgate.evaluate.environment import maker

if TYPE_CHECKING:
    from roadgate.evaluate.cel import Message
    from roadgate.model.change import Context, FieldChange, ResourceChange

_ITEM = re.compile(r"(?P<list>\w+)\[(?P<id>[^\]]+)\](?:\.(?P<rest>.+))?$")
_NOUNS = {
    "successCriteria": "criterion",
    "killThresholds": "threshold",
    "guardrails": "guardrail",
    "nfrs": "requirement",
    "rollout": "phase",
    "milestones": "milestone",
    "observations": "observation of",
}
_WORDS = {
    "by": "deadline",
    "when": "condition",
    "checkOn": "check dates",
    "from": "first day",
    "for": "repetitions",
    "committed": "commitment date",
    "name": "name",
}
_FIELDS = {"by": "signature", "until": "end"}
"""Words that differ where a field belongs to no item."""


def what(path: str) -> str:
    """A field path in words: ``the target of ci-duration``, ``the threshold no-movement``."""
    found = _ITEM.search(path)
    if found is None:
        last = path.rsplit(".", 1)[-1]
        return f"the {_FIELDS.get(last, _WORDS.get(last, last))}" if last else "the whole"
    if found["rest"] is None:
        return f"the {_NOUNS.get(found['list'], found['list'])} {found['id']}"
    rest = _WORDS.get(found["rest"], found["rest"]).replace("exit.", "exit's ")
    return f"the {rest} of {found['id']}"


def field_message(field: FieldChange | None) -> Message:
    """One field, before and after; nothing is set where a change names no field."""
    return maker("FieldChange")(**(_field(field) if field else {}))


def change_message(change: ResourceChange, context: Context | None) -> Message:
    """One resource's change, with what is known about the pull request."""
    known: dict[str, Any] = {}
    if context is not None:
        known["author"] = scalar(context.author)
        known["approvals"] = approvers(context)
    if change.former_name is not None:
        known["formerName"] = scalar(change.former_name)
    return maker("Change")(
        action=scalar(change.action),
        kind=scalar(change.ref.kind),
        name=scalar(change.ref.name),
        fields=[_field(each) for each in change.fields],
        **known,
    )


def approvers(context: Context) -> list[str]:
    """Who approves this head: of each person the last review that is no comment."""
    last = {review.by.lower(): review for review in context.reviews if review.state != "commented"}
    mine = {each.lower() for each in (context.author, *context.authors)}
    return sorted(
        review.by
        for by, review in last.items()
        if review.state == "approved" and review.commit == context.head and by not in mine
    )


def _field(field: FieldChange) -> dict[str, Any]:
    found = _ITEM.search(field.field)
    optional = {
        "part": _NOUNS.get(found["list"], found["list"]) if found else None,
        "item": found["id"] if found else None,
        "before": field.before,
        "after": field.after,
        "decision": field.decision,
        "approval": field.approval,
        "note": field.note or None,
    }
    return {
        "path": scalar(field.field),
        "what": scalar(what(field.field)),
        "effect": scalar(field.effect.value),
        "protected": scalar(field.protected),
        **{name: scalar(value) for name, value in optional.items() if value is not None},
    }
