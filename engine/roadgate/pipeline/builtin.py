"""The policies that ship with roadgate."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.bundled import bundled
from roadgate.model.errors import InternalError
from roadgate.model.kinds import Config, Policy

if TYPE_CHECKING:
    from roadgate.model.resource import Resource


def builtin_tree() -> FolderTree:
    """The folder that they stand in."""
    return FolderTree(bundled("policies"))


@cache
def builtin_policies() -> tuple[Resource[Policy], ...]:
    """Every policy under ``policies/``, by name.

    Raises:
        InternalError: there is none, or one is broken: the installation is.
    """
    config = Config.model_validate(
        {
            "apiVersion": "roadgate/v1",
            "kind": "Config",
            "spec": {"paths": {"roadmap": [], "policies": ["."]}},
        }
    )
    project = load_project(builtin_tree(), config=config)
    policies = tuple(each for each in project.resources if isinstance(each.body, Policy))
    problems = [finding for finding in project.findings if finding.fails]
    if problems or not policies:
        first = f": {problems[0].message}" if problems else ""
        raise InternalError(
            f"the built-in policies cannot be used{first}", hint="install roadgate again"
        )
    return policies  # type: ignore[return-value] # narrowed by the isinstance above
