"""Which fields an expression can look at."""

from __future__ import annotations

import pytest

from roadgate.evaluate.compiled import variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.looks import Looks, looks, looks_by_words

RESOURCE = {("Initiative", "spec")}
CRITERIA = RESOURCE | {("InitiativeSpec", "successCriteria")}
RICE = RESOURCE | {("InitiativeSpec", "rice")}


def seen(expression: str) -> Looks | None:
    """What an expression about an initiative looks at."""
    names = variables("resource", "Initiative", "")
    del names["params"]
    return looks(base_types().environment(names).tree(expression))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("true", set()),
        ("resource.spec.horizon == 'now'", RESOURCE | {("InitiativeSpec", "horizon")}),
        ("has(resource.spec.rice)", RICE),
        ("resource.spec.rice != null", RICE),
        ("size(resource.spec.successCriteria) > 0", CRITERIA),
        ("resource.spec.successCriteria[0].id == ''", CRITERIA | {("SuccessCriterion", "id")}),
        (
            "resource.spec.successCriteria.filter(c, has(c.by)).exists(c, c.id == 'a')",
            CRITERIA | {("SuccessCriterion", "by"), ("SuccessCriterion", "id")},
        ),
        (
            "size(evidence.map(e, e.spec).map(s, s.method).distinct()) > 1",
            {("Evidence", "spec"), ("EvidenceSpec", "method")},
        ),
        (
            "evidence.exists(e, e.spec.experiment.arms['control'].n > 1)",
            {
                *(("Evidence", "spec"), ("EvidenceSpec", "experiment")),
                *(("Experiment", "arms"), ("Arm", "n")),
            },
        ),
        (
            "evidence.exists(e, 'control' in e.spec.experiment.arms)",
            {("Evidence", "spec"), ("EvidenceSpec", "experiment"), ("Experiment", "arms")},
        ),
        (
            "size(true ? evidence : evidence + evidence) > 0 && verdicts.verdict == 'met'",
            {("Verdicts", "verdict")},
        ),
        (
            "resource.metadata.labels['area'] == 'ci'",
            {("Initiative", "metadata"), ("Metadata", "labels")},
        ),
    ],
)
def test_fields_are_named(expression: str, expected: set[tuple[str, str]]) -> None:
    """Each field counts as one of its own message, loops and conditions gone through."""
    assert seen(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "resource.spec.rice == resource.spec.rice",
        "resource.spec in [resource.spec]",
        "evidence.exists(e, e in evidence)",
        "evidence == []",
        "evidence.exists(e, e.spec.experiment.arms == {})",
        "evidence.named() == ''",
        "dyn(resource).spec.horizon == 'now'",
        "[resource, 1].exists(each, each.spec.horizon == 'now')",
        "size(roadmap.initiatives.only('spec.horizon', 'now')) > 0",
        "type(resource) == string",
    ],
)
def test_whole_messages_may_be_looked_at(expression: str) -> None:
    """Who compares whole messages, or hands them on, may look at any field."""
    assert seen(expression) is None


def test_by_words() -> None:
    """Where only words are known, a word is a field of every message that has it."""
    found = looks_by_words(frozenset({"horizon", "nothing"}))
    assert ("InitiativeSpec", "horizon") in found
    assert {field for _, field in found} == {"horizon"}
