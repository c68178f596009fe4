"""The derived numbers that policies see below ``computed``: their names and types."""

from __future__ import annotations

from roadgate.evaluate.fields import FieldType

STRING, INT, DOUBLE, BOOL = (FieldType(name) for name in ("string", "int", "double", "bool"))
STRINGS = FieldType("string", "list")
GIVEN = FieldType("string", optional=False)

COMPUTED: dict[str, dict[str, FieldType]] = {
    "Initiative": {
        "rice": DOUBLE,
        "outrankedBy": FieldType("Ranked", "list"),
        "criteria": FieldType("CriterionFacts", "list"),
        "thresholds": FieldType("ThresholdFacts", "list"),
        "roles": STRINGS,
        "unpaired": FieldType("Unpaired", "list"),
        "deadline": STRING,
        "firstCheck": STRING,
        "waitsFor": FieldType("Waiting", "list"),
        "newestEvidence": STRING,
        "lastReview": STRING,
    },
    "Evidence": {
        "participants": INT,
        "effect": STRING,
        "significance": DOUBLE,
        "isNewest": BOOL,
    },
    "Metric": {
        "initiatives": STRINGS,
        "share": DOUBLE,
    },
    "Goal": {"outputMetrics": STRINGS},
    "Team": {"inNow": STRINGS, "unsized": STRINGS},
    "Journey": {"stages": FieldType("StageFacts", "list")},
    "Vision": {"lastReview": STRING},
    "Launch": {"initiativeStatus": STRING},
    "Service": {"unbaselined": STRINGS},
    "Decision": {"renewals": INT, "totalDays": INT},
}
"""What is computed for each kind. A value that cannot be known stays unset."""

PARTS: dict[str, dict[str, FieldType]] = {
    "Ranked": {"name": STRING, "rice": DOUBLE},
    "CriterionFacts": {
        "id": GIVEN,
        "metric": STRING,
        "target": STRING,
        "counts": STRING,
        "direction": STRING,
        "pairsWith": STRINGS,
        "baseline": DOUBLE,
        "baselineDate": STRING,
        "agrees": BOOL,
        "metByBaseline": BOOL,
    },
    "ThresholdFacts": {
        "id": GIVEN,
        "metric": GIVEN,
        "when": GIVEN,
        "direction": STRING,
        "agrees": BOOL,
        "contradicts": STRING,
        "firstCheck": STRING,
    },
    "Unpaired": {"metric": GIVEN, "without": GIVEN},
    "Waiting": {"name": GIVEN, "horizon": GIVEN, "status": GIVEN},
    "StageFacts": {"stage": GIVEN, "pain": STRING, "initiatives": STRINGS, "open": STRINGS},
}
"""The parts that computed values are made of."""
