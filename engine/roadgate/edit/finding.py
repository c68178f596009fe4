"""Find the places of an outline by field path, or by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadgate.edit.splice import Refused
from roadgate.model.field_path import IDENTITIES, position, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.outline import Entry, Outline, Path, Place, Step


def entry(place: Place, name: str) -> Entry | None:
    """The entry of a key in a mapping."""
    return next((each for each in place.entries if each.key.text == name), None)


def locate(outline: Outline, index: int, field: str) -> tuple[Path, Place | None]:
    """The steps to a field of a document, and its place; None where only the last is missing.

    Raises:
        Refused: there is no such document, or more than the last step is missing.
    """
    if index >= len(outline.sections):
        raise Refused("the file has no such document")
    place: Place | None = outline.sections[index].root
    path: list[Step] = []
    for step, is_item in split(field):
        if place is None:
            raise Refused(f"there is no '{field}' in the file")
        if place.kind == "alias":
            raise Refused(f"'{field}' is written elsewhere: *{place.anchor} stands for it")
        if is_item:
            found = _item(place, step)
            if found is None:
                raise Refused(f"there is no '{field}' in the file")
            path.append(found)
            place = place.items[found]
            continue
        path.append(step)
        here = entry(place, step)
        place = here.value if here else None
    return tuple(path), place


def _item(place: Place, step: str) -> int | None:
    if (index := position(step, len(place.items))) is not None:
        return index
    named = (
        number
        for number, item in enumerate(place.items)
        for key in IDENTITIES
        if (found := entry(item, key)) is not None and found.value.text == step
    )
    return next(named, None)


def walk(outline: Outline) -> Iterator[tuple[int, Path, Place, bool, bool]]:
    """Every place: its document, path, whether it is a key, and whether it lies in flow style."""
    for index, section in enumerate(outline.sections):
        yield index, (), section.root, False, False
        yield from _below(index, (), section.root, is_flow=False)


def _below(
    index: int, path: Path, place: Place, *, is_flow: bool
) -> Iterator[tuple[int, Path, Place, bool, bool]]:
    is_flow = is_flow or place.style == "flow"
    for each in place.entries:
        here = (*path, each.key.text or "")
        yield index, here, each.key, True, is_flow
        yield index, here, each.value, False, is_flow
        yield from _below(index, here, each.value, is_flow=is_flow)
    for number, item in enumerate(place.items):
        yield index, (*path, number), item, False, is_flow
        yield from _below(index, (*path, number), item, is_flow=is_flow)
