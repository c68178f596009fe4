"""One expression for all policies: whatever it answers, each policy on its own says too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.evaluate import sieve as module
from roadgate.evaluate.answers import Answers
from roadgate.evaluate.cases import Cases
from roadgate.evaluate.functions.host import hosting
from roadgate.evaluate.groups import portfolio_cases
from roadgate.evaluate.judge import judge
from roadgate.evaluate.policies import compile_policies
from roadgate.evaluate.sieve import Question, sieve
from roadgate.evaluate.verdicts import Judgements
from roadgate.evaluate.world import World
from roadgate.load.memory import MemoryTree
from roadgate.load.project import load_project
from roadgate.pipeline.builtin import builtin_policies
from roadgate.roadmap.link import link
from unit.evaluate.policy_world import (
    TODAY,
    compiled,
    config,
    decision,
    initiative,
    policy,
    roadmap,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadgate.evaluate.cases import Case
    from roadgate.evaluate.compiled import CompiledPolicy
    from roadgate.model.roadmap import Roadmap

STRICT, _ = compile_policies(
    (), builtin_policies(), config(policies={"presets": ["recommended", "strict"]})
)
EXAMPLES = [
    pytest.param(example, id=f"{each.body.spec.id}: {example.name}")
    for each in builtin_policies()
    for example in each.body.spec.examples
    if each.body.spec.scope == "resource"
]


def alone(rule: CompiledPolicy, case: Case, world: World) -> str:
    """What a policy says of a case, in the letters of the one expression."""
    outcome = judge(rule, case, world)
    if not outcome.matched:
        return "-"
    return "?" if outcome.findings else "+"


def questions(policies: Sequence[CompiledPolicy]) -> Iterator[tuple[str, Question, list[int]]]:
    """One question for each kind that policies of scope resource are about."""
    of_resources = [each for each in policies if each.scope == "resource"]
    for kind in dict.fromkeys(kind for each in of_resources for kind in each.clauses):
        asked = [place for place, each in enumerate(of_resources) if kind in each.clauses]
        yield kind, Question(kind, [of_resources[place] for place in asked]), asked


ASKED = list(questions(STRICT.policies))
OF_RESOURCES = [each for each in STRICT.policies if each.scope == "resource"]


def read(files: Sequence[dict[str, Any]]) -> Roadmap:
    """An example's documents and measurements, linked."""
    texts = {
        each["path"] if "text" in each else f"roadmap/{place}.yaml": (
            each["text"] if "text" in each else json.dumps(each, default=str)
        )
        for place, each in enumerate(files)
    }
    found, _ = link(load_project(MemoryTree({path: text.encode() for path, text in texts.items()})))
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_shipped_policy_on_every_example(example: Any) -> None:
    """Resources of all sorts: the one expression and each policy on its own say the same."""
    found = read(example.files)
    as_of = example.as_of or TODAY
    world = World(found, Judgements(found, as_of), as_of)
    cases = Cases(world, None, None, None)
    with hosting(Answers(world, None, None)):
        for kind, question, asked in ASKED:
            for case in cases.of_kind(kind):
                answers = question.ask(case)
                expected = [alone(OF_RESOURCES[place], case, world) for place in asked]
                if answers is None:
                    continue  # then each is judged on its own
                assert answers == "".join(expected)


def test_the_one_expression_compiles() -> None:
    """It is not given up for any kind, or nothing would have been compared."""
    plain = roadmap(initiative("a"))
    world = World(plain, None, TODAY)
    (case,) = Cases(world, None, None, None).of_kind("Initiative")
    with hosting(Answers(world, None, None)):
        question = next(question for kind, question, _ in ASKED if kind == "Initiative")
        assert set(question.ask(case) or "") <= {"+", "-", "?"}
        assert question.ask(case) is not None


def test_the_one_expression_looks_at_fields_alone() -> None:
    """No shipped policy needs whole resources, so that messages of a few fields are compared."""
    assert {kind: question.looks is not None for kind, question, _ in ASKED} == {
        kind: True for kind, _, _ in ASKED
    }


def rule(expression: str, **params: int) -> dict[str, Any]:
    """A house policy with parameters of its own."""
    schema = {"type": "object", "properties": {name: {"type": "integer"} for name in params}}
    number = len(expression)
    return policy(
        expression,
        id=f"ACME{number:03d}",
        name=f"rule-{number}",
        params={"schema": schema, "default": params},
    )


