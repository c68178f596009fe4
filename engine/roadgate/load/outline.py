"""Outline a YAML text: where each of its values stands, and what it means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.load import yaml_text
from roadgate.load.limits import DEFAULT
from roadgate.load.yaml_text import (
    AliasEvent,
    Broken,
    Event,
    Events,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from roadgate.model.outline import Entry, Outline, Place, Section

if TYPE_CHECKING:
    from roadgate.model.document import Document

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+(?:#[^\r\n]*)?)*)+")
_KEEPS = re.compile(r"[|>][0-9-]*\+")


def outline(text: str) -> Outline | None:
    """The outline of a text without byte order mark; None where something in it is wrong."""
    documents, findings = yaml_text.parse(text.encode("utf-8", "surrogatepass"), "", DEFAULT)
    if any(finding.fails for finding in findings):
        return None
    roots = list(yaml_text.each(text, lambda parser: _place(parser, parser.next(), text)))
    return _assembled(text, roots, {document.index: document for document in documents})


def _assembled(
    text: str, roots: list[Place | Broken], documents: dict[int, Document]
) -> Outline | None:
    sections = []
    for index, root in enumerate(roots):
        if isinstance(root, Broken):
            return None
        document = documents.get(index)
        sections.append(Section(root, document.data if document else None))
    return Outline(text, tuple(sections))


def _place(parser: Events, event: Event, text: str) -> Place:
    start, end = parser.start(event), parser.end(event)
    if isinstance(event, AliasEvent):
        return Place("alias", start, start, end, end, anchor=event.anchor)
    has_properties = bool(event.anchor or event.tag)
    if isinstance(event, ScalarEvent):
        return _scalar(event, text, start, end, has_properties=has_properties)
    is_mapping = isinstance(event, MappingStartEvent)
    place = Place("mapping" if is_mapping else "list", start, start, end, end, anchor=event.anchor)
    place.style = "flow" if event.flow_style else ""
    last = (_entries if is_mapping else _items)(place, parser, text)
    if event.flow_style:
        place.end = place.stop = last
    if has_properties:
        place.body = _behind_properties(text, start, place.end)
    return place


def _scalar(event: Event, text: str, start: int, end: int, *, has_properties: bool) -> Place:
    body = _behind_properties(text, start, end) if has_properties else start
    style = event.style or ""
    stop = end
    if style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
        stop = stop if _KEEPS.match(text, body) else end
    elif end < body:  # nothing stands behind the anchor or tag
        end = stop = body = start + len(text[start:end].rstrip())
    return Place("scalar", start, body, end, stop, style, event.anchor, event.value)


def _behind_properties(text: str, start: int, end: int) -> int:
    found = _PROPERTIES.match(text, start)
    return min(found.end(), max(end, start)) if found else start


def _entries(place: Place, parser: Events, text: str) -> int:
    while not isinstance(event := parser.next(), MappingEndEvent):
        key = _place(parser, event, text)
        value = _place(parser, parser.next(), text)
        place.entries.append(Entry(key, value))
        place.end = max(key.end, value.end)
        place.stop = max(key.stop, value.stop)
    return parser.end(event)


def _items(place: Place, parser: Events, text: str) -> int:
    while not isinstance(event := parser.next(), SequenceEndEvent):
        item = _place(parser, event, text)
        place.items.append(item)
        place.end, place.stop = max(place.end, item.end), max(place.stop, item.stop)
    return parser.end(event)
