"""Where each value of a document stands, and how to find one by its field path."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from roadgate.model.field_path import IDENTITIES, position, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(slots=True)
class Node:
    """A value's place, in character offsets; the end is exclusive."""

    start: int
    end: int
    text: str | None = None
    """Of a scalar."""
    style: str | None = None
    """How it is written: in quotes, as a block, or plain."""
    fields: dict[str, Field] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)

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
            item = _item(node.items, step)
            if item is None:
                return None
            node, entry, around = item, None, {}
            continue
        around = node.fields
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
            item = _item(node.items, step)
            if item is None:
                return place, None
            node, place = item, (item.start, item.end)
            continue
        entry = node.fields.get(step)
        if entry is None:
            return place, None
        node = entry.value
        # a value that is left empty has no text of its own: its key stands for it
        empty = node.start >= node.end
        place = (entry.start, entry.end) if empty else (node.start, node.end)
    return place, node


def _item(items: Sequence[Node], step: str) -> Node | None:
    if (index := position(step, len(items))) is not None:
        return items[index]
    return next((item for item in items if step in _ids(item.fields)), None)


def _ids(fields: Mapping[str, Field]) -> Iterator[str | None]:
    return (fields[key].value.text for key in IDENTITIES if key in fields)
