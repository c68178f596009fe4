"""YAML text to plain data, by the core schema of YAML 1.2: the only importer of PyYAML.

Documents are built straight from the parser's events: nothing is read beyond a limit, and positions
cost nothing until somebody asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError

from roadgate.load import scalars
from roadgate.load.limits import too_many
from roadgate.load.quick import quick
from roadgate.load.syntax import explain
from roadgate.load.text import REFUSED, Positions, character, decode, hidden
from roadgate.model.document import Data, Document
from roadgate.model.finding import Finding, Related, Severity

if TYPE_CHECKING:
    from roadgate.load.limits import Limits
    from roadgate.model.source import Span

__all__ = [
    "AliasEvent",
    "Broken",
    "Event",
    "Events",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "each",
    "parse",
]

_MARKER = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)
_MAX_BROKEN = 20
_MAX_PROBLEMS = 50
T = TypeVar("T")
Event: TypeAlias = Any
"""An event of PyYAML; its attributes differ by type."""


class Broken(Exception):  # noqa: N818 - a value as often as it is raised; never leaves load
    """A document cannot be used from this offset on."""

    def __init__(self, code: str, message: str, fix: str, start: int, end: int) -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.start, self.end = code, message, fix, start, end


class Events:
    """The event stream of a text, from an offset on."""

    def __init__(self, text: str, offset: int) -> None:
        self.offset = offset
        self.next: Callable[[], Event] = CParser(text[offset:] if offset else text).get_event

    def start(self, event: Event) -> int:
        """The offset in the text at which an event begins."""
        return self.offset + int(event.start_mark.index)

    def end(self, event: Event) -> int:
        """The offset in the text at which an event ends."""
        return self.offset + int(event.end_mark.index)


def each(text: str, build: Callable[[Events], T]) -> Iterator[T | Broken]:
    """Build each document; after a broken one, go on at the next line that begins with ``---``."""
    offset, broken = 0, 0
    while broken < _MAX_BROKEN:
        parser = Events(text, offset)
        began = offset
        try:
            while not isinstance(event := parser.next(), StreamEndEvent):
                if isinstance(event, DocumentStartEvent):
                    began = parser.start(event)
                    yield build(parser)
        except Broken as problem:
            found, reached = problem, problem.start
        except YAMLError as problem:
            reached = offset + _index(problem)
            found = _explained(problem, text, offset, reached)
        else:
            return
        broken += 1
        yield found
        marker = _MARKER.search(text, max(reached, began + 1))
        if marker is None:
            return
        offset = marker.start()


def _explained(problem: YAMLError, text: str, offset: int, reached: int) -> Broken:
    context = getattr(problem, "context_mark", None)
    began = offset + int(context.index) if context is not None else reached
    told = explain(problem.__dict__, text, reached, began)
    return Broken(told.code, told.message, told.fix, told.start, told.start + 1)


def _index(problem: YAMLError) -> int:
    mark = problem.problem_mark if isinstance(problem, MarkedYAMLError) else None
    return int(mark.index) if mark is not None else 0


class _Open:
    """Stands for the value of a node that has not come to its end."""


class _Builder:
    """Builds plain data; collects what is wrong on the way."""

    def __init__(self, text: str, path: str, limits: Limits) -> None:
        self._text = text
        self._path = path
        self._limits = limits
        self._has_escapes = "\\" in text
        self._positions: Positions | None = None
        self.findings: list[Finding] = []

    def document(self, parser: Events) -> Data:
        """The next document's data."""
        self._parser = parser
        self._anchors: dict[str, tuple[Data, str | None] | _Open] = {}
        self._expanded = 0
        event = parser.next()
        data = self._node(event, 0)
        if not isinstance(data, dict) and data is not None:
            parser.next()  # a text that cannot be read to its end says more than what it is
            message = "the document has no fields such as 'apiVersion' and 'kind'"
            fix = "begin it with the lines 'apiVersion: roadgate/v1' and 'kind: Initiative'"
            self._report("RG006", message, f"{fix}; notes belong in a .md file", event)
        return data

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets of the text."""
        if self._positions is None:
            self._positions = Positions(self._text, self._path)
        return self._positions.span(start, end)

    def _report(
        self, code: str, message: str, fix: str, event: Event, related: tuple[Related, ...] = ()
    ) -> None:
        if len(self.findings) >= _MAX_PROBLEMS:
            message = f"the file has more problems than the limit of {_MAX_PROBLEMS}"
            raise self._broken("RG003", message, "repair those above first", event)
        span = self.span(self._parser.start(event), self._parser.end(event))
        self.findings.append(
            Finding(code, Severity.ERROR, message, fix, location=span, related=related)
        )

    def _broken(self, code: str, message: str, fix: str, event: Event) -> Broken:
        return Broken(code, message, fix, self._parser.start(event), self._parser.end(event))

    def _node(self, event: Event, depth: int) -> Data:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self._alias(event, depth)[0]
        self._check_depth(depth, event)
        anchor, tag = event.anchor, event.tag
        is_open = _Open() if anchor else None
        if is_open:
            self._anchors[anchor] = is_open
        if tag and tag not in ("!", scalars.CORE + ("map" if kind is MappingStartEvent else "seq")):
            self._report("RG005", f"the tag '{tag}' is not taken", "delete the tag", event)
        build = self._mapping if kind is MappingStartEvent else self._sequence
        value: Data = build(depth + 1)
        if is_open and self._anchors[anchor] is is_open:  # no part of it took the name over
            self._anchors[anchor] = (value, None)
        return value

    def _sequence(self, depth: int) -> list[Data]:
        items: list[Data] = []
        take = self._parser.next
        while type(event := take()) is not SequenceEndEvent:
            items.append(self._node(event, depth))
        return items

    def _mapping(self, depth: int) -> dict[str, Data]:
        items: dict[str, Data] = {}
        first: dict[str, Event] = {}
        is_joined = False  # a second document begins without '---': all its fields are repeated
        take = self._parser.next
        while type(event := take()) is not MappingEndEvent:
            key = self._key(event, depth)
            value = self._node(take(), depth)
            if key in items:
                start, end = self._parser.start(first[key]), self._parser.end(first[key])
                related = Related("first written here", self.span(start, end))
                if not is_joined:
                    self._repeated(key, depth, event, related)
                is_joined = is_joined or (depth == 1 and key == "apiVersion")
                continue
            items[key] = value
            first[key] = event
        return items

    def _repeated(self, key: str, depth: int, event: Event, related: Related) -> None:
        message, fix = f"'{key}' is written twice", "delete one of the two, or merge them"
        if depth == 1 and key == "apiVersion":
            message = "a second document begins here, and nothing parts it from the first"
            fix = "write a line '---' before it"
        self._report("RG004", message, fix, event, (related,))

    def _key(self, event: Event, depth: int) -> str:
        """A key as its author wrote it, whatever it would mean as a value."""
        if type(event) is ScalarEvent:
            if event.anchor or event.tag or self._has_escapes:
                self._scalar(event)
            text: str | None = event.value
        else:
            text = self._alias(event, depth)[1] if type(event) is AliasEvent else None
        if text is None:
            message, fix = "a name before a colon is no text", "write a text before the colon"
            raise self._broken("RG005", message, fix, event)
        return text

    def _scalar(self, event: Event) -> Data:
        text: str = event.value
        value: Data = text
        try:
            if event.tag:
                value = text if event.tag == "!" else scalars.tagged(event.tag, text)
            elif event.implicit[0] and not event.style:
                value = scalars.plain(text)
        except ValueError as problem:
            value, message, fix = scalars.untagged(event.tag, text, str(problem))
            self._report("RG005", message, fix, event)
        if self._has_escapes:
            self._check_characters(text, event)
        if event.anchor:
            self._anchors[event.anchor] = (value, text)
        return value

    def _check_characters(self, text: str, event: Event) -> None:
        """Hold what escapes bring in to the same measure as what stands in the file itself."""
        if refused := REFUSED.search(text):
            message = f"a text has a {character(refused[0])} character"
            raise self._broken("RG002", message, "delete the escape", event)
        if not text.isascii():
            span = self.span(self._parser.start(event), self._parser.end(event))
            self.findings += hidden(text, span)

    def _alias(self, event: Event, depth: int) -> tuple[Data, str | None]:
        name = event.anchor
        found = self._anchors.get(name)
        if isinstance(found, _Open):
            message = f"the alias '*{name}' stands inside itself"
            raise self._broken("RG005", message, "write the value out", event)
        if found is None:
            message = f"the alias '*{name}' has no anchor '&{name}' before it"
            fix = "put a text that begins with '*' in quotes, or define the anchor first"
            raise self._broken("RG001", message, fix, event)
        self._expand(found[0], depth, event)
        return found

    def _expand(self, value: Data, depth: int, event: Event) -> None:
        """Count what an alias stands for, as if it were written out."""
        limit = self._limits.alias_nodes
        pending = [(value, depth)]
        while pending:
            node, level = pending.pop()
            self._expanded += 1
            if self._expanded > limit:
                message = f"aliases expand beyond the limit of {limit} values"
                raise self._broken("RG003", message, "write the values out", event)
            if isinstance(node, (dict, list)):
                self._check_depth(level, event)
                children = node.values() if isinstance(node, dict) else node
                pending.extend((child, level + 1) for child in children)

    def _check_depth(self, depth: int, event: Event) -> None:
        limit = self._limits.nesting
        if depth >= limit:
            message = f"the document nests deeper than the limit of {limit} levels"
            raise self._broken("RG003", message, "flatten it", event)


def parse(content: bytes, path: str, limits: Limits) -> tuple[list[Document], list[Finding]]:
    """The documents of a file that can be read, and findings about the rest."""
    text, findings = decode(content, path)
    if text is None:
        return [], findings
    if (plain := quick(text, limits)) is not None:
        return [Document(path, 0, plain)], findings
    documents, problems = carefully(text, path, limits)
    return documents, [*findings, *problems]


def carefully(text: str, path: str, limits: Limits) -> tuple[list[Document], list[Finding]]:
    """As ``parse``, event by event, whatever the text is."""
    builder = _Builder(text, path, limits)
    documents: list[Document] = []
    for index, data in enumerate(each(text, builder.document)):
        if index >= limits.documents:
            documents.clear()  # so that one file cannot use up what all of them may hold
            builder.findings.append(too_many(path, limits))
            break
        if isinstance(data, Broken):
            builder.findings.append(
                Finding(
                    data.code,
                    Severity.ERROR,
                    data.message,
                    data.fix,
                    location=builder.span(data.start, data.end),
                )
            )
        elif isinstance(data, Mapping):
            documents.append(Document(path, index, data))
    return documents, builder.findings
