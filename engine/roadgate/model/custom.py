"""Kinds of the organisation's own, as a KindDefinition declares them, and their resources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from roadgate.model.document import Format
from roadgate.model.kinds import Envelope
from roadgate.model.kinds.base import Metadata
from roadgate.model.schemas.schema import Schema


@dataclass(frozen=True, slots=True)
class CustomKind:
    """A kind that a KindDefinition declares, with its schema read."""

    name: str
    definition: str
    """The name of the KindDefinition."""
    files: tuple[str, ...]
    format: Format
    envelope: bool
    identity: tuple[str, ...]
    """The fields whose values, joined by a colon, name a resource."""
    schema: Schema
    is_usable: bool = field(default=True)
    """Whether documents can be held against the schema: else a finding says why not."""


class CustomResource(Envelope):
    """A document of a custom kind: what it says is in the resource's data."""

    KIND: ClassVar[str] = ""

    @classmethod
    def named(cls, kind: str, name: str) -> CustomResource:
        """The body of a document that has no envelope of its own."""
        metadata = Metadata.model_construct(name=name, title=name)
        return cls.model_construct(api_version="roadgate/v1", kind=kind, metadata=metadata)
