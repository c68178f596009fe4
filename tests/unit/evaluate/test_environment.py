"""Message types derived from the models, and resources as messages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from roadgate.evaluate.environment import base_types, converter, display_name, maker
from roadgate.evaluate.fields import FieldType
from roadgate.model.kinds import KINDS
from roadgate.pipeline.schema_examples import examples
from unit.evaluate.policy_world import initiative, resource

FULL = initiative(
    "faster-ci",
    "now",
    committed="2026-02-02",
    rice={"reach": 240, "impact": Decimal("0.5"), "confidence": 100, "effort": 2},
    review={"every": "30d"},
    successCriteria=[
        {"id": "speed", "metric": "ci", "target": "<= 5", "by": "2026-07-31", "for": 3}
    ],
    killThresholds=[{"id": "stuck", "metric": "ci", "when": ">= 15", "checkOn": ["2026-04-30"]}],
)


def holds(data: dict[str, Any], expression: str) -> bool | str:
    """An expression's value on a document."""
    found = resource(data)
    kind = found.ref.kind
    environment = base_types().environment({"resource": FieldType(kind)})
    message = maker(kind)(**converter(KINDS[kind])(found.body))
    return environment.compile(expression, "bool").evaluate(
        environment.activation({"resource": message})
    )


@pytest.mark.parametrize(
    "expression",
    [
        "resource.kind == 'Initiative'",
        "resource.metadata.name == 'faster-ci'",
        "resource.spec.status == 'proposed'",
        "resource.spec.committed > '2026-01-31'",
        "resource.spec.rice.reach == 240.0 && resource.spec.rice.impact == 0.5",
        "resource.spec.review.every == 30",
        "resource.spec.successCriteria[0].for == 3",
        "resource.spec.killThresholds[0].checkOn == ['2026-04-30']",
        "resource.spec.killThresholds[0].action == 'review'",
        "!has(resource.spec.goal) && !has(resource.spec.scope)",
        "resource.metadata.labels == {}",
    ],
)
def test_fields(expression: str) -> None:
    """Fields are called as in YAML; days are text, durations whole days, defaults are there."""
    assert holds(FULL, expression) is True


def test_untyped_notes() -> None:
    """Annotations are free data: numbers are doubles, as in JSON."""
    data = initiative("a")
    data["metadata"]["annotations"] = {"deep": {"list": [1, Decimal("2.5"), True, "x", None]}}
    assert holds(data, "resource.metadata.annotations.deep.list == [1.0, 2.5, true, 'x', null]")


@pytest.mark.parametrize(
    ("schema", "expression"),
    [
        ("schemas/kep.json", "resource.spec.schema == 'schemas/kep.json'"),
        (
            {"deep": [1, Decimal("2.5"), True, None, {"a": "x"}]},
            "resource.spec.schema.deep == [1.0, 2.5, true, null, {'a': 'x'}]",
        ),
    ],
)
def test_a_field_of_any_type(schema: object, expression: str) -> None:
    """A field that takes several types is seen as what was written."""
    data: dict[str, Any] = dict(examples()["KindDefinition"])
    data["spec"] = {**data["spec"], "schema": schema}
    assert holds(data, expression) is True


def test_maps() -> None:
    """Counts by persona are a map from text to whole numbers."""
    assert holds(examples()["Evidence"], "resource.spec.participants['data-engineer'] == 3") is True


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_becomes_a_message(kind: str) -> None:
    """The example of each kind can be seen by policies."""
    assert holds(examples()[kind], f"resource.kind == '{kind}' && resource.metadata.title != ''")


def test_display_names() -> None:
    """Types are called by the field that has them."""
    assert display_name("roadgate.InitiativeSpec") == "Initiative.spec"
    assert display_name("roadgate.EvidenceComputed") == "Evidence.computed"
    assert display_name("roadgate.Rice") == "Rice"
