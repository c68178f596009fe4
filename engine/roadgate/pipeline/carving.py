"""Folders that a change makes projects of their own, and so takes out of the roots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.load.discover import CONFIG_PATH, projects_within
from roadgate.load.overlay import OverlayTree
from roadgate.load.project import load_project
from roadgate.roadmap.identity import entries

if TYPE_CHECKING:
    from roadgate.pipeline.sides import Sides


def carved(sides: Sides) -> frozenset[str]:
    """The folders that head alone makes projects, and in which lies something that base governs.

    It lies there in base already, or the change moves it there.
    """
    head, base = sides.head.tree, sides.base
    folders = projects_within(head, sides.config) - projects_within(base.tree, sides.config)
    if not folders:
        return folders
    whole = OverlayTree(head, {f"{folder}{CONFIG_PATH}": None for folder in folders})
    found = load_project(whole, config=sides.config, kinds=sides.judge.project.kinds)
    old, new = entries(base.project, found)
    paths = [each.path for each in old.values()]
    paths += [each.path for each in base.project.measurements.values()]
    paths += [each.path for ref, each in new.items() if ref in old]
    return frozenset(each for each in folders if any(path.startswith(each) for path in paths))
