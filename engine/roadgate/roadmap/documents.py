"""The documents of one side of a comparison, found by kind and name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.model.kinds import API_VERSION, Config
from roadgate.model.raw import Documents

if TYPE_CHECKING:
    from roadgate.model.project import Project
    from roadgate.model.raw import Raw


def documents(
    project: Project | None, settings: Config | None, known: Documents | None = None
) -> Documents:
    """The documents by name, with the connections that their side has.

    ``known`` are those of a side with the same settings: most are the same ones.
    """
    index = known.copy() if known is not None else Documents()
    files: dict[str, list[Raw]] = {}
    if settings is not None:
        spec: Raw = {"connections": _written(settings)}
        files[""] = [{"apiVersion": API_VERSION, "kind": Config.KIND, "spec": spec}]
    for document in project.documents if project is not None else ():
        files.setdefault(document.path, []).append(document.data)
    for path in index.paths - files.keys():
        index.replace(path, None)
    for path, data in files.items():
        if not index.holds(path, data):
            index.replace(path, data)
    return index


def _written(settings: Config) -> Raw:
    """The connections as their authors write them."""
    return {
        name: each.model_dump(by_alias=True, exclude_none=True)
        for name, each in settings.spec.connections.items()
    }
