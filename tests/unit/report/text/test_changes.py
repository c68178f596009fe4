"""Plans as text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from roadgate.report import text
from unit.report.samples import PLAN, issue_change

if TYPE_CHECKING:
    from roadgate.model.issues import ActionKind


@pytest.mark.parametrize(
    ("action", "sign"),
    [
        ("create", "+ create"),
        ("reopen", "+ reopen"),
        ("update", "~ update"),
        ("comment", "~ comment"),
        ("label", "~ label"),
        ("close", "- close"),
    ],
)
def test_each_action_has_its_sign(action: ActionKind, sign: str) -> None:
    """A reader sees at a glance what comes and what goes."""
    printed = text.plan(replace(PLAN, changes=(issue_change(action=action),)))

    assert f"\n  {sign}" in printed


def test_titles_cannot_steer_the_terminal() -> None:
    """A title is a user's text."""
    printed = text.plan(replace(PLAN, changes=(issue_change(title="\x1b[2J\nboo"),)))

    assert "  + create   \\x1b[2J boo\n" in printed
