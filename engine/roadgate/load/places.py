"""Where the values of a file stand; parsed again, and only when somebody asks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from roadgate.load.front_matter import front_matter
from roadgate.load.json_places import JsonProblem, scan
from roadgate.load.nodes import Field, Node, exact, find, find_scalar
from roadgate.load.scalar_places import offsets
from roadgate.load.text import Positions, decode
from roadgate.load.yaml_text import (
    AliasEvent,
    Broken,
    Event,
    Events,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    each,
)
from roadgate.model import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadgate.model.document import Format
    from roadgate.model.repair import Repair
    from roadgate.model.source import Span

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)+")
_MAX_SHOWN_DEPTH = 200


def _place(parser: Events, event: Event, text: str, depth: int) -> Node:
    start, end = parser.start(event), parser.end(event)
    kind = type(event)
    if kind is ScalarEvent:
        if event.style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        return Node(start, end, event.value, event.style)
    if kind is AliasEvent:
        return Node(start, end)
    if depth > _MAX_SHOWN_DEPTH:
        raise Broken("RG003", "nests too deep", "flatten it", start, end)
    node = Node(start, end)
    fill = _fields if kind is MappingStartEvent else _items
    last = fill(node, parser, text, depth)
    if event.flow_style:
        node.end = last
    return node


def _fields(node: Node, parser: Events, text: str, depth: int) -> int:
    fields: dict[str, Field] = {}
    node.fields = fields
    while type(key := parser.next()) is not MappingEndEvent:
        name = _place(parser, key, text, depth)
        value = _place(parser, parser.next(), text, depth + 1)
        fields.setdefault(name.text or "", Field(name.start, name.end, value))
        node.end = max(name.end, value.end)
    return parser.end(key)


def _items(node: Node, parser: Events, text: str, depth: int) -> int:
    items: list[Node] = []
    node.items = items
    while type(item := parser.next()) is not SequenceEndEvent:
        items.append(_place(parser, item, text, depth + 1))
    if items:
        node.end = items[-1].end
    return parser.end(item)


def _nodes(text: str, form: Format) -> Iterator[Node | Broken]:
    if form != "json":
        yield from each(text, lambda parser: _place(parser, parser.next(), text, 0))
        return
    try:
        yield scan(text, _MAX_SHOWN_DEPTH)[1]
    except JsonProblem as problem:
        yield Broken(problem.code, str(problem), problem.fix, problem.start, problem.end)


def _readable(content: bytes, form: Format) -> bytes:
    """What of a file is read at all."""
    try:
        return front_matter(content) if form == "markdown" else content
    except ValueError:
        return b""


class Locator:
    """Finds fields in one file, which is parsed once, and no further than it is asked about."""

    def __init__(self, content: bytes, path: str, form: Format = "yaml") -> None:
        text = decode(_readable(content, form), path)[0] or ""
        self._text = text
        self._positions = Positions(text, path)
        self._rest = _nodes(text, form)
        self._nodes: list[Node | Broken] = []

    def span(
        self,
        index: int,
        field: str,
        part: tuple[int, int] | None = None,
        *,
        of_name: bool = False,
    ) -> Span:
        """Where a field's value stands; where it is absent, its nearest ancestor that exists.

        With ``part``, where that stretch of a text stands, in characters of the value; with
        ``of_name``, where the field's name stands.
        """
        if of_name:
            return self.key(index, field)
        node = self._root(index)
        if node is None:
            return self._positions.span(0, 0)
        scalar = find_scalar(node, field) if part is not None else None
        if scalar is None or part is None:
            return self._positions.span(*find(node, field))
        return self._positions.span(*self._part(scalar, part))

    def _part(self, scalar: Node, part: tuple[int, int]) -> tuple[int, int]:
        value = scalar.text or ""
        places = offsets(self._text[scalar.start : scalar.end], scalar.style, value)
        start = min(part[0], len(value))
        last = max(start, min(part[1], len(value)) - 1)
        return scalar.start + places[start], scalar.start + places[last] + 1

    def key(self, index: int, field: str) -> Span:
        """Where a field's name stands; where it is absent, as ``span``."""
        root = self._root(index)
        found = exact(root, field) if root else None
        entry = found[0] if found else None
        return self._positions.span(entry.start, entry.end) if entry else self.span(index, field)

    def _root(self, index: int) -> Node | None:
        self._nodes += islice(self._rest, max(0, index + 1 - len(self._nodes)))
        node = self._nodes[index] if index < len(self._nodes) else None
        return node if isinstance(node, Node) else None

    def repair(self, index: int, field: str, wanted: Repair | None) -> Repair | None:
        """A repair with the characters that it replaces; None where they cannot be told."""
        root = self._root(index) if wanted else None
        found = exact(root, field) if root else None
        if wanted is None or found is None:
            return None
        entry, value, around = found
        if wanted.of == "key":
            if entry is None or wanted.value in around:  # the right name is taken
                return None
            return self._placed(wanted, entry.start, entry.end)
        return self._placed(wanted, value.start, value.end) if not value.is_many else None

    def _placed(self, wanted: Repair, start: int, end: int) -> Repair | None:
        if properties := _PROPERTIES.match(self._text, start, end):
            start = properties.end()
        old = self._text[start:end]
        if not old or "\n" in old:
            return None
        if wanted.as_text:
            wanted = replace(wanted, value=old)
        style = old[0] if old[0] in "'\"" else ""
        new = writing.scalar(wanted.value, style=style, flow=True)
        return replace(wanted, location=self._positions.span(start, end), text=new)


def locate(content: bytes, index: int, field: str) -> tuple[int, int, int, int]:
    """The line, column, end line and end column of a field of a file's document."""
    span = Locator(content, "").span(index, field)
    return span.line, span.column, span.end_line, span.end_column
