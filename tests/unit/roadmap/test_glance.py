"""The quick look at a resource, held against the close one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roadgate.load.project import load_project
from roadgate.load.resources import validate
from roadgate.load.trees import FolderTree
from roadgate.model.bundled import bundled
from roadgate.model.kinds import KINDS
from roadgate.roadmap.dangling import dangling
from roadgate.roadmap.glance import doubtful
from roadgate.roadmap.index import index
from roadgate.roadmap.meaning import meaningless
from unit.roadmap.test_any_document import places, replaced

if TYPE_CHECKING:
    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Envelope
    from roadgate.model.project import Project
    from roadgate.model.resource import Resource
    from roadgate.roadmap.index import Index

ODD = ["", "nobody", "=< 5", "<= baseline", "5 apples", 0, -1, "0d", "2020-01-01", [], True]
"""What may have no meaning where it stands."""


@cache
def example() -> Project:
    """A roadmap of many kinds in which nothing is wrong."""
    return load_project(FolderTree(bundled("examples") / "platform"))


@cache
def words() -> list[Any]:
    """Every value of the example that has no parts: most are right in many places."""
    every = (at(each.data, path) for each in example().resources for path in places(each.data))
    return [*dict.fromkeys(each for each in every if not isinstance(each, (dict, list))), *ODD]


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """What stands in a place."""
    for step in path:
        data = data[step]
    return data


def told(project: Project, found: Index, *, closely: bool) -> list[Finding]:
    """What linking says of each resource, with or without a quick look before."""
    only = None if closely else doubtful(found)
    return [
        *dangling(project, found, only),
        *meaningless(found, project.config.spec, only),
    ]


@st.composite
def edited(draw: st.DrawFn) -> Resource[Envelope]:
    """A resource of the example, with another value in one place or all of a list twice."""
    resource = draw(st.sampled_from(example().resources))
    path = draw(st.sampled_from([*places(resource.data)]))
    value = at(resource.data, path)
    other = [*value, *value] if isinstance(value, list) else draw(st.sampled_from(words()))
    data = replaced(dict(resource.data), path, other)
    body, _ = validate(data, KINDS[resource.ref.kind], resource.ref.kind, resource.ref)
    assume(body is not None and body.metadata.name == resource.name)
    assert body is not None
    return replace(resource, body=body, data=data)


@settings(max_examples=300, deadline=None)
@given(edited())
def test_the_quick_look_passes_nothing_that_a_close_one_would_tell(
    other: Resource[Envelope],
) -> None:
    """Whatever an author puts anywhere."""
    found, _ = index(
        [other if each.ref == other.ref else each for each in example().resources], frozenset()
    )

    assert told(example(), found, closely=False) == told(example(), found, closely=True)


def test_most_resources_need_no_close_look() -> None:
    """What is right is passed, but for the kinds that say more than names and conditions."""
    project = example()
    found, _ = index(project.resources, project.broken)

    assert {ref.kind for ref in doubtful(found)} <= {"Decision", "Metric"}
    assert told(project, found, closely=True) == []
