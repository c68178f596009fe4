"""Ids that stand twice in one list: an item would have no identity."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.kinds.base import Part
from roadgate.roadmap.walk import bare, below, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from roadgate.model.source import ResourceRef


def repeated(ref: ResourceRef, parts: Iterable[tuple[str, Part]]) -> Iterator[Finding]:
    """A finding for each entry of a list that is called like another one."""
    for place, part in parts:
        for attribute, name, key in keyed_lists(type(part)):
            entries: Sequence[Part] = getattr(part, attribute)
            if len(entries) > 1:
                told = [str(getattr(each, key)) for each in entries]
                yield from _in_list(ref, below(place, name), key, told)


@cache
def keyed_lists(model: type[Part]) -> tuple[tuple[str, str, str], ...]:
    """The lists whose entries are told apart: as attribute, as in YAML, and by which field."""
    found = []
    for attribute, info in model.model_fields.items():
        shape, inner = shape_of(info.annotation)
        plain, _ = bare(inner)
        if shape not in {"list", "items"} or not isinstance(plain, type):
            continue
        if issubclass(plain, Part) and plain.KEY is not None:
            found.append((attribute, info.alias or attribute, plain.KEY))
    return tuple(found)


def _in_list(ref: ResourceRef, place: str, key: str, told: Sequence[str]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for position, each in enumerate(told):
        other = first.setdefault(each, position)
        if other != position:
            yield Finding(
                "RG011",
                Severity.ERROR,
                f"the {key} '{each}' stands twice in '{place}'",
                "give one of the two another",
                resource=ref,
                field=f"{place}[{position}].{key}",
                related=(
                    Related("first used here", resource=ref, field=f"{place}[{other}].{key}"),
                ),
            )
