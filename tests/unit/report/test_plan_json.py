"""A plan survives being saved, and nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roadgate.model.errors import UsageError
from roadgate.model.issues import IssueChange
from roadgate.model.plan import Place, Plan, PlanProblem
from roadgate.report.plan_json import dump, load
from unit.report.samples import ACCOUNT

PLAN = Plan(
    as_of=date(2026, 8, 5),
    place=Place("github", "acme/roadmap", "a" * 40, "0.1.0"),
    changes=(
        IssueChange("create", "missed/a", None, None, "A — title", "body\n", ("roadgate",), "why"),
        IssueChange("close", "kill/a/t", 4, "0f", "t", "c", ("roadgate",), "killed", "not_planned"),
    ),
    unchanged=3,
    problems=(PlanProblem("missed/b", 9, "issue #9 is not ours", "trust its author"),),
    notes=("a note",),
    account=ACCOUNT,
    managed_label="roadgate",
    trusted_authors=("github-actions[bot]",),
)


@pytest.mark.parametrize("plan", [PLAN, replace(PLAN, trusted_authors=None, changes=())])
def test_what_is_saved_is_read_again(plan: Plan) -> None:
    """Everything that apply needs."""
    assert load(dump(plan)) == plan


def test_the_shape_is_the_published_one() -> None:
    """Names as programs read them."""
    data = json.loads(dump(PLAN))

    assert list(data) == [
        "version",
        "asOf",
        "tracker",
        "repository",
        "revision",
        "engine",
        "managedLabel",
        "trustedAuthors",
        "changes",
        "unchanged",
        "problems",
        "notes",
        "exceptions",
        "disabled",
    ]
    assert data["changes"][1] == {
        "action": "close",
        "key": "kill/a/t",
        "issue": 4,
        "observed": "0f",
        "title": "t",
        "body": "c",
        "labels": ["roadgate"],
        "reason": "killed",
        "closeReason": "not_planned",
    }


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"version": 2}, "version"),
        ({"asOf": "soon"}, "asOf"),
        ({"changes": [{"action": "delete"}]}, "changes.0.action"),
        ({"unknown": 1}, "unknown"),
        ({"tracker": "elsewhere"}, "tracker"),
    ],
)
def test_another_shape_is_refused(change: dict[str, Any], where: str) -> None:
    """The message names the place and says what to do."""
    data = {**json.loads(dump(PLAN)), **change}

    with pytest.raises(UsageError, match=f"this is no saved plan: {where}") as raised:
        load(json.dumps(data))
    assert "roadgate plan --out" in raised.value.hint


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "plan"])
def test_what_is_no_plan_at_all_is_refused(text: str) -> None:
    """Never a traceback."""
    with pytest.raises(UsageError, match="this is no saved plan"):
        load(text)
