"""The language of policies does what its conformance file says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.evaluate.answers import Answers
from roadgate.evaluate.cases import Case, Group
from roadgate.evaluate.cel import CompileError, EvaluationError
from roadgate.evaluate.compiled import variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.functions.declared import NOTHING
from roadgate.evaluate.functions.host import hosting
from roadgate.evaluate.functions.table import DIALECT, HOST_FUNCTIONS
from roadgate.evaluate.hints import reword_evaluation
from roadgate.evaluate.verdicts import Judgements
from roadgate.evaluate.world import World
from roadgate.load.limits import Limits
from roadgate.load.yaml_text import parse
from roadgate.model.values import parse_day
from unit.evaluate.policy_world import roadmap

if TYPE_CHECKING:
    from roadgate.evaluate.cel import Activation, Environment

FILE = Path(__file__).parents[2] / "cases" / "cel-conformance.yaml"
CONTENT: Any = parse(FILE.read_bytes(), FILE.name, Limits())[0][0].data
NAMES = ("resource", "evidence", "group", "roadmap", "asOf")


@cache
def _scene() -> tuple[Environment, Activation, Answers]:
    documents = [{"apiVersion": "roadgate/v1", **each} for each in CONTENT["documents"]]
    linked = roadmap(*documents)
    as_of = parse_day(CONTENT["asOf"])
    world = World(linked, Judgements(linked, as_of), as_of)
    about = linked.initiatives["faster-ci"]
    everything = Group("Initiative", "", tuple(linked.initiatives.values()))
    case = Case(world, about.ref, about, group=everything)
    types = {
        **variables("resource", "Initiative", NOTHING),
        **variables("portfolio", "Initiative", NOTHING),
    }
    environment = base_types().environment(types)
    activation = environment.activation({name: case.value(name) for name in NAMES})
    return environment, activation, Answers(world, None, None)


def _value(expression: str) -> str:
    environment, activation, answers = _scene()
    with hosting(answers):
        return environment.shown(expression, activation)


def test_the_version() -> None:
    """The file is about this version of the dialect, and about an initiative that is there."""
    assert CONTENT["dialect"] == DIALECT
    assert _scene()[2].exists("Initiative", "faster-ci")


@pytest.mark.parametrize("case", CONTENT["cases"], ids=lambda each: each["expression"][:60])
def test_conforms(case: dict[str, str]) -> None:
    """Each expression has its value, or its error, or is refused."""
    if "refused" in case:
        with pytest.raises(CompileError) as refused:
            _value(case["expression"])
        assert case["refused"] in str(refused.value)
    elif "error" in case:
        with pytest.raises(EvaluationError) as failed:
            _value(case["expression"])
        assert case["error"].lower() in reword_evaluation(str(failed.value)).lower()
    else:
        assert _value(case["expression"]) == case["value"].replace('"', "'")


@pytest.mark.parametrize("function", HOST_FUNCTIONS, ids=lambda each: each.id)
def test_the_examples_of_the_reference(function: Any) -> None:
    """The example of each function is true on the roadmap of the file, and calls it."""
    assert f"{function.name}(" in function.example
    assert _value(function.example) == "true"
