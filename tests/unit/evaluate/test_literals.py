"""Texts in expressions that can never be right."""

from __future__ import annotations

import pytest

from roadgate.evaluate.compiled import variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import NOTHING
from roadgate.evaluate.literals import expected, impossible


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
        (
            "evidence.map(e, e.spec.method).exists(m, m == 'intervew')",
            "'intervew'",
            "'m' is never 'intervew'; did you mean 'interview'?",
        ),
        ("evidence.filter(e, true).exists(e, e.spec.method == 'surve')", "'surve'", "'survey'"),
        ("'intervew' in evidence.map(e, e.spec.method)", "'intervew'", "mean 'interview'?"),
        ("['nxt', 'now'].exists(h, h == resource.spec.horizon)", "'nxt'", "mean 'next'?"),
        ("resource.spec.horizon in (size(evidence) > 1 ? ['nwo'] : ['now'])", "'nwo'", "'now'?"),
        ("resource.spec.horizon in ['now'] + ['nxt']", "'nxt'", "mean 'next'?"),
        ("(has(old.spec) ? 'nwo' : 'now') == resource.spec.horizon", "'nwo'", "mean 'now'?"),
        ("{'nxt': 3}[resource.spec.horizon] == 3", "'nxt'", "mean 'next'?"),
        ("resource.spec.horizon in {'nxt': 3}", "'nxt'", "mean 'next'?"),
        ("roadmap.initiatives.tally('spec.horizon')['nwo'] == 1", "'nwo'", "mean 'now'?"),
        ("resource.spec.horizon.startsWith('nx ')", "'nx '", "never begins with 'nx '"),
        ("resource.spec.horizon.lowerAscii() == 'Now'", "'Now'", "did you mean 'now'?"),
        ("resource.kind == 'Initative'", "'Initative'", "did you mean 'Initiative'?"),
        ("change.kind == 'Initative'", "'Initative'", "did you mean 'Initiative'?"),
        ("resource.computed.waitsFor.exists(w, w.horizon == 'nwo')", "'nwo'", "mean 'now'?"),
        ("asOf > '2026-13-45'", "'2026-13-45'", "'2026-13-45' is no day"),
        ("resource.spec.committed == '2026-2-3'", "'2026-2-3'", "write a date as YYYY-MM-DD"),
        ("resource.spec.committed == '2026'", "'2026'", "'2026' is no day"),
        ("verdicts.criteria.exists(c, c.by < 'tomorow')", "'tomorow'", "is no day"),
        ("days('2026-02-30', asOf) > 3", "'2026-02-30'", "is no day"),
        ("quarter('2026-8-1') == '2026-Q3'", "'2026-8-1'", "is no day"),
        ("addDays(asOf, 3) > '2026-31-12'", "'2026-31-12'", "is no day"),
        ("asDays('14 d') > 3", "'14 d'", "is no duration: write a duration in days"),
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
        "resource.kind == 'Evidence' || resource.kind == 'KEP' || change.kind == 'Config'",
        "evidence.map(e, e.metadata.title).exists(m, m == 'intervew')",
        "(has(old.spec) ? 'nwo' : resource.metadata.name) == resource.metadata.title",
        "{'a': 'now', 'b': 'next'}['a'] == resource.spec.horizon",
        "asOf >= '2026' && asOf < '2027-02' && resource.spec.committed == '2026-02-03'",
        "days('2026-02-28', asOf) > 3 && path('a', 'b').size() > 0",
        "resource.metadata.labels['area'] == 'ci'",
        "resource.spec.horizon.startsWith('n') && resource.spec.horizon.contains('ex')",
    ],
)
def test_not_told(expression: str) -> None:
    """What can be right is left alone."""
    assert problems(expression) == []


def test_what_parameters_are_compared_with() -> None:
    """Of those that meet what has a few values only; literals beside it may be meant as well."""
    types = base_types()
    text, texts = FieldType("string", optional=False), FieldType("string", "list")
    fields = {"state": text, "states": texts, "owner": text, "either": text}
    types.declare({"ParamsOfATest": fields})
    names = variables("resource", "Initiative", "ParamsOfATest")
    tree = types.environment(names).tree(
        "params.state == '' || resource.spec.status == params.state"
        " && params.states.all(h, h != resource.spec.horizon)"
        " && params.owner == resource.metadata.owner"
        " && (params.either == resource.metadata.title || params.either == resource.spec.horizon)"
    )

    found = expected(tree, types.fields, frozenset())

    assert found == {
        "state": {"", "proposed", "active", "paused", "shipped", "killed"},
        "states": {"exploring", "later", "next", "now"},
    }


def test_what_a_group_is_named_after() -> None:
    """The key of a group by horizon is a horizon."""
    types = base_types()
    tree = types.environment(variables("portfolio", "Initiative", NOTHING)).tree(
        "group.key != 'nwo'"
    )

    (problem,) = impossible(tree, types.fields, frozenset(), ("next", "now"))

    assert problem.message == "'group.key' is never 'nwo'; did you mean 'now'?"
    assert impossible(tree, types.fields, frozenset()) == []
