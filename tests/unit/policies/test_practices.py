"""The page of practices names fields, policies and commands that exist, and forgets no kind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest

from roadgate.cli.main import command
from roadgate.model.kinds import KINDS
from roadgate.pipeline import schemas
from roadgate.pipeline.builtin import builtin_policies

PAGE = (Path(__file__).resolve().parents[3] / "docs/reference/practices.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| practice")
]
FIELDS = sorted(set(re.findall(r"`([A-Z]\w+\.[\w.\[\]]+)`", PAGE)))
FILES = schemas.generate()
WORDS = {"decreasing", "essential", "stale", "tradeoff", "until"}
"""Values and fields that the page names on their own."""


def rule_of(path: str) -> dict[str, Any] | None:
    """The schema of a field such as ``Launch.spec.activities[].due``; None where there is none."""
    kind, _, rest = path.partition(".")
    schema = json.loads(FILES[f"{kind.lower()}.schema.json"])
    rule: dict[str, Any] = schema
    for step in rest.split("."):
        fields = followed(rule, schema).get("properties", {})
        name = step.removesuffix("[]")
        if name not in fields:
            return None
        rule = fields[name]
        if step.endswith("[]"):
            rule = followed(rule, schema)["items"]
    return rule


def followed(rule: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A rule without ``$ref`` and without ``| null``."""
    for choice in rule.get("anyOf", ()):
        if choice.get("type") != "null":
            return followed(choice, schema)
    if "$ref" in rule:
        return dict(schema["$defs"][rule["$ref"].rpartition("/")[2]])
    return rule


@pytest.mark.parametrize("path", FIELDS)
def test_each_field_exists(path: str) -> None:
    """Nobody looks for a field in vain."""
    assert rule_of(path) is not None


def test_a_field_that_does_not_exist_is_noticed() -> None:
    """The test above can fail."""
    assert rule_of("Launch.spec.activities[].spam") is None
    assert rule_of("Launch.spec.activities[].due") is not None


def test_each_policy_exists_and_each_has_a_practice() -> None:
    """The page and the packs are about the same things."""
    assert set(re.findall(r"\bRG\d{3}\b", PAGE)) == {
        each.body.spec.id for each in builtin_policies()
    }


def test_each_command_exists() -> None:
    """What is said to show something can be typed."""
    verbs = set(re.findall(r"`([a-z]+)(?: [^`]*)?`", PAGE))
    assert isinstance(command, click.Group)
    known = {*command.list_commands(click.Context(command)), *WORDS}

    assert {"status", "check", "explain"} <= verbs <= known


def test_each_row_has_a_place() -> None:
    """A practice is declared in a field, and held or shown by something."""
    assert len(ROWS) > 60
    assert [row for row in ROWS if len(row) != 3 or "`" not in row[1] or not row[2]] == []


def test_each_kind_that_people_write_has_a_practice() -> None:
    """No kind is there for its own sake."""
    shown = {path.partition(".")[0] for path in FIELDS}

    assert shown == {*KINDS} - {"Policy", "KindDefinition"}
