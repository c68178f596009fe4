"""What all kinds share: strictness, the envelope, metadata."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from roadgate.model.reference import TeamName
from roadgate.model.values import ItemId, Many, Name, Text

API_VERSION = "roadgate/v1"


def meanings(**of: str) -> dict[str, Any]:
    """What each value of a field means, for editors; hyphens in values are underscores here."""
    return {"enumDescriptions": {value.replace("_", "-"): text for value, text in of.items()}}


_WRITTEN: dict[frozenset[str], set[str]] = {}


class Part(BaseModel):
    """A mapping of a document. Unknown fields are errors; those that begin with ``x-`` are free."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        alias_generator=to_camel,
        defer_build=True,
        json_schema_extra={"patternProperties": {"^x-": True}},
    )

    KEY: ClassVar[str | None] = None
    """The field that tells the entries of a list of this part from one another."""

    @model_validator(mode="before")
    @classmethod
    def _leave_out_free_fields(cls, data: object) -> object:
        if isinstance(data, dict):
            for key in data:  # a plain loop: this runs for every mapping of every document
                if isinstance(key, str) and key[:2] == "x-":
                    return {name: value for name, value in data.items() if str(name)[:2] != "x-"}
        return data

    def model_post_init(self, _context: object, /) -> None:
        """Share the names of the fields that were written: many thousand parts have the same."""
        written = self.__pydantic_fields_set__
        shared = _WRITTEN.setdefault(frozenset(written), written)
        object.__setattr__(self, "__pydantic_fields_set__", shared)


class Item(Part):
    """An entry of a list which is told apart by its ``id``."""

    KEY = "id"

    id: ItemId = Field(
        description="Unique in its list; identity survives edits as long as it stays."
    )


class Metadata(Part):
    """Who and what a document is."""

    name: Name = Field(description="Unique for the kind: lowercase letters, digits and hyphens.")
    title: Text = Field(description="What people call it.")
    owner: TeamName | None = Field(default=None, description="The Team that answers for it.")
    labels: dict[str, str] = Field(default_factory=dict, description="Free labels for filters.")
    annotations: dict[str, Any] = Field(default_factory=dict, description="Free notes for tools.")
    aliases: Many[Name] = Field(default=(), description="Former names: identity survives a rename.")


class Envelope(Part):
    """A whole document: ``apiVersion``, ``kind``, ``metadata`` and ``spec``."""

    KIND: ClassVar[str]

    api_version: Literal["roadgate/v1"] = Field(description="The version of the format.")
    kind: str = Field(description="The kind of document.")
    metadata: Metadata = Field(description="Who and what it is.")
