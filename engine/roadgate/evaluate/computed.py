"""The derived numbers that policies see below ``computed``: their names and types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from roadgate.evaluate.fields import FieldType
from roadgate.model.kinds.initiative import InitiativeSpec
from roadgate.model.kinds.journey import JourneyStage
from roadgate.model.kinds.research import MetricSpec

if TYPE_CHECKING:
    from roadgate.model.kinds.base import Part

STRING, INT, DOUBLE, BOOL = (FieldType(name) for name in ("string", "int", "double", "bool"))
DAY = FieldType("string", day=True)
STRINGS = FieldType("string", "list")
GIVEN = FieldType("string", optional=False)


def _word(model: type[Part], field: str, *, optional: bool = True) -> FieldType:
    """A text that is one of those which a field of a kind takes."""
    choices = tuple(_literals(model.model_fields[field].annotation))
    return FieldType("string", optional=optional, choices=choices)


def _literals(annotation: Any) -> list[str]:  # noqa: ANN401 (a type expression has no type of its own)
    if get_origin(annotation) is Literal:
        return [str(each) for each in get_args(annotation)]
    return [found for each in get_args(annotation) for found in _literals(each)]


COMPUTED: dict[str, dict[str, FieldType]] = {
    "Initiative": {
        "rice": DOUBLE,
        "outrankedBy": FieldType("Ranked", "list"),
        "criteria": FieldType("CriterionFacts", "list"),
        "thresholds": FieldType("ThresholdFacts", "list"),
        "roles": STRINGS,
        "unpaired": FieldType("Unpaired", "list"),
        "deadline": DAY,
        "firstCheck": DAY,
        "waitsFor": FieldType("Waiting", "list"),
        "newestEvidence": DAY,
        "lastReview": DAY,
    },
    "Evidence": {
        "participants": INT,
        "effect": FieldType("string", choices=("positive", "negative", "none")),
        "significance": DOUBLE,
        "isNewest": BOOL,
    },
    "Metric": {
        "initiatives": STRINGS,
        "share": DOUBLE,
        "measured": DAY,
    },
    "Goal": {"outputMetrics": STRINGS},
    "Team": {"inNow": STRINGS, "unsized": STRINGS},
    "Journey": {"stages": FieldType("StageFacts", "list")},
    "Vision": {"lastReview": DAY},
    "Launch": {"initiativeStatus": _word(InitiativeSpec, "status")},
    "Service": {"unbaselined": STRINGS, "lateBaselines": FieldType("LateBaseline", "list")},
    "Decision": {"renewals": INT, "totalDays": INT},
}
"""What is computed for each kind. A value that cannot be known stays unset."""

PARTS: dict[str, dict[str, FieldType]] = {
    "Ranked": {"name": STRING, "rice": DOUBLE},
    "CriterionFacts": {
        "id": GIVEN,
        "metric": STRING,
        "target": STRING,
        "counts": _word(MetricSpec, "counts"),
        "direction": _word(MetricSpec, "direction"),
        "pairsWith": STRINGS,
        "baseline": DOUBLE,
        "baselineDate": DAY,
        "agrees": BOOL,
        "metByBaseline": BOOL,
    },
    "ThresholdFacts": {
        "id": GIVEN,
        "metric": GIVEN,
        "when": GIVEN,
        "direction": _word(MetricSpec, "direction"),
        "agrees": BOOL,
        "contradicts": STRING,
        "firstCheck": DAY,
    },
    "Unpaired": {"metric": GIVEN, "without": GIVEN},
    "Waiting": {
        "name": GIVEN,
        "horizon": _word(InitiativeSpec, "horizon", optional=False),
        "status": _word(InitiativeSpec, "status", optional=False),
        "by": STRING,
    },
    "LateBaseline": {"id": GIVEN, "baselined": GIVEN, "built": GIVEN},
    "StageFacts": {
        "stage": _word(JourneyStage, "stage", optional=False),
        "pain": STRING,
        "initiatives": STRINGS,
        "open": STRINGS,
    },
}
"""The parts that computed values are made of."""
