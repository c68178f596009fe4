"""Every policy that ships is shown to hold, and to fail, by its own examples."""

from __future__ import annotations

from collections import Counter

import pytest

from roadgate.evaluate.bindings import PRESETS
from roadgate.evaluate.policies import compile_policies
from roadgate.model.kinds import default_config
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.examples import ExampleResult, run_examples

RESULTS = [each for policy in builtin_policies() for each in run_examples(policy, house=False)]


def _title(result: ExampleResult) -> str:
    return f"{result.policy}: {result.example}"


@pytest.mark.parametrize("result", RESULTS, ids=_title)
def test_example(result: ExampleResult) -> None:
    """The example passes, or fails with the message it expects."""
    assert result.problem == ""


@pytest.mark.parametrize("policy", builtin_policies(), ids=lambda each: each.body.spec.id)
def test_both_ways(policy: object) -> None:
    """Each policy has an example that passes and one that fails, and every example was run."""
    found = next(each for each in builtin_policies() if each is policy)
    spec = found.body.spec
    assert {each.passes for each in spec.examples} == {True, False}
    ran = Counter(each.policy for each in RESULTS)
    assert ran[spec.id] == len(spec.examples)


def test_presets_name_what_is_there() -> None:
    """Every id of a preset is a policy that ships, and every shipped policy is in a preset."""
    there = {each.body.spec.id for each in builtin_policies()}
    assert {name for ids in PRESETS.values() for name in ids} == there


def test_essential_compiles() -> None:
    """The default preset compiles without a finding."""
    policy_set, findings = compile_policies((), builtin_policies(), default_config())
    assert [each.id for each in policy_set.policies] == list(PRESETS["essential"])
    assert findings == []


def test_failing_examples_say_what_they_expect() -> None:
    """A failing example without an expected message could fail for another reason."""
    silent = [
        each.name
        for policy in builtin_policies()
        for each in policy.body.spec.examples
        if not each.passes and not each.expect
    ]
    assert silent == []
