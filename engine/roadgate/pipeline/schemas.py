"""Write the JSON Schemas of everything that people write and programs read.

The models are the source; the files under ``schemas/`` are what editors and other tools read.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from roadgate.load.project import load_project
from roadgate.model.baseline import BaselineFile
from roadgate.model.kinds import KINDS, Config
from roadgate.model.schemas.schema import bundled
from roadgate.pipeline import editor_schema
from roadgate.pipeline.schema_examples import examples
from roadgate.pipeline.schema_words import MEANINGS, teach, without_meanings
from roadgate.report.backtest_v1 import PolicyBacktestOutput
from roadgate.report.coverage import PolicyCoverageListOutput
from roadgate.report.doctor import DoctorOutput
from roadgate.report.explain_v1 import ExplainOutput
from roadgate.report.graph_v1 import GraphOutput
from roadgate.report.output_v1 import CheckOutput
from roadgate.report.plan_json import PlanOutput
from roadgate.report.policies_v1 import PolicyListOutput, PolicyTestOutput
from roadgate.report.policy_diff import PolicyDiffOutput
from roadgate.report.stages_v1 import LifecycleOutput
from roadgate.report.status_v1 import StatusOutput

if TYPE_CHECKING:
    from pydantic import BaseModel

    from roadgate.model.kinds.base import Part
    from roadgate.pipeline.workspace import Workspace

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BASE = "https://roadgate.dev/schemas/v1/"
_OUTPUTS: dict[str, type[BaseModel]] = {
    "check": CheckOutput,
    "doctor": DoctorOutput,
    "explain": ExplainOutput,
    "graph": GraphOutput,
    "plan": PlanOutput,
    "lifecycle": LifecycleOutput,
    "policy-backtest": PolicyBacktestOutput,
    "policy-coverage": PolicyCoverageListOutput,
    "policy-diff": PolicyDiffOutput,
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
_AS_THEY_ARE = ("examples", "defaultSnippets", MEANINGS)
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
    kinds: dict[str, type[Part]] = {**KINDS, Config.KIND: Config}
    files = {f"{kind.lower()}.schema.json": _kind(kind, model) for kind, model in kinds.items()}
    files["roadgate.schema.json"] = editor_schema.any_kind(_definitions())
    files["baseline.schema.json"] = _schema(BaselineFile, "roadgate.baseline.json", "validation")
    for name, output in _OUTPUTS.items():
        title = f"roadgate {name.replace('-', ' ')} --format json"
        files[f"output/{name}.schema.json"] = _schema(output, title, "serialization")
    return {path: _text(schema, path) for path, schema in sorted(files.items())}


def catalog() -> str:
    """The text of the catalog that leads editors to the schemas."""
    return _json(editor_schema.catalog(_BASE))


def _kind(kind: str, model: type[Part]) -> dict[str, Any]:
    """The schema of one kind, in standard words only: for every validator."""
    schema = _schema(model, kind, "validation")
    teach(schema, model)
    return {**without_meanings(schema), "examples": [examples()[kind]]}


def _definitions() -> dict[str, Any]:
    """The definitions of all kinds that are resources, and of their parts."""
    _, schema = models_json_schema(
        [(model, "validation") for model in KINDS.values()], schema_generator=_Generator
    )
    for model in KINDS.values():
        teach(schema, model)
    return dict(schema["$defs"])


def of_custom_kinds(workspace: Workspace) -> dict[str, str]:
    """The schemas of the kinds that a project defines itself, each as one document, by kind."""
    kinds = load_project(workspace.tree(None)).governed
    return {
        name: _json(bundled(kind.schema, told=True))
        for name, kind in sorted(kinds.items())
        if kind.is_usable
    }


def _schema(model: type[BaseModel], title: str, mode: JsonSchemaMode) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, schema_generator=_Generator, mode=mode)
    return {**schema, "title": title}


def _text(schema: dict[str, Any], path: str) -> str:
    head = {"$schema": DIALECT, "$id": f"{_BASE}{path}"}
    return _json({**head, **_tidy(schema)})


def _json(data: Any) -> str:  # noqa: ANN401 - a JSON value
    return json.dumps(data, indent=2, ensure_ascii=False, default=_number) + "\n"


def _number(value: object) -> object:
    """Numbers with a point, as a schema of the project's own has them."""
    return float(value) if isinstance(value, Decimal) else str(value)


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
        elif key in _AS_THEY_ARE:
            tidied[key] = value
        elif key != "default" or value not in (None, [], {}):
            tidied[_KEYWORDS.get(str(key), str(key))] = _tidy(value)
    return _in_order(_meant(_nullable(tidied)))


def _meant(schema: dict[str, Any]) -> dict[str, Any]:
    """What the values mean as editors want it: in the order of the values."""
    if MEANINGS not in schema:
        return schema
    meanings = schema[MEANINGS]
    return {**schema, MEANINGS: [meanings.get(value, "") for value in schema.get("enum", ())]}


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
