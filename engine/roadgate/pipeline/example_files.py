"""The documents of an example, read as a project of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.load.discover import CONFIG_PATH
from roadgate.load.memory import MemoryTree, flow
from roadgate.load.project import load_project
from roadgate.model.finding import Finding, Severity
from roadgate.model.suggest import closest
from roadgate.pipeline.machinery import is_watched
from roadgate.roadmap.link import link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadgate.model.custom import CustomKind
    from roadgate.model.project import Project
    from roadgate.model.roadmap import Roadmap

UNKNOWN_FIELD = "RG007"


class DocumentError(ValueError):
    """A document of an example that is no valid resource, and where it stands in the example."""

    def __init__(self, message: str, at: str) -> None:
        super().__init__(message)
        self.at = at


def read_side(
    documents: Sequence[Mapping[str, Any]], side: str, kinds: Mapping[str, CustomKind]
) -> tuple[Project, Roadmap]:
    """Documents as a project; they may name what they do not show.

    Raises:
        DocumentError: one of them does not meet the schema of its kind.
    """
    files = files_of(documents)
    places = {path: f"{side}[{position}]" for position, path in enumerate(files)}
    for each, at in zip(documents, places.values(), strict=True):
        if "path" in each and "text" not in each:
            raise DocumentError(f"'{each['path']}' has no 'text'", at)
        if "text" in each and "path" not in each:
            near = closest("path", each)
            instead = f"; write 'path' instead of '{near}'" if near else ""
            raise DocumentError(f"a file has no 'path'{instead}", at)
        if "path" not in each and "kind" not in each:
            raise DocumentError("'kind' is missing; a file of another sort has path and text", at)
    project = load_project(MemoryTree(files), kinds=kinds)
    wrong = [each for each in project.findings if each.severity is Severity.ERROR]
    if wrong:
        first = max(wrong, key=lambda each: each.id == UNKNOWN_FIELD)  # a typo before its echoes
        path = first.location.path if first.location is not None else ""
        at = places.get(path, side)
        told = "; ".join(dict.fromkeys(_told(each) for each in (first, *wrong)))
        called = _called(documents[list(places).index(path)], path) if path in places else path
        raise DocumentError(
            f"{called}: {told}" if called else told, f"{at}.{first.field}" if first.field else at
        )
    read = {each.path for each in project.documents}
    read |= {each.path for each in project.measurements.values()}
    for path, at in places.items():
        if path not in read and path != CONFIG_PATH and not is_watched(path):
            raise DocumentError(f"nothing reads '{path}'", f"{at}.path")
    roadmap, _ = link(project)
    return project, roadmap


def _told(finding: Finding) -> str:
    meant = finding.fix if finding.fix.startswith("did you mean") else ""
    return f"{finding.message}; {meant}" if meant else finding.message


def _called(document: Mapping[str, Any], path: str) -> str:
    """What a document of an example is called: the file that it came from, if any."""
    metadata = document.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return path if "path" in document else f"{document.get('kind')} '{name}'"


def files_of(documents: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """One file a document, called by its kind and name, so that it keeps its place in a change."""
    files: dict[str, bytes] = {}
    for position, each in enumerate(documents):
        path, text = _file(each)
        if path in files:
            path = path.replace(".yaml", f"-{position}.yaml")
        files[path] = text.encode("utf-8")
    return files


def _file(document: Mapping[str, Any]) -> tuple[str, str]:
    path, text = document.get("path"), document.get("text")
    if isinstance(path, str) and isinstance(text, str):
        return path, text
    kind, metadata = document.get("kind"), document.get("metadata")
    if kind == "Config":
        return CONFIG_PATH, flow(document)
    name = metadata.get("name") if isinstance(metadata, dict) else ""
    folder = "policies" if kind == "Policy" else "roadmap"
    return f"{folder}/{kind}-{name}.yaml".lower(), flow(document)
