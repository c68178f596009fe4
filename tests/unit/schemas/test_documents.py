"""Real documents meet the published schemas: a full one of each kind, and everything we ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import simplejson
from jsonschema import Draft202012Validator

from roadgate.load.limits import Limits
from roadgate.load.yaml_text import parse
from roadgate.model.bundled import bundled
from roadgate.model.kinds import KINDS
from roadgate.pipeline import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = Path(__file__).parent / "documents.yaml"
FILES = schemas.generate()
CHECKS = Draft202012Validator.FORMAT_CHECKER


def documents(path: Path) -> Iterator[Any]:
    """The documents of a file as a JSON Schema validator wants them."""
    read, findings = parse(path.read_bytes(), path.name, Limits())
    assert findings == []
    for each in read:
        yield json.loads(simplejson.dumps(dict(each.data), default=dict))


def errors(document: Any, name: str) -> list[str]:
    """What the schema of that name has against a document."""
    validator = Draft202012Validator(
        json.loads(FILES[f"{name}.schema.json"]), format_checker=CHECKS
    )
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(document)]


def shipped() -> list[Path]:
    """Every resource and configuration under examples/ and policies/."""
    examples = bundled("examples").rglob("*.yaml")
    governed = [path for path in examples if _governed(path)]
    return sorted([*governed, *bundled("policies").rglob("*.yaml")])


def _governed(path: Path) -> bool:
    return path.name == "roadgate.yaml" or not {"roadmap", "policies"}.isdisjoint(path.parts)


def test_a_full_document_of_each_kind_meets_its_schema() -> None:
    """Every documented field is taken, under its documented name."""
    read = list(documents(FULL))

    assert [errors(each, each["kind"].lower()) for each in read] == [[] for _ in read]
    assert {each["kind"] for each in read} == {*KINDS, "Config"}


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_what_we_ship_meets_its_schema(path: Path) -> None:
    """Nobody copies an example that an editor would underline."""
    for document in documents(path):
        schema = "config" if document["kind"] == "Config" else "roadgate"
        assert errors(document, schema) == []


def test_something_is_shipped() -> None:
    """An empty list of files would prove nothing."""
    assert len(shipped()) > 5
