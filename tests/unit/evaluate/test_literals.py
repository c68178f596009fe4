"""Texts in expressions that can never be right."""

from __future__ import annotations

import pytest

from roadgate.evaluate.compiled import variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.functions.declared import NOTHING
from roadgate.evaluate.literals import impossible


def problems(expression: str) -> list[tuple[str, str]]:
    """What is told about an expression, and where."""
    types = base_types()
    tree = types.environment(variables("change", "Initiative", NOTHING)).tree(expression)
    found = impossible(tree, types.fields, frozenset({"KEP"}))
    return [(expression[each.start : each.end], each.message) for each in found]


@pytest.mark.parametrize(
    ("expression", "part", "message"),
    [
        (
            "resource.spec.horizon == 'nwo'",
            "'nwo'",
            "'resource.spec.horizon' is never 'nwo'; did you mean 'now'?",
        ),
        ("'x' != resource.spec.status", "'x'", "'resource.spec.status' is never 'x'; there is"),
        ("resource.spec.horizon in ['next', 'nwo']", "'nwo'", "did you mean 'now'?"),
        ("evidence.exists(e, e.spec.method == 'interviews')", "'interviews'", "mean 'interview'?"),
        ("team('x').spec.covers.exists(c, c == 'produkt')", "'produkt'", "mean 'product'?"),
        ("'produkt' in team('x').spec.covers", "'produkt'", "did you mean 'product'?"),
        ("verdict('x') == 'mised'", "'mised'", "did you mean 'missed'?"),
        ("verdicts.killThresholds.exists(t, t.verdict == 'trigered')", "'trigered'", "triggered"),
        ("field.effect == 'easyer'", "'easyer'", "did you mean 'easier'?"),
        ("approvedBy('x') == 'yess'", "'yess'", "did you mean 'yes'?"),
        ("exists('Initative', 'x')", "'Initative'", "no kind 'Initative'; did you mean"),
        (
            "roadmap.initiatives.having('spec.goall').size() > 0",
            "'spec.goall'",
            "no field 'goall' on Initiative.spec; did you mean 'goal'?",
        ),
        ("roadmap.teams.total('metadata.name') > 0.0", "'metadata.name'", "holds no number"),
        ("roadmap.initiatives.only('spec.horizon', 'nwo').size() > 0", "'nwo'", "mean 'now'?"),
        ("size(roadmap.initiatives.tally('spec.rice')) > 0", "'spec.rice'", "holds no plain value"),
    ],
)
def test_told(expression: str, part: str, message: str) -> None:
    """A text that no field takes, or a path to nowhere, is told with what was meant."""
    ((where, text),) = problems(expression)
    assert where == part
    assert message in text


@pytest.mark.parametrize(
    "expression",
    [
        "resource.spec.horizon in ['next', 'now'] && resource.spec.status != 'killed'",
        "exists('KEP', 'x') || exists('Team', 'x')",
        "roadmap.teams.total('spec.capacity') > 0.0",
        "roadmap.initiatives.only('spec.horizon', 'now').having('spec.rice').size() > 0",
        "roadmap.initiatives.tally('metadata.labels.area')['ci'] == 1",
        "roadmap.initiatives.having('metadata.annotations.x').size() > 0",
        "verdict('x', 'y') in ['held', 'met', 'clear']",
        "resource.metadata.name == 'nwo'",
        "resource.kind == 'Evidence'",
    ],
)
def test_not_told(expression: str) -> None:
    """What can be right is left alone."""
    assert problems(expression) == []
