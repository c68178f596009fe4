"""A document that met its schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from roadgate.model.document import Data
from roadgate.model.kinds import Envelope
from roadgate.model.source import ResourceRef

K_co = TypeVar("K_co", bound=Envelope, covariant=True)


@dataclass(frozen=True, slots=True)
class Resource(Generic[K_co]):
    """A typed document, and where it came from."""

    path: str
    index: int
    """Which document of the file, from 0."""
    ref: ResourceRef
    body: K_co
    data: Mapping[str, Data]
    """As written, for the seal and for policies."""

    @property
    def name(self) -> str:
        """The resource's name."""
        return self.ref.name
