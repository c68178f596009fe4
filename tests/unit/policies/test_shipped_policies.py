"""Every policy that ships is shown to hold, and to fail, by its own examples."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from roadgate.evaluate.bindings import PRESET, STEPS, presets
from roadgate.evaluate.compiling import compile_clauses
from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.model.finding import Severity
from roadgate.model.kinds import default_config
from roadgate.model.packs import PACK
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.examples import ExampleResult, run_examples
from unit.evaluate.policy_world import TODAY, config, initiative, roadmap, said

if TYPE_CHECKING:
    from roadgate.model.kinds import Config, Policy
    from roadgate.model.resource import Resource

RESULTS = [each for policy in builtin_policies() for each in run_examples(policy, house=False)]


def _title(result: ExampleResult) -> str:
    return f"{result.policy}: {result.example}"


@pytest.mark.parametrize("result", RESULTS, ids=_title)
def test_example(result: ExampleResult) -> None:
    """The example passes, or fails with the message it expects."""
    assert result.problem == ""


@pytest.mark.parametrize("policy", builtin_policies(), ids=lambda each: each.body.spec.id)
def test_both_ways(policy: Resource[Policy]) -> None:
    """Each policy has an example that passes and one that fails, and every example was run."""
    spec = policy.body.spec
    assert {each.passes for each in spec.examples} == {True, False}
    ran = Counter(each.policy for each in RESULTS)
    assert ran[spec.id] == len(spec.examples)


def _with(policy: Resource[Policy], index: int, expression: str) -> Resource[Policy]:
    """The policy, with one validation that asks for something else."""
    spec = policy.body.spec
    clauses = list(spec.validations)
    clauses[index] = clauses[index].model_copy(update={"expression": expression})
    weaker = spec.model_copy(update={"validations": tuple(clauses)})
    return replace(policy, body=policy.body.model_copy(update={"spec": weaker}))


every_clause = pytest.mark.parametrize(
    ("policy", "index"),
    [
        pytest.param(policy, index, id=f"{policy.body.spec.id}-{index}")
        for policy in builtin_policies()
        for index in range(len(policy.body.spec.validations))
    ],
)


@every_clause
def test_every_clause_is_shown_to_fail(policy: Resource[Policy], index: int) -> None:
    """A clause that no longer asks for anything is noticed by an example."""
    weaker = run_examples(_with(policy, index, "true"), house=False)
    assert any(each.problem for each in weaker)


@every_clause
def test_every_clause_is_shown_to_hold(policy: Resource[Policy], index: int) -> None:
    """A clause that nothing can meet is noticed by an example that passes."""
    stricter = run_examples(_with(policy, index, "false"), house=False)
    examples = policy.body.spec.examples
    assert any(each.problem and examples[each.index].passes for each in stricter)


PACKS = {
    "evidence": "1",
    "commitment": "2",
    "criteria": "2",
    "portfolio": "3",
    "journey": "4",
    "change": "5",
    "kill": "6",
    "lifecycle": "6",
    "readiness": "7",
    "launch": "8",
    "team": "8",
    "communication": "9",
}
"""Each pack, and the hundreds that its ids stand in."""


@pytest.mark.parametrize("policy", builtin_policies(), ids=lambda each: each.body.spec.id)
def test_labels(policy: Resource[Policy]) -> None:
    """Each policy names its pack and its preset; its id and its file agree."""
    labels = policy.body.metadata.labels
    assert labels.keys() == {PACK, PRESET}
    assert labels[PRESET] in STEPS
    name = policy.body.spec.id
    assert name[2] == PACKS[labels[PACK]]
    assert policy.path == f"{name}-{policy.body.metadata.name}.yaml"


def test_essential_is_a_promise() -> None:
    """The default preset holds the gates and the change guard, and nothing else."""
    others = {"RG101", "RG201", "RG301", "RG601"}
    change = {each for each in presets(builtin_policies())["essential"] if each not in others}
    assert change == {each.body.spec.id for each in builtin_policies() if _pack(each) == "change"}


def _pack(policy: Resource[Policy]) -> str:
    return policy.body.metadata.labels[PACK]


@pytest.mark.parametrize("preset", STEPS)
def test_presets_compile(preset: str) -> None:
    """Each preset compiles without a finding."""
    policy_set, findings = compile_policies((), builtin_policies(), _settings(preset))
    assert [each.id for each in policy_set.policies] == list(presets(builtin_policies())[preset])
    assert findings == []


def _settings(preset: str) -> Config:
    return config(policies={"presets": [preset]})


@pytest.mark.parametrize("preset", STEPS)
def test_a_first_initiative_is_green(preset: str) -> None:
    """A question with hardly a word to it breaks no rule; what matched nothing is told, once."""
    policy_set, _ = compile_policies((), builtin_policies(), _settings(preset))
    run = evaluate(policy_set, roadmap(initiative("a")), None, None, None, TODAY)
    assert [(each.id, each.severity) for each in run.findings] == [("RG033", Severity.NOTICE)]
    assert run.findings[0].message.startswith("nothing here is matched by 'RG101', ")


def test_scores_are_compared_exactly() -> None:
    """Scores that differ by less than a double can tell are still in or out of order."""
    policy_set, _ = compile_policies((), builtin_policies(), default_config())
    low = {"reach": Decimal(100), "impact": 1, "confidence": 100, "effort": 3}
    high = {**low, "reach": Decimal("100.0000000000000000001")}
    found = roadmap(
        initiative("low", "now", status="active", committed="2026-01-01", rice=low),
        initiative("high", "next", rice=high),
        initiative("same", "next", rice={**low, "reach": 200, "effort": 6}),
    )
    run = evaluate(policy_set, found, None, None, None, TODAY)
    assert said(run.findings, "RG301") == [
        "'low' (RICE 33.3) is out of order: 'high' (RICE 33.3) waits in next"
    ]


def test_order_among_many() -> None:
    """The highest score that waits is named, however many do."""
    policy_set, _ = compile_policies((), builtin_policies(), default_config())
    rice = {"impact": 1, "confidence": 100, "effort": 1}
    waiting = [initiative(f"i{each}", "next", rice={**rice, "reach": each}) for each in range(40)]
    now = initiative("n", "now", status="active", committed="2026-01-01", rice={**rice, "reach": 5})
    run = evaluate(policy_set, roadmap(now, *waiting), None, None, None, TODAY)
    assert said(run.findings, "RG301") == [
        "'n' (RICE 5.0) is out of order: 'i39' (RICE 39.0) waits in next"
    ]


def test_failing_examples_say_what_they_expect() -> None:
    """A failing example without an expected message could fail for another reason."""
    silent = [
        each.name
        for policy in builtin_policies()
        for each in policy.body.spec.examples
        if not each.passes and not each.expect
    ]
    assert silent == []


@pytest.mark.parametrize("policy", builtin_policies(), ids=lambda each: each.body.spec.id)
def test_nothing_passes_by_absence(policy: Resource[Policy]) -> None:
    """No expression holds because something is absent, or compares with what can never be."""
    _, findings = compile_clauses(policy, house=True)
    assert [each.message for each in findings] == []


def test_items_are_pointed_to() -> None:
    """Where one item of a list is at fault, the finding is at that item, not at the list."""
    found = {(each.id, each.clause): each.field for result in RESULTS for each in result.found}
    assert found["RG205", 1] == "spec.milestones[cache].due"
    assert found["RG215", 1] == "spec.successCriteria[ci-duration].target"
    assert found["RG602", 1] == "spec.killThresholds[no-movement].when"
    assert found["RG802", 1] == "spec.champions.search"


def test_findings_have_a_place() -> None:
    """Each finding of a shipped policy is at its clause's field, or at an item of it."""
    clauses = {each.body.spec.id: each.body.spec.validations for each in builtin_policies()}
    for result in RESULTS:
        for each in result.found:
            assert each.clause is not None
            at = clauses[each.id][each.clause].at
            assert at is None or (each.field or at).startswith(at)
