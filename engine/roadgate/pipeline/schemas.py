"""Write the JSON Schemas of everything that people write and programs read.

The models are the source; the files under ``schemas/`` are what editors and other tools read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from roadgate.model.baseline import BaselineFile
from roadgate.model.kinds import API_VERSION, KINDS, Config
from roadgate.pipeline.schema_examples import examples
from roadgate.report.output_v1 import CheckOutput
from roadgate.report.plan_json import PlanOutput
from roadgate.report.policies_v1 import PolicyListOutput, PolicyTestOutput
from roadgate.report.status_v1 import StatusOutput

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BASE = "https://roadgate.dev/schemas/v1/"
_OUTPUTS: dict[str, type[BaseModel]] = {
    "check": CheckOutput,
    "plan": PlanOutput,
    "policy-list": PolicyListOutput,
    "policy-test": PolicyTestOutput,
    "status": StatusOutput,
}
_KEYWORDS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
}
"""Bounds behind a validator of our own come out under pydantic's names for them."""

_MAPS = ("properties", "patternProperties", "$defs")
_FIRST = ("title", "description", "type", "const", "enum", "$ref", "anyOf", "default")
_LAST = (
    *("properties", "patternProperties", "additionalProperties", "required"),
    *("if", "then", "else", "examples", "$defs"),
)


class _Generator(GenerateJsonSchema):
    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: object) -> bool:
        """Never: a field's name is there already, and its description says the rest."""
        del schema
        return False


def generate() -> dict[str, str]:
    """The text of every schema file, by its path under ``schemas/``."""
    kinds: dict[str, type[BaseModel]] = {**KINDS, Config.KIND: Config}
    files = {
        f"{kind.lower()}.schema.json": {
            **_schema(model, kind, "validation"),
            "examples": [examples()[kind]],
        }
        for kind, model in kinds.items()
    }
    files["roadgate.schema.json"] = _any_kind()
    files["baseline.schema.json"] = _schema(BaselineFile, "roadgate.baseline.json", "validation")
    for name, output in _OUTPUTS.items():
        title = f"roadgate {name.replace('-', ' ')} --format json"
        files[f"output/{name}.schema.json"] = _schema(output, title, "serialization")
    return {path: _text(schema, path) for path, schema in sorted(files.items())}


def _schema(model: type[BaseModel], title: str, mode: JsonSchemaMode) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, schema_generator=_Generator, mode=mode)
    return {**schema, "title": title}


def _any_kind() -> dict[str, Any]:
    """One schema for a whole folder: ``kind`` says which of the others a document must meet."""
    _, schema = models_json_schema(
        [(model, "validation") for model in KINDS.values()], schema_generator=_Generator
    )
    version = {"const": API_VERSION, "description": "The version of the format."}
    kind = {"enum": list(KINDS), "description": "The kind of document."}
    choice: dict[str, Any] = {}
    # a chain, not oneOf: a validator then names the wrong field, not every kind that it is not
    for name in reversed(KINDS):
        chosen = {"properties": {"kind": {"const": name}}}
        choice = {
            "if": chosen,
            "then": {"$ref": f"#/$defs/{name}"},
            **({"else": choice} if choice else {}),
        }
    return {
        "title": "roadgate",
        "description": "Any resource of a roadmap.",
        "type": "object",
        "properties": {"apiVersion": version, "kind": kind},
        "required": ["apiVersion", "kind"],
        **choice,
        "examples": [examples()[name] for name in KINDS],
        "$defs": schema["$defs"],
    }


def _text(schema: dict[str, Any], path: str) -> str:
    head = {"$schema": DIALECT, "$id": f"{_BASE}{path}"}
    return json.dumps({**head, **_tidy(schema)}, indent=2, ensure_ascii=False) + "\n"


def _tidy(node: Any) -> Any:  # noqa: ANN401 - a JSON value
    """The same schema in fewer words, for people who read it in an editor's tooltip."""
    if isinstance(node, list):
        return [_tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    tidied: dict[str, Any] = {}
    for key, value in node.items():
        if key in _MAPS:  # the keys of these are names, not keywords
            tidied[key] = {name: _tidy(each) for name, each in value.items()}
        elif key == "description":
            tidied[key] = value.replace("``", "`")
        elif key == "examples":
            tidied[key] = value
        elif key != "default" or value not in (None, [], {}):
            tidied[_KEYWORDS.get(str(key), str(key))] = _tidy(value)
    return _in_order(_nullable(tidied))


def _in_order(schema: dict[str, Any]) -> dict[str, Any]:
    first = {key: schema[key] for key in _FIRST if key in schema}
    last = {key: schema[key] for key in _LAST if key in schema}
    rest = {key: schema[key] for key in sorted(schema) if key not in first and key not in last}
    return {**first, **rest, **last}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """``type: [string, "null"]`` instead of ``anyOf``, where that says the same."""
    match schema.get("anyOf"):
        case [{"type": str(kind)} as some, {"type": "null"}]:
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            merged = {**some, "type": [kind, "null"], **rest}
            if "enum" in some:
                merged["enum"] = [*some["enum"], None]
            return merged
    return schema
