"""No rule that nothing can make fail: what passes is broken, and each clause must notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mutation import complete
from mutation.mutants import mutants
from mutation.noticed import tally
from roadgate.model.finding import Status
from roadgate.pipeline.builtin import builtin_policies

if TYPE_CHECKING:
    from roadgate.model.kinds import Policy
    from roadgate.model.resource import Resource

ABOUT_RESOURCES = [each for each in builtin_policies() if each.body.spec.scope != "change"]
"""What a change may do is tried on real commits, in tests/integration/test_pull_requests.py."""


@pytest.mark.parametrize("policy", ABOUT_RESOURCES, ids=lambda each: each.body.spec.id)
def test_every_clause_notices(policy: Resource[Policy]) -> None:
    """Something dropped from a passing example, or moved in it, makes each clause fail."""
    found = tally(policy)
    assert sorted(found.by_clause) == list(range(len(policy.body.spec.validations)))


def test_a_rule_that_nothing_can_break() -> None:
    """A clause that always holds is the one that notices nothing."""
    (policy,) = [each for each in builtin_policies() if each.body.spec.id == "RG203"]
    spec = policy.body.spec
    first = spec.validations[0].model_copy(update={"expression": "true"})
    weaker = spec.model_copy(update={"validations": (first, *spec.validations[1:])})
    found = tally(replace(policy, body=policy.body.model_copy(update={"spec": weaker})))
    assert list(found.by_clause) == [1]


def test_mutants() -> None:
    """Each field is dropped, each number and day moved, each word replaced; the rest stays."""
    document = {
        "kind": "Initiative",
        "metadata": {"name": "a"},
        "spec": {"horizon": "now", "rice": {"effort": 2}, "by": ["2026-01-31"], "when": ">= 15"},
    }
    made = dict(mutants((document,)))
    told = {what.removeprefix("Initiative a: ") for what in made}
    assert told >= {
        "Initiative a is taken out",
        "Initiative a is there 5 times",
        "without spec.rice",
        "without spec.rice.effort",
        "without spec.by.0",
        "spec.rice.effort is '20' instead of '2'",
        "spec.horizon is 'later' instead of 'now'",
        "spec.by.0 is '2026-02-01' instead of '2026-01-31'",
        "spec.when is '<= 15' instead of '>= 15'",
        "spec.when is '>= 1.5' instead of '>= 15'",
    }
    assert not any(document in mutant for what, mutant in made.items() if "times" not in what)


FREE = {
    "Evidence.metadata.owner",
    "Evidence.spec.limits",  # a notice
    "Evidence.spec.limits[]",
    "Initiative.spec.killThresholds[].action",  # review is the default
    "Initiative.spec.review",
    "Initiative.spec.successCriteria[]",  # another is left
    "Journey.spec.stages[].pain",  # what does not hurt needs no initiative
    "Launch.metadata.owner",
    "Metric.spec.role",  # of one of several
    "Persona.spec.population",
    "Service.spec.lifecycle",  # production is the default
    "Team.spec.capacity",  # a notice
    "Team.spec.members[].github",
    "Team.spec.wip",
    "Vision.metadata.owner",
}
"""The fields of a complete commitment that may be dropped without an error or a warning."""


def test_the_complete_commitment_is_green() -> None:
    """Whoever declares all of it hears nothing from the strict preset."""
    assert complete.findings(complete.documents()) == []


def test_every_field_is_noticed() -> None:
    """Of a complete commitment no field can be dropped unnoticed, but those named here."""
    assert set(complete.unnoticed()) == FREE


def test_no_rule_stumbles() -> None:
    """However a commitment is broken, each rule can tell: none of them lacks what it looks at."""
    stumbled = [
        (what, each.message)
        for what, found in complete.tried()
        for each in found
        if each.status is Status.ERROR
    ]
    assert stumbled == []
