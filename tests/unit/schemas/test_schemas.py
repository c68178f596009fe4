"""The generated schemas: up to date, valid, and of one mind with the models."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from roadgate.model.bundled import bundled
from roadgate.model.kinds import KINDS, Config
from roadgate.pipeline import schemas
from roadgate.pipeline.schema_examples import documents, examples

FILES = schemas.generate()
MODELS: dict[str, type[BaseModel]] = {**KINDS, "Config": Config}


def kind_schema(kind: str) -> dict[str, Any]:
    """The schema of one kind."""
    loaded: dict[str, Any] = json.loads(FILES[f"{kind.lower()}.schema.json"])
    return loaded


def accepts(kind: str, document: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the schema and the model take a document."""
    validator = jsonschema_rs.Draft202012Validator(kind_schema(kind), validate_formats=True)
    try:
        MODELS[kind].model_validate(document)
    except ValidationError:
        return validator.is_valid(document), False
    return validator.is_valid(document), True


def changed(kind: str, path: str, value: Any) -> dict[str, Any]:
    """The example of a kind with one value set; a value of ``...`` removes the field."""
    document: dict[str, Any] = json.loads(json.dumps(examples()[kind]))
    target: Any = document
    *way, last = path.split(".")
    for step in way:
        target = target[int(step)] if step.isdigit() else target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return document


def test_the_files_are_what_the_models_say() -> None:
    """Nobody edits a model without its schema: run ``make generated``."""
    folder = bundled("schemas")

    there = {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in folder.rglob("*.schema.json")
    }

    assert there == FILES


@pytest.mark.parametrize("path", FILES)
def test_each_file_is_a_schema_of_2020_12(path: str) -> None:
    """Any validator can use it, under an identifier of its own."""
    schema = json.loads(FILES[path])

    Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == (
        "https://json-schema.org/draft/2020-12/schema",
        f"https://roadgate.dev/schemas/v1/{path}",
    )


@pytest.mark.parametrize("path", FILES)
def test_no_word_of_a_schema_is_unknown(path: str) -> None:
    """A misspelled keyword would be ignored by every validator."""
    known = {
        "$schema",
        "$id",
        "$ref",
        "$defs",
        "title",
        "description",
        "type",
        "const",
        "enum",
        "anyOf",
        "items",
        "default",
        "examples",
        "properties",
        "patternProperties",
        "additionalProperties",
        "propertyNames",
        "required",
        "format",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minLength",
        "minItems",
        "maxItems",
        "if",
        "then",
        "else",
    }

    if path == "roadgate.schema.json":  # made for editors, which know two more
        known |= {"enumDescriptions", "defaultSnippets"}

    assert set(keywords(json.loads(FILES[path]))) <= known


def keywords(schema: Any) -> list[str]:
    """Every keyword of a schema, wherever it stands."""
    if not isinstance(schema, dict):
        return []
    words = list(schema)
    for word, value in schema.items():
        if word in ("properties", "patternProperties", "$defs"):
            words += [each for part in value.values() for each in keywords(part)]
        elif word == "anyOf":
            words += [each for part in value for each in keywords(part)]
        elif word in ("items", "additionalProperties", "propertyNames", "if", "then", "else"):
            words += keywords(value)
    return words


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_has_a_description(kind: str) -> None:
    """An editor can say of each field what it is for."""
    schema = kind_schema(kind)
    parts = {kind: schema, **schema["$defs"]}

    silent = [
        f"{name}.{field}"
        for name, part in parts.items()
        for field, rule in part.get("properties", {}).items()
        if not rule.get("description")
        and not schema["$defs"].get(rule.get("$ref", "").rpartition("/")[2], {}).get("description")
    ]

    assert silent == []


@pytest.mark.parametrize("kind", MODELS)
def test_every_plain_field_has_an_example(kind: str) -> None:
    """An editor can show of each field what it may look like: see schema_examples.yaml."""
    schema = kind_schema(kind)
    offered = {"examples", "enum", "const", "$ref"}

    silent = [
        f"{name}.{field}"
        for name, part in schema["$defs"].items()
        for field, rule in part.get("properties", {}).items()
        if not offered & {*rule, *rule.get("items", {})}
        and "$ref" not in str(rule.get("additionalProperties"))
        and "boolean" not in rule.get("type", ())
        and not any("$ref" in each for each in rule.get("anyOf", ()))
        and rule.get("items", {}).get("type") != "object"
    ]

    assert silent == []


@pytest.mark.parametrize("document", documents(), ids=lambda each: str(each["kind"]))
def test_every_example_is_one(document: dict[str, Any]) -> None:
    """Each document that fields take their examples from meets its schema."""
    validator = jsonschema_rs.Draft202012Validator(
        kind_schema(document["kind"]), validate_formats=True
    )

    assert [error.message for error in validator.iter_errors(document)] == []


def test_the_examples_of_a_field_meet_the_field() -> None:
    """Nobody is shown what would be refused."""
    wrong = []
    for kind in MODELS:
        schema = kind_schema(kind)
        for name, part in schema["$defs"].items():
            for field, rule in part.get("properties", {}).items():
                alone = jsonschema_rs.Draft202012Validator(
                    {**rule, "$defs": schema["$defs"]}, validate_formats=True
                )
                wrong += [
                    f"{name}.{field}: {each}"
                    for each in rule.get("examples", ())
                    if not alone.is_valid(each)
                ]

    assert wrong == []


