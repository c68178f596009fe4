"""KindDefinition: a kind of the organisation's own, for files that are there already."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from roadgate.model.kinds.base import Envelope, Metadata, Part
from roadgate.model.values import Many, Text


def _path_or_schema(value: object) -> object:
    if isinstance(value, (bool, dict)) or (isinstance(value, str) and value.strip()):
        return value
    raise ValueError("write the path of a JSON Schema in this repository, or the schema itself")


JsonSchema: TypeAlias = Annotated[
    Any,
    BeforeValidator(_path_or_schema),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, {"type": "object"}]}),
]
"""The path of a JSON Schema, or the schema itself."""


def _one_or_several(value: object) -> object:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)) and value:
        return value
    raise ValueError("write the name of a field, such as kep-number, or a list of several")


FieldPaths: TypeAlias = Annotated[
    Many[Text],
    BeforeValidator(_one_or_several),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            ]
        }
    ),
]
"""A field path, or several whose values count together."""


class DefinitionMetadata(Metadata):
    """Who and what a definition is; its title is its name unless it says otherwise."""

    title: Text = Field(default="", description="What people call it; its name without.")

    @model_validator(mode="before")
    @classmethod
    def _call_it_by_its_name(cls, data: object) -> object:
        if isinstance(data, dict) and data.get("title") is None and "name" in data:
            return {**data, "title": data["name"]}
        return data


class KindDefinitionSpec(Part):
    """Which files are of the kind, how they are told apart, and what they must look like."""

    kind: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,62}$")] = Field(
        description="What policies call it, in CamelCase.", examples=["KEP"]
    )
    files: Many[Text] = Field(
        min_length=1,
        description="Globs of the files, from the project's root.",
        examples=[["keps/**/kep.yaml"]],
    )
    format: Literal["yaml", "json", "markdown"] = Field(
        default="yaml", description="yaml, json, or markdown for its front matter."
    )
    envelope: bool = Field(
        default=False,
        description="Whether the files have apiVersion, kind, metadata and spec of their own.",
    )
    identity: FieldPaths = Field(
        default=(),
        description="The field whose value tells one from another; several where one does not.",
        examples=["kep-number"],
    )
    schema_: JsonSchema = Field(
        default=None,
        alias="schema",
        description="A JSON Schema: its path in the repository, or the schema itself.",
        examples=["schemas/kep.schema.json"],
    )


class KindDefinition(Envelope):
    """A kind of your own, for YAML, JSON or front matter that is there already."""

    KIND: ClassVar[str] = "KindDefinition"

    kind: Literal["KindDefinition"] = Field(description="The kind of document.")
    metadata: DefinitionMetadata = Field(description="Who and what it is.")
    spec: KindDefinitionSpec
