"""Who speaks of whom, brought from one roadmap to the next: what a change can matter to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from roadgate.model.raw import spec_of
from roadgate.model.source import ResourceRef
from roadgate.roadmap.references import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadgate.model.kinds import Envelope
    from roadgate.model.measurement import MeasurementFile
    from roadgate.model.resource import Resource
    from roadgate.model.roadmap import Roadmap

_WORDS = {
    "Initiative": frozenset({"problem", "summary", "scope", "risks", "messages", "impact"}),
    "Evidence": frozenset({"findings", "limits", "link"}),
}
"""Fields of a spec that no other resource is compared by."""
_SPOKEN = ("title", "annotations")


class Links:
    """Which resources name which others."""

    def __init__(self) -> None:
        self._named: dict[ResourceRef, frozenset[ResourceRef]] = {}
        self._naming: defaultdict[ResourceRef, set[ResourceRef]] = defaultdict(set)

    def take(self, roadmap: Roadmap, changed: Iterable[ResourceRef]) -> None:
        """Learn what these resources name now."""
        there = {each.ref: each for each in roadmap.resources}
        for ref in changed:
            for other in self._named.pop(ref, ()):
                self._naming[other].discard(ref)
            resource = there.get(ref)
            if resource is not None:
                self._named[ref] = _names(resource, roadmap)
                for other in self._named[ref]:
                    self._naming[other].add(ref)

    def named(self, by: Iterable[ResourceRef]) -> set[ResourceRef]:
        """What these name."""
        return {other for ref in by for other in self._named.get(ref, frozenset())}

    def near(self, changed: Iterable[ResourceRef]) -> set[ResourceRef]:
        """These, what they name, and what names them, over one step in between."""
        found: set[ResourceRef] = set()
        for ref in changed:
            named = self._named.get(ref, frozenset())
            naming = self._naming.get(ref, set())
            found |= {ref, *named, *naming}
            between = (*naming, *named) if ref.kind == "Decision" else naming
            for other in between:
                found |= self._naming.get(other, set())
        return found


def changed_between(
    old: Sequence[Resource[Envelope]], new: Sequence[Resource[Envelope]]
) -> tuple[set[ResourceRef], bool]:
    """The resources that differ, and whether in more than words that nothing is compared by.

    A text that is the same was read once, and is the same resource.
    """
    before = {each.ref: each for each in reversed(old)}
    after = {each.ref: each for each in reversed(new)}
    changed = {ref for ref, each in after.items() if before.get(ref) is not each}
    changed |= before.keys() - after.keys()
    wide = any(not _in_words(before.get(ref), after.get(ref)) for ref in changed)
    return changed, wide


def called(
    refs: Iterable[ResourceRef],
    old: Sequence[Resource[Envelope]],
    new: Sequence[Resource[Envelope]],
) -> set[ResourceRef]:
    """The resources by all the names that they have or had, by which others may name them."""
    wanted = set(refs)
    return wanted | {
        ResourceRef(each.ref.kind, alias)
        for each in (*old, *new)
        if each.ref in wanted
        for alias in each.body.metadata.aliases
    }


def measured_between(
    old: Mapping[str, MeasurementFile], new: Mapping[str, MeasurementFile]
) -> set[ResourceRef]:
    """The metrics whose observations differ."""
    return {
        ResourceRef("Metric", name) for name in {*old, *new} if old.get(name) is not new.get(name)
    }


def _in_words(old: Resource[Envelope] | None, new: Resource[Envelope] | None) -> bool:
    if old is None or new is None or old.ref.kind not in _WORDS:
        return False
    free = _WORDS[old.ref.kind]
    return old.body.metadata.model_copy(
        update=dict.fromkeys(_SPOKEN)
    ) == new.body.metadata.model_copy(update=dict.fromkeys(_SPOKEN)) and _rest(old, free) == _rest(
        new, free
    )


def _rest(resource: Resource[Envelope], free: frozenset[str]) -> dict[str, object]:
    return {key: value for key, value in spec_of(resource.data).items() if key not in free}


def _names(resource: Resource[Envelope], roadmap: Roadmap) -> frozenset[ResourceRef]:
    return frozenset(
        ResourceRef(each.kind, roadmap.name_of(each.kind, each.name))
        for each in references(resource.body)
    )
