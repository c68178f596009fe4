"""``fmt``: bring the project's own files into their canonical form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.edit.files import replace_file
from roadgate.edit.layout import canonical
from roadgate.edit.splice import Refused
from roadgate.load.discover import CONFIG_PATH, discover
from roadgate.load.outline import outline
from roadgate.load.project import load_project
from roadgate.load.text import decode
from roadgate.load.trees import FolderTree
from roadgate.model.errors import UsageError
from roadgate.pipeline.fixing import BOM
from roadgate.pipeline.outcome import within
from roadgate.report.diff import Changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.finding import Finding
    from roadgate.model.project import Project
    from roadgate.model.tree import Tree
    from roadgate.pipeline.workspace import Workspace


@dataclass(slots=True)
class Formatted:
    """What ``fmt`` did, or would do."""

    files: int = 0
    """How many were looked at."""
    changed: list[Changed] = field(default_factory=list)
    left_alone: list[tuple[str, str]] = field(default_factory=list)
    """Paths that were not touched, each with the reason."""


def fmt(workspace: Workspace, paths: tuple[str, ...], *, check: bool) -> Formatted:
    """Format the governed files under ``paths``; with ``check``, write nothing.

    A file with errors is left alone: what it is meant to say is not certain.

    Raises:
        UsageError: no governed file lies there.
        EnvironmentProblem: a folder cannot be read.
    """
    result = Formatted()
    for path, before, errors in _governed(workspace, paths):
        result.files += 1
        if errors:
            result.left_alone.append((path, _reason(errors)))
            continue
        after = _canonical(before, path)
        if after == before:
            continue
        try:
            if not check:
                replace_file(workspace.root / path, before, after)
        except Refused as problem:
            result.left_alone.append((path, str(problem)))
        else:
            result.changed.append(Changed(path, before, after))
    if not result.files:
        raise UsageError(
            "there is no file to format: fmt touches the roadmap's and policies' YAML files "
            "and roadgate.yaml only",
            hint="name a file or folder under roadmap/ or policies/, or use -C",
        )
    return result


def _governed(
    workspace: Workspace, paths: tuple[str, ...]
) -> Iterator[tuple[str, bytes, list[Finding]]]:
    """The files that roadgate reads as its own, each with its errors."""
    tree = FolderTree(workspace.root)
    project = load_project(tree)
    errors: dict[str, list[Finding]] = {}
    for each in project.findings:
        if each.fails and each.location is not None:
            errors.setdefault(each.location.path, []).append(each)
    for path in _own_files(tree, project):
        if paths and not within(path, paths):
            continue
        try:
            yield path, tree.read(path), errors.get(path, [])
        except OSError:
            yield path, b"", errors.get(path, [])


def _own_files(tree: Tree, project: Project) -> Iterator[str]:
    """The configuration and the files of the roots; not those of kinds that others define."""
    yield from (each.path for each in tree.entries([CONFIG_PATH]) if each.kind == "file")
    if project.config_broken:  # nobody knows then what else is governed
        return
    others = {each.path for each in project.documents if each.data.get("kind") in project.governed}
    files = discover(tree, project.config)
    yield from (each.path for each in (*files.roadmap, *files.policies) if each.path not in others)


def _reason(errors: list[Finding]) -> str:
    first = errors[1] if errors[1:] and errors[0].id == "RG030" else errors[0]
    place = f"line {first.location.line}: " if first.location else ""
    more = f" (and {len(errors) - 1} more)" if errors[1:] else ""
    return f"{place}{first.message}{more}"


def _canonical(content: bytes, path: str) -> bytes:
    text = decode(content, path)[0]
    found = outline(text) if text is not None else None
    if found is None:
        return content
    after = canonical(found, outline).text.encode("utf-8")
    return BOM + after if content.startswith(BOM) else after
