"""Where each value of a document stands, and how to find one by its field path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadgate.model.field_path import IDENTITIES, position, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(slots=True)
class Node:
    """A value's place, in character offsets; the end is exclusive.

    A file can have half a million of them, so each holds no more than it needs.
    """

    start: int
    end: int
    text: str | None = None
    """Of a scalar."""
    style: str | None = None
    """How it is written: in quotes, as a block, or plain."""
    fields: Mapping[str, Field] | None = None
    items: Sequence[Node] = ()
    by_id: Mapping[str, Node] | None = None
    """Of a list whose items were asked for by id."""

    @property
    def is_many(self) -> bool:
        """Whether it is a list or mapping that holds something."""
        return bool(self.fields or self.items)


@dataclass(slots=True)
class Field:
    """A key's place, and its value."""

    start: int
    end: int
    value: Node


def exact(root: Node, path: str) -> tuple[Field | None, Node, Mapping[str, Field]] | None:
    """A field's key and value, and the fields beside it; None where it is not written here."""
    node, entry = root, None
    around: Mapping[str, Field] = {}
    for step, is_item in split(path):
        if is_item:
            item = _item(node, step)
            if item is None:
                return None
            node, entry, around = item, None, {}
            continue
        around = node.fields or {}
        entry = around.get(step)
        if entry is None:
            return None
        node = entry.value
    return entry, node, around


def find(root: Node, path: str) -> tuple[int, int]:
    """The stretch of a field's value; where it is absent, of its nearest ancestor that exists."""
    return _find(root, path)[0]


def find_scalar(root: Node, path: str) -> Node | None:
    """The scalar at a path, if there is one."""
    node = _find(root, path)[1]
    return node if node is not None and node.text is not None else None


def _find(root: Node, path: str) -> tuple[tuple[int, int], Node | None]:
    """Also the node itself, unless it is absent."""
    node = root
    place = (root.start, root.end)
    for step, is_item in split(path):
        if is_item:
            item = _item(node, step)
            if item is None:
                return place, None
            node, place = item, (item.start, item.end)
            continue
        entry = node.fields.get(step) if node.fields else None
        if entry is None:
            return place, None
        node = entry.value
        # a value that is left empty has no text of its own: its key stands for it
        empty = node.start >= node.end
        place = (entry.start, entry.end) if empty else (node.start, node.end)
    return place, node


def _item(node: Node, step: str) -> Node | None:
    if (index := position(step, len(node.items))) is not None:
        return node.items[index]
    if node.by_id is None:
        found: dict[str, Node] = {}
        for item in node.items:
            for text in _ids(item.fields or {}):
                found.setdefault(text, item)
        node.by_id = found
    return node.by_id.get(step)


def _ids(fields: Mapping[str, Field]) -> Iterator[str]:
    values = (fields[key].value.text for key in IDENTITIES if key in fields)
    return (text for text in values if text is not None)