def test_each_policy_keeps_its_own_parameters() -> None:
    """Parameters of one name are told apart, also where an expression only looks like one."""
    rules = [
        rule("params.least > 2", least=3),
        rule("params.least > 2 && true", least=2),
        rule("'params.least' != '' && params.least == 1 // params", least=1),
        rule("[1, 2].exists(each, each == params.least)  // params.least", least=5),
    ]
    policy_set, broken = compiled(*rules)
    assert broken == []
    world = World(roadmap(initiative("a")), None, TODAY)
    (case,) = Cases(world, None, None, None).of_kind("Initiative")
    by_rule = {each.id: each for each in policy_set.policies}
    ordered = [by_rule[each["spec"]["id"]] for each in rules]
    with hosting(Answers(world, None, None)):
        assert Question("Initiative", ordered).ask(case) == "+?+?"


def test_what_cannot_be_told_is_left_to_each_policy() -> None:
    """An error in one policy, or a Decision in force, leaves no common answer."""
    policy_set, _ = compiled(rule("resource.spec.rice.effort < 1.0", least=1))
    waived = decision("d", "waive", {"policy": "ACME031", "initiative": "b"}, until="2027-01-01")
    world = World(roadmap(initiative("a"), initiative("b"), waived), None, TODAY)
    cases = Cases(world, None, None, None).of_kind("Initiative")
    with hosting(Answers(world, None, None)):
        question = Question("Initiative", policy_set.policies)
        assert [question.ask(case) for case in cases] == [None, None]


def test_a_variable_called_params_is_told_apart() -> None:
    """A loop may name its variable as it likes; then each policy is judged on its own."""
    policy_set, _ = compiled(rule("[1].all(params, params == 1)", least=1))
    world = World(roadmap(initiative("a")), None, TODAY)
    (case,) = Cases(world, None, None, None).of_kind("Initiative")
    with hosting(Answers(world, None, None)):
        assert Question("Initiative", policy_set.policies).ask(case) is None


def test_many_resources_are_sorted_as_few_are() -> None:
    """Above the size at which it is worthwhile, nothing is lost and nothing is added."""
    many = module.WORTHWHILE + 7
    documents = [
        initiative(f"i{number}", "now" if number % 3 else "later") for number in range(many)
    ]
    policy_set, _ = compiled(
        policy("resource.spec.horizon == 'now'", match={"kinds": ["Initiative"]})
    )
    world = World(roadmap(*documents), None, TODAY)
    with hosting(Answers(world, None, None)):
        sieved = sieve(policy_set.policies, Cases(world, None, None, None))
    later = [each["metadata"]["name"] for each in documents if each["spec"]["horizon"] == "later"]
    assert sorted(case.ref.name for case in sieved.doubtful[0] if case.ref) == sorted(later)
    assert sieved.matched == {"ACME001": many - len(later)}


def test_members_of_a_portfolio_are_chosen_alike() -> None:
    """What one look tells of who belongs is what each look at a resource would say."""
    many = module.WORTHWHILE + 20
    documents = [
        initiative(f"i{number}", "now" if number % 4 else "later") for number in range(many)
    ]
    waived = decision("d", "waive", {"policy": "ACME001", "initiative": "i1"}, until="2027-01-01")
    rules = [
        policy(
            "size(group.resources) < 3",
            scope="portfolio",
            match={"kinds": ["Initiative"], "where": "resource.spec.horizon == 'now'"},
        )
    ]
    policy_set, broken = compiled(*rules)
    assert broken == []
    world = World(roadmap(*documents, waived), None, TODAY)
    cases = Cases(world, None, None, None)
    with hosting(Answers(world, None, None)):
        sieved = sieve(policy_set.policies, cases)
        belongs = sieved.belongs[0]
        (rule_,) = policy_set.policies
        (with_it,) = portfolio_cases(rule_, cases, world, belongs)
        (without,) = portfolio_cases(rule_, cases, world)
    assert isinstance(with_it, type(without))
    assert with_it == without
    assert len(belongs) == many - 1  # a Decision in force: that one is looked at on its own


def test_many_resources_beside_the_whole_roadmap() -> None:
    """Who looks at lists of the roadmap sees them whole, and of each entry what is looked at."""
    many = module.WORTHWHILE + 3
    documents = [initiative(f"i{number:03d}", "now") for number in range(many)]
    asked = (
        f"size(roadmap.initiatives) == {many} && roadmap.initiatives[7].spec.horizon == 'now'"
        " && roadmap.initiatives[8].metadata.name == 'i008' && size(roadmap.goals) == 0"
        " && (resource.spec.horizon == 'later' || resource.metadata.title == 'i042')"
    )
    policy_set, broken = compiled(policy(asked, match={"kinds": ["Initiative"]}))
    assert broken == []
    world = World(roadmap(*documents), None, TODAY)
    with hosting(Answers(world, None, None)):
        sieved = sieve(policy_set.policies, Cases(world, None, None, None))
        ((position, doubtful),) = sieved.doubtful.items()
        (rule_,) = policy_set.policies
        (other, *_) = doubtful
        assert sieved.matched == {"ACME001": 1}
        assert (position, len(doubtful)) == (0, many - 1)
        assert alone(rule_, other, world) == "?"
