"""Expressions as trees, and as text again."""

from __future__ import annotations

import pytest

from roadgate.evaluate.compiled import expressions, variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.functions.declared import NOTHING
from roadgate.evaluate.unparsed import unparse
from roadgate.pipeline.builtin import builtin_policies

TEXTS = sorted(
    {
        text
        for policy in builtin_policies()
        for text in (policy.body.spec.match.where, *expressions(policy.body))
        if text
        and policy.body.spec.scope == "resource"
        and "params" not in text
        and policy.body.spec.match.kinds == ("Initiative",)
    }
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda each: each[:50])
def test_there_and_back(text: str) -> None:
    """The text of a tree compiles, and means the same: its own tree has the same text."""
    environment = base_types().environment(variables("resource", "Initiative", NOTHING))
    written = unparse(environment.tree(text))
    assert unparse(environment.tree(written)) == written


def test_there_are_texts() -> None:
    """The shipped policies offer enough to try."""
    assert len(TEXTS) > 30


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("size(evidence) > 0", "evidence.size()  >  0"),
        ("has( resource.spec.rice )", "has(resource.spec.rice)"),
        ("!(resource.spec.horizon in ['now'])", '!(resource.spec.horizon in ["now"])'),
        (
            "evidence.filter(e, e.spec.method == 'survey').map(e, e.spec.date)",
            "evidence.filter(e,e.spec.method=='survey').map(e,e.spec.date)",
        ),
        (
            "evidence.map(e, has(e.spec.teams), e.spec.date)[0]",
            "(evidence.map(e, has(e.spec.teams), e.spec.date))[0]",
        ),
        ("evidence.exists_one(e, true) ? 1 : 2", "(evidence.exists_one(e, true)) ? (1) : (2)"),
        ("-(1 + 2) * 3", "(-(1 + 2)) * 3"),
        ("{'a': 1}['a']", "{'a': 1}[\"a\"]"),
    ],
)
def test_one_spelling(one: str, other: str) -> None:
    """Two spellings of one meaning come out alike."""
    environment = base_types().environment(variables("resource", "Initiative", NOTHING))
    assert unparse(environment.tree(one)) == unparse(environment.tree(other))