def test_each_value_with_a_meaning_has_one() -> None:
    """What an editor says of a value is said of each of them, and in their order."""
    schema = json.loads(FILES["roadgate.schema.json"])
    told = [
        (f"{name}.{field}", value, meaning)
        for name, part in schema["$defs"].items()
        for field, rule in part.get("properties", {}).items()
        if "enumDescriptions" in rule
        for value, meaning in zip(rule["enum"], rule["enumDescriptions"], strict=True)
    ]

    assert [each for each in told if not each[2] and each[1] is not None] == []
    now = ("InitiativeSpec.horizon", "now")
    assert (*now, "Committed: the scope is clear, and a team works on it.") in told


@pytest.mark.parametrize("kind", KINDS)
def test_a_snippet_is_a_document(kind: str) -> None:
    """What an editor writes for somebody who has nothing yet meets the schema."""
    schema = json.loads(FILES["roadgate.schema.json"])
    while "if" in schema:
        schema = schema["else"]
    (body,) = (each["body"] for each in schema["defaultSnippets"] if each["label"] == kind)

    document = yaml_values(re.sub(r"\$\{[0-9]+:([^}]*)\}", r"\1", json.dumps(body)))

    assert accepts(kind, document)[0]


def yaml_values(text: str) -> dict[str, Any]:
    """The document that a snippet becomes: what looks like a number or true is one."""

    def value(found: Any) -> Any:
        if isinstance(found, dict):
            return {key: value(each) for key, each in found.items()}
        if isinstance(found, list):
            return [value(each) for each in found]
        try:
            return json.loads(str(found).lower() if found in ("True", "False") else found)
        except json.JSONDecodeError:
            return found

    return dict(value(json.loads(text)))


def test_the_catalog_leads_to_the_schemas() -> None:
    """Each address is that of a schema which is published."""
    catalog = json.loads((bundled("schemas") / "catalog.json").read_text(encoding="utf-8"))

    assert catalog == json.loads(schemas.catalog())
    assert {each["url"] for each in catalog["schemas"]} <= {
        json.loads(text)["$id"] for text in FILES.values()
    }
    assert all(
        {"name", "description", "fileMatch", "url"} == {*each} for each in catalog["schemas"]
    )


@pytest.mark.parametrize("kind", MODELS)
def test_examples_are_taken(kind: str) -> None:
    """The example of a schema meets the schema and the model."""
    assert accepts(kind, kind_schema(kind)["examples"][0]) == (True, True)


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Initiative", "spec.horizn", "now"),
        ("Initiative", "spec.horizon", "soon"),
        ("Initiative", "spec.problem", ...),
        ("Initiative", "spec.problem", " "),
        ("Initiative", "spec.rice.impact", 2.5),
        ("Initiative", "spec.rice.effort", 0),
        ("Initiative", "spec.rice.reach", "240"),
        ("Initiative", "spec.committed", "02.02.2026"),
        ("Initiative", "spec.successCriteria.0.id", "ci duration"),
        ("Initiative", "spec.successCriteria.0.by", ...),
        ("Initiative", "spec.successCriteria.0.window", 14),
        ("Initiative", "spec.killThresholds.0.action", "stop"),
        ("Initiative", "metadata.name", "Faster_CI"),
        ("Initiative", "apiVersion", "roadgate/v2"),
        ("Evidence", "spec.method", "guess"),
        ("Evidence", "spec.participants", {"application-developer": -1}),
        ("Evidence", "spec.link", "http://example.com"),
        ("Metric", "spec.cadence", ...),
        ("Metric", "spec.direction", "up"),
        ("Team", "spec.wip", -1),
        ("Decision", "spec.by", []),
        ("Decision", "spec.type", "maybe"),
        ("Policy", "spec.id", "rg1"),
        ("Policy", "spec.validations", []),
        ("Config", "spec.calendar.quarterStart", 13),
        ("Config", "spec.github.maxChanges", 0),
        ("Config", "spec.policies.presets", ["all"]),
    ],
)
def test_schema_and_model_refuse_alike(kind: str, path: str, value: Any) -> None:
    """What the engine refuses, an editor underlines."""
    assert accepts(kind, changed(kind, path, value)) == (False, False)


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Initiative", "spec.x-note", {"free": True}),
        ("Initiative", "x-note", 1),
        ("Initiative", "spec.successCriteria.0.x-note", 1),
        ("Initiative", "spec.goal", None),
        ("Initiative", "spec.successCriteria.0.window", "14d"),
        ("Initiative", "spec.successCriteria.0.aggregate", None),
        ("Decision", "spec.until", None),
        ("Goal", "spec.parent", None),
        ("Team", "spec.members", []),
        ("Config", "metadata", None),
    ],
)
def test_schema_and_model_accept_alike(kind: str, path: str, value: Any) -> None:
    """Free fields, nulls and empty lists are taken by both."""
    assert accepts(kind, changed(kind, path, value)) == (True, True)


@pytest.mark.parametrize("kind", KINDS)
def test_one_schema_serves_every_kind(kind: str) -> None:
    """An editor needs one schema for a folder, and sees which field is wrong."""
    validator = Draft202012Validator(json.loads(FILES["roadgate.schema.json"]))

    wrong = [
        ".".join(map(str, error.absolute_path))
        for error in validator.iter_errors(changed(kind, "metadata.name", "Not A Name"))
    ]

    assert (validator.is_valid(examples()[kind]), wrong) == (True, ["metadata.name"])


@pytest.mark.parametrize(
    "document", [{}, {"kind": "Initiative"}, {"apiVersion": "roadgate/v1", "kind": "Epic"}]
)
def test_what_is_no_kind_is_refused(document: dict[str, Any]) -> None:
    """Neither an unknown kind nor none passes."""
    validator = jsonschema_rs.Draft202012Validator(json.loads(FILES["roadgate.schema.json"]))

    assert not validator.is_valid(document)
