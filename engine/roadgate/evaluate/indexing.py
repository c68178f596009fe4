"""``resource["kep-number"]``: a field whose name is none in CEL, written as an index.

Messages have no index in CEL. Where the checker finds one on a message, the text is written as the
field it means, in as many characters, so that places in it stay what they were.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from roadgate.evaluate.fields import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from roadgate.evaluate.fields import FieldType

Fields: TypeAlias = "Mapping[str, Mapping[str, FieldType]]"
_INDEX = re.compile(r"""\[\s*(?:"(?P<double>[^"\\]+)"|'(?P<single>[^'\\]+)')\s*\]""")
_ON_MESSAGE = re.compile(
    r"ERROR: <input>:(\d+):(\d+): found no matching overload for '_\[_\]' applied to "
    r"'\((?:roadgate\.)(?P<type>\w+), string\)'"
)
_IN_HAS = re.compile(r"ERROR: <input>:(\d+):(\d+): .*has\(\) argument must be a field")


def dotted(text: str, report: str, fields: Fields, fails: Callable[[str], str]) -> str | None:
    """The text with fields instead of the indexes that ``report`` complains about.

    ``fails`` gives the report for a text that does not compile, or nothing. None where the report
    is about something else.
    """
    changed = text
    for found in _ON_MESSAGE.finditer(report):
        start = _offset(text, int(found[1]), int(found[2]))
        changed = _replaced(changed, start, fields.get(found["type"], {})) or changed
    asked = [_offset(text, int(each[1]), int(each[2])) for each in _IN_HAS.finditer(report)]
    for start in asked:
        if (kind := _message(text, start, asked, fails)) is not None:
            changed = _replaced(changed, start, fields.get(kind, {})) or changed
    return changed if changed != text else None


def _message(text: str, start: int, asked: list[int], fails: Callable[[str], str]) -> str | None:
    """The type of message that the index in a ``has()`` is one on; of a map it would be a key."""
    probe: str | None = text
    for each in asked:
        probe = None if probe is None else _replaced(probe, each, {}, unknown=each == start)
    index = _INDEX.match(text, start)
    if probe is None or index is None:
        return None
    wanted = re.escape(f"undefined field '{_unknown(index)}' not found in struct 'roadgate.")
    found = re.search(rf"{wanted}(\w+)'", fails(probe))
    return found[1] if found else None


def _replaced(
    text: str, start: int, fields: Mapping[str, FieldType], *, unknown: bool = False
) -> str | None:
    """The text with the index at an offset as a field, in as many characters."""
    found = _INDEX.match(text, start)
    if found is None:
        return None
    written = found["double"] or found["single"]
    own = (name for name, each in fields.items() if written in (each.written, name))
    name = next(own, name_of(written))
    width = found.end() - start
    if unknown:
        name = _unknown(found)
    field = f".{name}".ljust(width)
    return text[:start] + field + text[found.end() :] if len(field) == width else None


def _unknown(found: re.Match[str]) -> str:
    """A name that no field has, in the room of an index."""
    return "q" * (found.end() - found.start() - 1)


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1


def meant(text: str, start: int, field: str) -> tuple[int, str] | None:
    """Where a field is written as an index, at an offset or soon after it, and as what."""
    for found in _INDEX.finditer(text, start):
        written: str = found["double"] or found["single"]
        if name_of(written) == field:
            return found.start() + 1, written
    return None


def as_written(message: str, fields: Fields, kind: str) -> str:
    """A message about expressions on a kind, with fields called as its documents call them."""
    names = {
        name: each.written
        for of, own in fields.items()
        if of == kind or of.startswith(f"{kind}__")
        for name, each in own.items()
        if each.written
    }

    def index(found: re.Match[str]) -> str:
        return f'["{names[found[1]]}"]' if found[1] in names else found[0]

    return re.sub(r"\.(\w+)", index, message) if names else message
