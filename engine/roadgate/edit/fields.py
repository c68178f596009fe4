"""The edits that others ask for: set a value, insert a field, append to a list.

Each only says what would change; ``proof.applied`` makes the change and proves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from roadgate.edit.finding import locate
from roadgate.edit.proof import Edit, Meant
from roadgate.edit.splice import Refused, Splice, column, line_end, line_start
from roadgate.model import writing
from roadgate.model.field_path import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadgate.model.document import Data
    from roadgate.model.outline import Entry, Outline, Path, Place
    from roadgate.model.writing import Single

_STEP = 2
"""How far what belongs to a key is indented below it."""


def set_scalar(
    outline: Outline,
    index: int,
    field: str,
    value: Single,
    order: Sequence[str] = (),
) -> Edit:
    """Write a single value at a field; the field is inserted when it is not there.

    Args:
        outline: the text.
        index: which of its documents.
        field: the path, such as ``spec.status``.
        value: the new value. Quotes stay as they are where a text replaces a text.
        order: the names of the fields beside it in their canonical order, for inserting.

    Raises:
        Refused: the place cannot be found, or holds more than a single value.
    """
    path, place = locate(outline, index, field)
    if place is None:
        return insert_field(outline, index, field, value, order)
    if place.kind not in ("scalar", "alias") or place.style in ("|", ">"):
        raise Refused(f"'{field}' holds more than a single value")
    is_flow = any(
        each.style == "flow" for each in _around(outline.sections[index].root, place.start)
    )
    text = writing.scalar(value, style=place.style, flow=is_flow)
    start = place.start if place.kind == "alias" else place.body
    if outline.text[start - 1 : start] == ":":  # an empty value stands right behind its key
        text = f" {text}"
    return Edit((Splice(start, place.end, text),), (Meant(index, path, value),))


def insert_field(
    outline: Outline, index: int, field: str, value: Data, order: Sequence[str] = ()
) -> Edit:
    """Add the field at a path, which is not there yet, to the mapping that it belongs to.

    It goes behind the last of the fields that stand before it in ``order``, else to the end.

    Raises:
        Refused: there is no such mapping, or it has the field already.
    """
    path, place = locate(outline, index, field)
    if place is not None:
        raise Refused(f"'{field}' is there already")
    name = str(path[-1])
    _, parent = locate(outline, index, join(path[:-1]))
    if parent is None:
        raise Refused(f"there is no '{join(path[:-1])}' in the file")
    if parent.kind == "scalar" and parent.start == parent.end and path[1:]:
        splice = _first_of_empty(outline, index, path, value)
    elif parent.kind != "mapping":
        raise Refused(f"'{join(path[:-1])}' has no fields")
    elif parent.style == "flow":
        ends = [max(each.key.end, each.value.end) for each in parent.entries]
        splice = _into_flow(parent, f"{writing.key(name)}: {writing.flow(value)}", ends)
    else:
        splice = _into_block(outline, parent, name, value, order)
    return Edit((splice,), (Meant(index, path, value),))


def append_item(outline: Outline, index: int, field: str, value: Data) -> Edit:
    """Add an item to the end of the list at ``field``; the list is made when it is not there.

    Raises:
        Refused: something else than a list is there.
    """
    path, place = locate(outline, index, field)
    if place is None:
        return insert_field(outline, index, field, [value])
    if place.kind != "list":
        raise Refused(f"'{field}' is no list")
    meant = (Meant(index, (*path, len(place.items)), value),)
    if place.style == "flow":
        ends = [each.end for each in place.items]
        return Edit((_into_flow(place, writing.flow(value), ends),), meant)
    dash = _dash(outline.text, place)
    if isinstance(value, Mapping) and value:
        lines = writing.block(value, dash, outline.newline).lstrip("\r\n")
        text = f"{' ' * dash}- {lines.lstrip(' ')}"
    else:
        text = f"{' ' * dash}- {writing.flow(value)}"
    return Edit((_below_line(outline, place.stop, text),), meant)


def _around(root: Place, offset: int) -> list[Place]:
    """The places that an offset lies in, from the outside in."""
    found, place = [], root
    while True:
        found.append(place)
        inner = [*(each.value for each in place.entries), *place.items]
        deeper = next((each for each in inner if each.start <= offset < max(each.end, 1)), None)
        if deeper is None:
            return found
        place = deeper


def _first_of_empty(outline: Outline, index: int, path: Path, value: Data) -> Splice:
    """The first field of a mapping of which only the key is there."""
    _, around = locate(outline, index, join(path[:-2]))
    _, empty = locate(outline, index, join(path[:-1]))
    if around is None or empty is None or around.style == "flow" or not around.entries:
        raise Refused("an empty value in flow style is not filled")
    indent = column(outline.text, around.entries[0].key.start) + _STEP
    written = writing.block(value, indent, outline.newline)
    line = f"{' ' * indent}{writing.key(str(path[-1]))}:{written}"
    return _below_line(outline, empty.end, line)


def _into_block(
    outline: Outline, parent: Place, name: str, value: Data, order: Sequence[str]
) -> Splice:
    first = parent.entries[0].key.start
    indent = column(outline.text, first)
    line = f"{writing.key(name)}:{writing.block(value, indent, outline.newline)}"
    before = _last_before(parent.entries, name, order)
    if before is None:
        return Splice(first, first, f"{line}{outline.newline}{' ' * indent}")
    stop = max(before.key.stop, before.value.stop)
    return _below_line(outline, stop, f"{' ' * indent}{line}")


def _last_before(entries: list[Entry], name: str, order: Sequence[str]) -> Entry | None:
    """The entry that the new one follows; None to go first."""
    if name not in order:
        return entries[-1]
    earlier = set(order[: list(order).index(name)])
    follows = None
    for each in entries:
        if each.key.text in earlier:
            follows = each
    return follows


def _below_line(outline: Outline, offset: int, lines: str) -> Splice:
    """Lines below the line in which something ends."""
    text = outline.text
    if offset and offset == line_start(text, offset):  # a block scalar took its line break along
        return Splice(offset, offset, lines + outline.newline)
    end = line_end(text, offset)
    return Splice(end, end, outline.newline + lines)


def _into_flow(place: Place, written: str, ends: list[int]) -> Splice:
    if ends:
        return Splice(ends[-1], ends[-1], f", {written}")
    return Splice(place.body + 1, place.body + 1, written)


def _dash(text: str, place: Place) -> int:
    """The column of the list's dashes."""
    return column(text, text.index("-", place.body))
