"""One schema for a whole folder, made for editors, and the catalog that leads them to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.model.kinds import API_VERSION, KINDS
from roadgate.pipeline.schema_examples import examples
from roadgate.pipeline.schema_words import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SOME = 2
"""Fields that a snippet shows where none is needed."""
_CATALOG = "https://json.schemastore.org/schema-catalog.json"


def any_kind(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """``kind`` says which of the definitions a document must meet."""
    meanings = {name: definitions[name]["description"] for name in KINDS}
    # a document that has no kind yet is offered one of each
    choice: dict[str, Any] = {
        "defaultSnippets": [
            {"label": name, "description": meaning, "body": _snippet(name, definitions)}
            for name, meaning in meanings.items()
        ]
    }
    # a chain, not oneOf: a validator then names the wrong field, not every kind that it is not
    for name in reversed(KINDS):
        choice = {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {"$ref": f"#/$defs/{name}"},
            "else": choice,
        }
    return {
        "title": "roadgate",
        "description": "Any resource of a roadmap.",
        "type": "object",
        "properties": {
            "apiVersion": {"const": API_VERSION, "description": "The version of the format."},
            "kind": {
                "description": "What the document declares.",
                "enum": list(KINDS),
                MEANINGS: meanings,
            },
        },
        "required": ["apiVersion", "kind"],
        **choice,
        "$defs": {name: _saying(each, meanings.get(name)) for name, each in definitions.items()},
    }


def catalog(base: str) -> dict[str, Any]:
    """Where editors find the schemas of which files, in the form of SchemaStore."""
    return {
        "$schema": _CATALOG,
        "version": 1,
        "schemas": [
            {
                "name": "roadgate",
                "description": "Resources and policies of a roadmap that roadgate judges.",
                "fileMatch": [
                    f"**/{folder}/**/*.{ending}"
                    for folder in ("roadmap", "policies")
                    for ending in ("yaml", "yml")
                ],
                "url": f"{base}roadgate.schema.json",
            },
            {
                "name": "roadgate settings",
                "description": "The settings of a roadmap that roadgate judges.",
                "fileMatch": ["roadgate.yaml"],
                "url": f"{base}config.schema.json",
            },
        ],
    }


def _snippet(kind: str, definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The smallest document of a kind, with places to fill in."""
    numbers = iter(range(1, 1000))
    head = {"apiVersion": API_VERSION, "kind": kind}
    return head | dict(_needed(definitions[kind], examples()[kind], definitions, numbers))


def _saying(definition: Mapping[str, Any], meaning: str | None) -> Mapping[str, Any]:
    """The definition of a kind, in which ``kind`` says what the kind is."""
    if meaning is None:
        return definition
    fields = definition["properties"]
    return {
        **definition,
        "properties": {**fields, "kind": {**fields["kind"], "description": meaning}},
    }


def _needed(
    rule: Mapping[str, Any],
    example: Any,  # noqa: ANN401 - a JSON value
    definitions: Mapping[str, Any],
    numbers: Iterator[int],
) -> Any:  # noqa: ANN401 - a JSON value
    """What a rule needs at least, taken from an example."""
    name = rule.get("$ref", "").rpartition("/")[2]
    rule = definitions.get(name, rule)
    if isinstance(example, dict) and "properties" in rule:
        return {
            key: _needed(rule["properties"][key], example[key], definitions, numbers)
            for key in rule.get("required") or [*example][:_SOME]
            if key in example
        }
    if "const" in rule:
        return rule["const"]
    if isinstance(example, list):
        items = rule.get("items", {})
        return [_needed(items, each, definitions, numbers) for each in example[:1]]
    if isinstance(example, dict):
        return example
    return f"${{{next(numbers)}:{example}}}"
