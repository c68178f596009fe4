"""What an initiative waits for: what it depends on, and what that depends on in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadgate.evaluate.cel import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.kinds import Initiative
    from roadgate.model.roadmap import Roadmap

_UNPROMISED = frozenset({"later", "exploring"})
_OVER = frozenset({"shipped", "killed"})


def waits_for(body: Initiative, roadmap: Roadmap) -> list[dict[str, Any]]:
    """What it depends on; and, by way of what is in next, what nobody has promised.

    What is in now answers for its own dependencies, and what is over has none any more.
    """
    found = {each.metadata.name: _told(each) for each in _needs(body, roadmap)}
    ways = [each for each in _needs(body, roadmap) if _passes_on(each)]
    seen = {each.metadata.name for each in ways}
    while ways:
        way = ways.pop(0)
        for each in _needs(way, roadmap):
            name = each.metadata.name
            if each.spec.horizon in _UNPROMISED and each.spec.status not in _OVER:
                found.setdefault(name, {**_told(each), "by": scalar(way.metadata.name)})
            if _passes_on(each) and name not in seen:
                seen.add(name)
                ways.append(each)
    return list(found.values())


def _needs(body: Initiative, roadmap: Roadmap) -> Iterator[Initiative]:
    for each in body.spec.depends_on:
        found = roadmap.initiatives.get(roadmap.name_of("Initiative", each))
        if found is not None:
            yield found.body


def _passes_on(body: Initiative) -> bool:
    return body.spec.horizon == "next" and body.spec.status not in _OVER


def _told(body: Initiative) -> dict[str, Any]:
    return {
        "name": scalar(body.metadata.name),
        "horizon": scalar(body.spec.horizon),
        "status": scalar(body.spec.status),
    }
