"""From a resource and a field to lines and columns, for the findings that are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from roadgate.load.discover import CONFIG_PATH, place
from roadgate.load.places import Locator
from roadgate.load.resources import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.model.document import Format
    from roadgate.model.finding import Finding, Related
    from roadgate.model.project import Project
    from roadgate.model.repair import Repair
    from roadgate.model.source import ResourceRef, Span
    from roadgate.model.tree import Tree


class Locators:
    """Reads and parses each file at most once, and only when asked."""

    def __init__(self, tree: Tree, formats: Mapping[str, Format] | None = None) -> None:
        self._tree = tree
        self._formats = formats or {}
        self._locators: dict[str, Locator | None] = {}

    def span(
        self,
        path: str,
        index: int,
        field: str,
        part: tuple[int, int] | None = None,
        *,
        of_name: bool = False,
    ) -> Span:
        """Where a field of a file's document stands, or its name, or a part of its text."""
        locator = self._of(path)
        return locator.span(index, field, part, of_name=of_name) if locator else place(path)

    def repair(self, path: str, index: int, field: str, wanted: Repair) -> Repair | None:
        """A repair of a field of a file's document, with the characters that it replaces."""
        locator = self._of(path)
        return locator.repair(index, field, wanted) if locator else None

    def _of(self, path: str) -> Locator | None:
        if path not in self._locators:
            try:
                form = self._formats.get(path, "yaml")
                self._locators[path] = Locator(self._tree.read(path), path, form)
            except OSError:  # gone since it was loaded: the file is all that can be named
                self._locators[path] = None
        return self._locators[path]


_Place: TypeAlias = tuple[str, int]
"""A file's path, and which of its documents."""


class _Places:
    """Finds resources by name."""

    def __init__(self, project: Project, tree: Tree) -> None:
        self._project = project
        self._locators = Locators(tree, project.formats)
        self._resources: dict[ResourceRef, _Place] | None = None
        self._documents: dict[ResourceRef, _Place] | None = None

    def repair(self, finding: Finding) -> Repair | None:
        """A finding's repair with the characters that it replaces."""
        if finding.repair is None or finding.field is None:
            return None
        place = (CONFIG_PATH, 0) if finding.resource is None else self._find(finding.resource)
        return self._locators.repair(*place, finding.field, finding.repair) if place else None

    def of(self, finding: Finding) -> Span | None:
        """Where a finding is; a field without a resource is one of ``roadgate.yaml``."""
        found, field = (CONFIG_PATH, 0), finding.field
        if finding.resource is not None:
            at, field = self._find(finding.resource), field or "metadata.name"
            if at is None:
                return None
            found = at
        if not field:
            return None
        return self._locators.span(*found, field, finding.part, of_name=finding.of_name)

    def span(self, ref: ResourceRef, field: str | None) -> Span | None:
        """Where a field stands."""
        found = self._find(ref)
        return self._locators.span(*found, field or "metadata.name") if found else None

    def _find(self, ref: ResourceRef) -> _Place | None:
        """Where a resource is written; few are asked for that failed their schema."""
        if self._resources is None:
            found = reversed(self._project.resources)
            self._resources = {each.ref: (each.path, each.index) for each in found}
        if ref in self._resources:
            return self._resources[ref]
        if self._documents is None:
            self._documents = {}
            for document in self._project.documents:
                claimed = reference(document)
                if claimed is not None:
                    self._documents.setdefault(claimed, (document.path, document.index))
        return self._documents.get(ref)


def locate(findings: Iterable[Finding], project: Project, tree: Tree) -> list[Finding]:
    """Findings with their places: of the field, or of its nearest ancestor that exists."""
    places = _Places(project, tree)
    return [_located(finding, places) for finding in findings]


def _located(finding: Finding, places: _Places) -> Finding:
    related = tuple(_related(each, places) for each in finding.related)
    location = finding.location or places.of(finding)
    repair = finding.repair
    if repair is not None and repair.location is None:
        repair = places.repair(finding)
    if location is finding.location and related == finding.related and repair is finding.repair:
        return finding
    return replace(finding, location=location, related=related, repair=repair)


def _related(related: Related, places: _Places) -> Related:
    if related.location is not None or related.resource is None:
        return related
    return replace(related, location=places.span(related.resource, related.field))
