"""From bytes to text: UTF-8 only, without characters that hide or break something."""

from __future__ import annotations

import re
from bisect import bisect_right

from roadgate.model.finding import Finding, Severity
from roadgate.model.source import Span

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# U+0085, U+2028 and U+2029 end a line for some readers and not for others.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
"""Those of them that a text of ASCII can hold."""
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Positions:
    """Character offsets of a text as lines and columns, both from 1."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        self._length = len(text)

    def point(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        offset = min(max(offset, 0), self._length)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets."""
        return Span(self._path, *self.point(start), *self.point(max(start, end)))


def decode(content: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """The text of a file without its byte order mark, or None with the finding that says why."""
    if content.startswith(_UTF16):
        return None, [_unreadable(path, "the file is not UTF-8 but UTF-16", (1, 1))]
    try:
        text = content.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as problem:
        before = content[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8")) + 1
        return None, [_unreadable(path, "the file is not UTF-8", (line, column))]
    if not _is_ordinary(content) and (refused := REFUSED.search(text)):
        point = Positions(text, path).point(refused.start())
        message = f"the file has a {character(refused[0])} control character"
        return None, [_unreadable(path, message, point)]
    if not content.isascii() and (turned := _BIDI.search(text)):
        return text, hidden(turned[0], Positions(text, path).span(turned.start(), turned.end()))
    return text, []


def _is_ordinary(content: bytes) -> bool:
    """Whether a text is ASCII without control characters, as most are: told in no time."""
    return content.isascii() and len(content.translate(None, _CONTROLS)) == len(content)


def character(text: str) -> str:
    """What to call a character that cannot be shown."""
    return "NUL" if text == "\0" else f"U+{ord(text):04X}"


def hidden(text: str, span: Span) -> list[Finding]:
    """A warning if a text has a character that changes its direction."""
    found = _BIDI.search(text)
    if found is None:
        return []
    message = f"an invisible character ({character(found[0])}) changes the direction of the text"
    fix = "delete the character: what readers see is not what is judged"
    return [Finding("RG002", Severity.WARNING, message, fix, location=span)]


def _unreadable(path: str, message: str, point: tuple[int, int]) -> Finding:
    line, column = point
    return Finding(
        "RG002",
        Severity.ERROR,
        message,
        "save the file as UTF-8 text",
        location=Span(path, line, column, line, column + 1),
    )
