"""Where each value of a document stands, and how to find one by its field path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_STEP = re.compile(
    r'\["(?P<quoted>(?:[^"\\]|\\.)*)"\]|\[(?P<item>[^\]]*)\]|\.?(?P<name>[^.\[\]]+)', re.DOTALL
)
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_$/-]+")
_IDENTITIES = ("id", "phase", "policy")


@dataclass(slots=True)
class Node:
    """A value's place, in character offsets; the end is exclusive."""

    start: int
    end: int
    text: str | None = None
    """Of a scalar."""
    fields: dict[str, Field] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Field:
    """A key's place, and its value."""

    start: int
    end: int
    value: Node


def join(path: Sequence[str | int]) -> str:
    """Write a field path: ``spec.successCriteria[0].target``; unusual keys in brackets."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            quoted = step.replace("\\", "\\\\").replace('"', '\\"')
            text += f'["{quoted}"]'
    return text


def split(path: str) -> Iterator[tuple[str, bool]]:
    """The steps of a field path, each with whether it names an item of a list."""
    for found in _STEP.finditer(path):
        if found["quoted"] is not None:
            yield re.sub(r"\\(.)", r"\1", found["quoted"], flags=re.DOTALL), False
        elif found["item"] is not None:
            yield found["item"], True
        else:
            yield found["name"], False


def find(root: Node, path: str) -> tuple[int, int]:
    """The stretch of a field's value; where it is absent, of its nearest ancestor that exists."""
    node = root
    place = (root.start, root.end)
    for step, is_item in split(path):
        if is_item:
            item = _item(node.items, step)
            if item is None:
                break
            node, place = item, (item.start, item.end)
            continue
        entry = node.fields.get(step)
        if entry is None:
            break
        node = entry.value
        # a value that is left empty has no text of its own: its key stands for it
        empty = node.start >= node.end
        place = (entry.start, entry.end) if empty else (node.start, node.end)
    return place


def _item(items: Sequence[Node], step: str) -> Node | None:
    if step.isdecimal() and step.isascii() and len(step) < len("100000") and int(step) < len(items):
        return items[int(step)]
    return next((item for item in items if step in _ids(item.fields)), None)


def _ids(fields: Mapping[str, Field]) -> Iterator[str | None]:
    return (fields[key].value.text for key in _IDENTITIES if key in fields)
