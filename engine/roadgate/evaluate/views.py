"""The types of what policies see beside resources: verdicts, and changes."""

from __future__ import annotations

from typing import get_args, get_type_hints

from roadgate.evaluate.computed import DAY, GIVEN, INT, STRING, STRINGS
from roadgate.evaluate.fields import FieldType
from roadgate.model.change import Effect, ResourceChange
from roadgate.model.verdict import CriterionVerdict, HoldVerdict, KillVerdict

NO_VERDICT = "none"
"""What the functions say of an initiative without criteria or thresholds."""
CRITERION_VERDICTS = tuple(each.value for each in CriterionVerdict)
HOLD_VERDICTS = tuple(each.value for each in HoldVerdict)
KILL_VERDICTS = tuple(each.value for each in KillVerdict)
APPROVALS = ("yes", "no", "unknown")
_ACTIONS = get_args(get_type_hints(ResourceChange)["action"])


def chosen(choices: tuple[str, ...], *, optional: bool = False) -> FieldType:
    """A text that is one of a few."""
    return FieldType("string", optional=optional, choices=choices)


VERDICTS: dict[str, dict[str, FieldType]] = {
    "Verdicts": {
        "verdict": chosen(CRITERION_VERDICTS, optional=True),
        "killVerdict": chosen(KILL_VERDICTS, optional=True),
        "frozenOn": DAY,
        "pausedUntil": DAY,
        "criteria": FieldType("CriterionVerdict", "list"),
        "guardrails": FieldType("GuardrailVerdict", "list"),
        "killThresholds": FieldType("KillVerdict", "list"),
    },
    "CriterionVerdict": {
        "id": GIVEN,
        "metric": STRING,
        "verdict": chosen(CRITERION_VERDICTS),
        "by": FieldType("string", optional=False, day=True),
        "reason": GIVEN,
    },
    "GuardrailVerdict": {
        "id": GIVEN,
        "metric": GIVEN,
        "verdict": chosen(HOLD_VERDICTS),
        "reason": GIVEN,
    },
    "KillVerdict": {
        "id": GIVEN,
        "metric": GIVEN,
        "verdict": chosen(KILL_VERDICTS),
        "triggeredOn": DAY,
        "answeredBy": STRINGS,
        "runwayDays": INT,
        "reason": GIVEN,
    },
}
CHANGE: dict[str, dict[str, FieldType]] = {
    "Change": {
        "action": chosen(_ACTIONS),
        "kind": GIVEN,
        "name": GIVEN,
        "formerName": STRING,
        "author": STRING,
        "approvals": STRINGS,
        "fields": FieldType("FieldChange", "list"),
    },
    "FieldChange": {
        "path": FieldType("string", together=True),
        "what": FieldType("string", together=True),
        "part": STRING,
        "item": STRING,
        "before": STRING,
        "after": STRING,
        "effect": FieldType("string", choices=tuple(each.value for each in Effect), together=True),
        "protected": FieldType("bool", together=True),
        "decision": STRING,
        "approval": chosen(APPROVALS, optional=True),
        "note": STRING,
    },
}
