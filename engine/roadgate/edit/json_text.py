"""Add entries to the JSON that editors keep, comments and trailing commas included."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from roadgate.edit.proof import same
from roadgate.edit.splice import Refused, Splice, line_end, line_start, spliced

if TYPE_CHECKING:
    from roadgate.model.outline import Outline, Place, Reader

_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/|\t|[^"/\t]+|.', re.DOTALL)


def with_entries(text: str, wanted: Mapping[str, Any], read: Reader) -> str:
    """The text with every entry of ``wanted`` that it lacks; what it has already stays as it is.

    Mappings are filled up, and so are lists; another value under the same name is left alone.

    Raises:
        Refused: the text cannot be read as such settings.
    """
    before = _outline(text, read)
    root = before.sections[0].root
    data = before.sections[0].data
    if root.kind != "mapping" or root.style != "flow" or not isinstance(data, Mapping):
        raise Refused("it holds no settings")
    expected, splices = _Filler(text, before.text).filled(root, data, wanted)
    new = spliced(text, splices)
    if not same(_outline(new, read).sections[0].data, expected):
        raise Refused("other settings would change with it")
    return new


def _outline(text: str, read: Reader) -> Outline:
    """The text as YAML sees it: white space in the place of comments, offsets as they are."""
    found = read("".join(_blank(each) for each in _TOKEN.findall(text)))
    if found is None or len(found.sections) != 1:
        raise Refused("it cannot be read")
    return found


def _blank(token: str) -> str:
    return re.sub(r"[^\n]", " ", token) if token.startswith(("//", "/*", "\t")) else token


_INDENT = re.compile(r"[ \t]*")


class _Filler:
    """Writes into a text, and looks where in its outline's, which has no comments."""

    def __init__(self, text: str, bare: str) -> None:
        self._text = text
        self._bare = bare
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def filled(
        self, place: Place, data: Mapping[str, Any], wanted: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Splice]]:
        """What the mapping will say, and what to write for it."""
        expected, splices = dict(data), []
        new: list[str] = []
        for name, value in wanted.items():
            if name not in data:
                expected[name] = value
                new.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
                continue
            inner = next(each.value for each in place.entries if each.key.text == name)
            if isinstance(value, Mapping) and isinstance(data[name], Mapping):
                expected[name], more = self.filled(inner, data[name], value)
                splices += more
            elif isinstance(value, list) and isinstance(data[name], list):
                missing = [each for each in value if each not in data[name]]
                expected[name] = [*data[name], *missing]
                ends = [each.end for each in inner.items]
                splices += self._added(inner, ends, [json.dumps(each) for each in missing])
        ends = [max(each.key.end, each.value.end) for each in place.entries]
        return expected, [*splices, *self._added(place, ends, new)]

    def _added(self, place: Place, ends: list[int], new: list[str]) -> list[Splice]:
        """New entries behind the others, on lines of their own where the others have theirs."""
        close = place.end - 1
        if not new or not ends:
            return [Splice(place.body + 1, close, ", ".join(new))] if new else []
        last, first = ends[-1], _first(place)
        comma = self._bare.find(",", last, close)
        if "\n" not in self._bare[place.body : first]:
            at = last if comma < 0 else comma + 1
            return [Splice(at, at, f"{',' if comma < 0 else ''} {', '.join(new)}")]
        line = self._newline + self._indent(first)
        at = line_end(self._text, last) if "\n" in self._bare[last:close] else close
        lines = line + f",{line}".join(new)
        if comma >= 0:
            return [Splice(at, at, lines)]
        return [Splice(last, last, ","), Splice(at, at, lines)]

    def _indent(self, offset: int) -> str:
        found = _INDENT.match(self._text, line_start(self._text, offset))
        return found[0] if found else ""


def _first(place: Place) -> int:
    return place.entries[0].key.start if place.entries else place.items[0].start
