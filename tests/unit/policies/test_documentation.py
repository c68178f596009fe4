"""Every CEL expression and every policy in the documentation compiles, and does what is said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from roadgate.evaluate import parameters
from roadgate.evaluate.compiled import variables
from roadgate.evaluate.environment import base_types
from roadgate.evaluate.fields import FieldType
from roadgate.load.limits import limits_of
from roadgate.load.yaml_text import parse
from roadgate.model.kinds import KINDS, Policy, default_config
from roadgate.model.resource import Resource
from roadgate.model.source import ResourceRef
from roadgate.pipeline.examples import run_examples

if TYPE_CHECKING:
    from roadgate.model.kinds.policy import PolicyScope

ROOT = Path(__file__).parents[3]
PACKS = ROOT / "docs" / "reference" / "packs"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
WRITTEN = [each for each in PAGES if PACKS not in each.parents]
"""Pages about policies that ship are made from them, and the policies have tests of their own."""
FENCE = re.compile(r"^```cel(?: (?P<scope>\w+))?\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
YAML = re.compile(r"^```ya?ml\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
SCOPES: dict[str | None, tuple[PolicyScope, str]] = {
    None: ("resource", "Initiative"),
    "change": ("change", "Initiative"),
    "group": ("portfolio", "Initiative"),
    "portfolio": ("portfolio", ""),
}
FENCES = [
    pytest.param(found["text"], SCOPES[found["scope"]], id=f"{page.name}-{number}")
    for page in PAGES
    for number, found in enumerate(FENCE.finditer(page.read_text(encoding="utf-8")))
]
PARAMS = {"minInterviews": FieldType("int")}


def _policies() -> list[Resource[Policy]]:
    """Every policy that a page shows as YAML."""
    found = []
    for page in WRITTEN:
        for block in YAML.finditer(page.read_text(encoding="utf-8")):
            if "kind: Policy" not in block["text"]:
                continue
            documents, findings = parse(
                block["text"].encode(), page.name, limits_of(default_config())
            )
            assert not findings
            for each in documents:
                if each.data.get("kind") == "Policy":
                    body = Policy.model_validate(each.data)
                    if not set(body.spec.match.kinds) <= set(KINDS):
                        continue  # kinds of one's own: tests/integration/test_govern_page.py
                    ref = ResourceRef("Policy", body.metadata.name)
                    found.append(Resource(page.name, each.index, ref, body, each.data))
    return found


@pytest.mark.parametrize(("text", "scope"), FENCES)
def test_expression(text: str, scope: tuple[PolicyScope, str]) -> None:
    """An expression in the documentation compiles where it says it belongs."""
    types = base_types()
    params = parameters.type_name(PARAMS)
    types.declare({params: PARAMS})
    environment = types.environment(variables(*scope, params))
    returns: Literal["bool", "string"] = "string" if ".format(" in text else "bool"
    assert environment.compile(text.strip(), returns) is not None


def test_there_are_expressions() -> None:
    """The pattern finds the expressions: without any, nothing would be tested."""
    assert len(FENCES) > 8


@pytest.mark.parametrize("policy", _policies(), ids=lambda each: each.body.spec.id)
def test_policy(policy: Resource[Policy]) -> None:
    """A policy in the documentation compiles, and its examples are as they say."""
    results = run_examples(policy)
    assert len(results) == len(policy.body.spec.examples) > 0
    assert [each.problem for each in results if each.problem] == []
