"""What ``load`` makes of a tree: everything that could be read, and findings about the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadgate.model.custom import CustomKind
from roadgate.model.document import Document, Format
from roadgate.model.finding import Finding
from roadgate.model.kinds import Config, Envelope
from roadgate.model.measurement import MeasurementFile
from roadgate.model.raw import name_of, spec_of
from roadgate.model.resource import Resource
from roadgate.model.source import ResourceRef


@dataclass(frozen=True, slots=True)
class Project:
    """One project at one moment."""

    config: Config
    config_broken: bool
    """``roadgate.yaml`` is there and cannot be used; ``config`` is the default."""
    documents: tuple[Document, ...]
    """Every readable document under the roots, those that failed their schema too."""
    resources: tuple[Resource[Envelope], ...]
    """Sorted by kind and name, duplicates included in the order of their paths."""
    broken: frozenset[ResourceRef]
    """Resources that are there and failed their schema: references to them do not dangle."""
    unreadable: frozenset[str]
    """Paths of files under the roots that could not be read or parsed at all."""
    measurements: Mapping[str, MeasurementFile]
    """By metric."""
    findings: tuple[Finding, ...]
    files: int
    """How many files were looked at."""
    kinds: Mapping[str, CustomKind] = field(default_factory=dict)
    """What its own KindDefinitions declare, by name."""
    governed: Mapping[str, CustomKind] = field(default_factory=dict)
    """The kinds that its files were read by: its own, or those of the base that judges it."""
    formats: Mapping[str, Format] = field(default_factory=dict)
    """Of governed files that are no YAML: how they are read."""
    texts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What the files under the roots hold, by path."""
    revision: str | None = None
    """The commit's object name, or None for files on disk."""


def unread_policies(project: Project) -> frozenset[str]:
    """The ids of policies that are there, and whose documents failed their schema."""
    return frozenset(
        str(spec_of(each.data).get("id"))
        for each in project.documents
        if each.data.get("kind") == "Policy"
        and ResourceRef("Policy", name_of(each.data) or "") in project.broken
    )
