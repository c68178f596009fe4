"""Schemas of several files: where references lead, and those that lead nowhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from roadgate.load.custom.schemas import gather
from roadgate.load.custom.sources import SchemaFile, read_schema
from roadgate.load.limits import DEFAULT
from roadgate.load.trees import FolderTree
from roadgate.model.schemas.engine import problem, violations
from unit.load.repositories import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from roadgate.model.finding import Finding
    from roadgate.model.schemas.schema import Schema

DRAFT = {
    "4": "http://json-schema.org/draft-04/schema#",
    "7": "http://json-schema.org/draft-07/schema#",
}
TEXT = {"type": "string"}


def schema(root: Path, files: Mapping[str, Any], path: str) -> tuple[Schema, list[Finding]]:
    """Read a schema with everything that it refers to."""
    texts = {
        name: text if isinstance(text, str) else json.dumps(text, indent=1)
        for name, text in files.items()
    }
    tree = FolderTree(write(root, texts))
    source = read_schema(tree, path, DEFAULT)
    assert isinstance(source, SchemaFile)
    return gather(source, path, tree, DEFAULT)


@pytest.mark.parametrize(
    "files",
    [
        {"s/a.json": {"properties": {"x": {"$ref": "b.json"}}}, "s/b.json": TEXT},
        {
            "s/a.json": {"properties": {"x": {"$ref": "../t/b.json#/$defs/x"}}},
            "t/b.json": {"$defs": {"x": TEXT}},
        },
        {"s/a.json": {"properties": {"x": {"$ref": "#/$defs/x"}}, "$defs": {"x": TEXT}}},
        {
            "s/a.json": {
                "properties": {"x": {"$ref": "#t"}},
                "$defs": {"x": {"$anchor": "t", **TEXT}},
            }
        },
        {
            "s/a.json": {
                "$schema": DRAFT["7"],
                "properties": {"x": {"$ref": "#t"}},
                "definitions": {"x": {"$id": "#t", **TEXT}},
            }
        },
        {
            "s/a.json": {
                "$schema": DRAFT["4"],
                "id": "http://example.com/a.json",
                "properties": {"x": {"$ref": "#/definitions/x"}},
                "definitions": {"x": TEXT},
            }
        },
        {
            "s/a.json": {
                "$id": "https://example.com/s/a.json",
                "properties": {"x": {"$ref": "b.json"}},
            },
            "s/b.json": {"$id": "https://example.com/s/b.json", **TEXT},
        },
        {
            "s/a.json": {
                "$id": "https://example.com/s/a.json",
                "properties": {"x": {"$ref": "https://example.com/s/a.json#/$defs/x"}},
                "$defs": {"x": TEXT},
            }
        },
        {
            "s/a.json": {
                "properties": {"x": {"$ref": "inner"}},
                "$defs": {"i": {"$id": "inner", **TEXT}},
            }
        },
        {
            "s/a.json": {"properties": {"x": {"$ref": "b%20c%20d.yaml#/definitions/x~1y"}}},
            "s/b c d.yaml": "definitions: {x/y: {type: string}}\n",
        },
        {
            "s/a.json": {"properties": {"x": {"$ref": "b.json#/$defs/x"}}},
            "s/b.json": {"$defs": {"x": {"$ref": "a.json#/$defs/y"}}},
        },
    ],
)
def test_references_within_the_repository(files: dict[str, Any], tmp_path: Path) -> None:
    """By path, pointer, anchor and name, across files, drafts and formats."""
    if "s/b.json" in files and "$defs" in files["s/b.json"]:
        files["s/a.json"]["$defs"] = {"y": TEXT}
    found, findings = schema(tmp_path, files, "s/a.json")
    assert findings == []
    assert problem(found) is None
    assert violations(found, {"x": "a"}) == []
    assert [each.keyword for each in violations(found, {"x": 1})] == ["type"]


def test_circles_are_fine(tmp_path: Path) -> None:
    """A schema may refer to itself, also through another file."""
    node = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"next": {"$ref": "b.json"}},
    }
    found, findings = schema(tmp_path, {"a.json": node, "b.json": {"$ref": "a.json"}}, "a.json")
    assert findings == []
    assert violations(found, {"next": {"next": {}}}) == []
    (wrong,) = violations(found, {"next": {"next": {"nxt": 1}}})
    assert wrong.path == ("next", "next")


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("https://example.com/x.json", "'https://example.com/x.json' lies outside the repository"),
        ("//example.com/x.json", "lies outside the repository"),
        ("file:///etc/passwd", "lies outside the repository"),
        ("../../x.json", "'../../x.json' leaves the repository"),
        ("none.json", "'none.json' leads nowhere: there is no file 's/none.json'"),
        ("#/$defs/none", "'#/$defs/none' leads nowhere"),
        ("b.json#/none", "'b.json#/none' leads nowhere"),
        ("#none", "'#none' leads nowhere"),
        ("link.json", "'s/link.json' is no regular file"),
    ],
)
def test_references_that_lead_nowhere(reference: str, message: str, tmp_path: Path) -> None:
    """Each is told at its place in the schema file; nothing is fetched from elsewhere."""
    (tmp_path / "s").mkdir()
    (tmp_path / "s/link.json").symlink_to("/etc/hostname")
    files = {"s/a.json": {"properties": {"x": {"$ref": reference}}}, "s/b.json": TEXT}
    _, (finding,) = schema(tmp_path, files, "s/a.json")
    assert message in finding.message
    assert finding.location is not None
    assert (finding.location.path, finding.location.line) == ("s/a.json", 4)


def test_what_only_looks_like_a_reference(tmp_path: Path) -> None:
    """Names of fields, constants and examples refer to nothing."""
    document = {
        "properties": {"$ref": {"const": {"$ref": "none.json"}}},
        "examples": [{"$ref": "none.json"}],
        "enum": [{"$ref": "none.json"}, {}],
        "default": {"$ref": "none.json"},
    }
    assert schema(tmp_path, {"a.json": document}, "a.json")[1] == []


def test_mistakes_of_every_file_are_told_there(tmp_path: Path) -> None:
    """A file that is no schema, or no JSON, is told at its own line."""
    files = {
        "a.json": {"properties": {"x": {"$ref": "b.json"}, "y": {"$ref": "c.json"}}},
        "b.json": '{\n "type": "strng",\n "pattern": "(?=a)"\n}',
        "c.json": '{"type": ',
    }
    _, findings = schema(tmp_path, files, "a.json")
    places = [(each.location.path, each.location.line) for each in findings if each.location]
    assert places == [("b.json", 2), ("b.json", 3), ("c.json", 1)]


def test_slips_that_json_schema_passes_over(tmp_path: Path) -> None:
    """A keyword that is almost one is a warning at its place; free words are nobody's business."""
    document = {
        "type": "object",
        "properties": {"minimun": {"type": "integer", "minimun": 3}},
        "x-note": 1,
        "intellij": True,
        "additionalProperties": {"format": "int32", "anyOf": [{"format": "dat"}]},
    }
    _, (form, finding) = schema(tmp_path, {"a.json": document}, "a.json")
    assert form.fix == "did you mean 'date'?"
    assert finding.severity == "warning"
    assert finding.fix == "did you mean 'minimum'?"
    assert finding.location is not None
    assert finding.location.line == 6
