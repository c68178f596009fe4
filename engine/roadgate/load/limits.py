"""The safety limits of reading. A configuration can lower them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Severity
from roadgate.model.source import Span

if TYPE_CHECKING:
    from roadgate.model.kinds import Config


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one project may ask of the reader."""

    file_bytes: int = 1 << 20
    nesting: int = 64
    alias_nodes: int = 10_000
    documents: int = 100_000
    """Of all files together."""


DEFAULT = Limits()


def limits_of(config: Config) -> Limits:
    """The limits that a configuration sets: never above the defaults."""
    asked = config.spec.limits
    return Limits(
        file_bytes=min(asked.file_bytes or DEFAULT.file_bytes, DEFAULT.file_bytes),
        nesting=min(asked.nesting or DEFAULT.nesting, DEFAULT.nesting),
        alias_nodes=min(asked.alias_nodes or DEFAULT.alias_nodes, DEFAULT.alias_nodes),
        documents=min(asked.documents or DEFAULT.documents, DEFAULT.documents),
    )


def too_many(path: str, limits: Limits) -> Finding:
    """The finding for more documents than the limit."""
    return Finding(
        "RG003",
        Severity.ERROR,
        f"there are more documents than the limit of {limits.documents}",
        "split the roadmap into several projects",
        location=Span(path, 1, 1, 1, 1),
    )
