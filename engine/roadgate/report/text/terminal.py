"""What a terminal may show: widths, harmless characters, colour."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_JOINERS = "\u200c\u200d"
"""Invisible, but part of how Persian words and family emoji are spelled."""
_ESCAPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NO_WIDTH_CATEGORIES = frozenset({"Mn", "Me", "Cf"})
_ASCII_END = 0x7F
_BYTE_END = 0x100
_BMP_END = 0x10000
_LINE_BREAK = re.compile(r"(\r\n|\r|\n)")
_COMMAND = re.compile(r"^(\s*):(:)")
_OLD_COMMAND = re.compile(r"#(#\[)")


def shown(character: str) -> str:
    """The character, or its YAML escape if it could steer a terminal or hide something."""
    if " " <= character < "\x7f":
        return character
    if unicodedata.category(character) not in _ESCAPED_CATEGORIES or character in _JOINERS:
        return character
    code = ord(character)
    if code < _BYTE_END:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _BMP_END else f"\\U{code:08x}"


def plain(text: str) -> str:
    """Text of a user on one line, harmless to a terminal; runs of white space become one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return "".join(map(shown, " ".join(text.split())))


def harmless(text: str) -> str:
    """The same text, with no line in it that GitHub Actions would take for a workflow command.

    Actions reads every line that any program prints there, behind white space too.
    """
    parts = _LINE_BREAK.split(text)
    return "".join(_OLD_COMMAND.sub(r"# \1", _COMMAND.sub(r"\1: \2", part)) for part in parts)


def width(text: str) -> int:
    """How many columns the text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if ord(character) < _ASCII_END:
        return 1
    if unicodedata.category(character) in _NO_WIDTH_CATEGORIES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """The text, filled up with spaces to ``columns``."""
    return text + " " * (columns - width(text))


def shorten(text: str, columns: int) -> str:
    """The text, cut to ``columns`` with an ellipsis at its end."""
    if width(text) <= columns:
        return text
    return _take(text, columns - 1).rstrip() + "…"


def _take(text: str, columns: int) -> str:
    """As much of the beginning of the text as fits."""
    used = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used > columns:
            return text[:index]
    return text


def wrap(text: str, columns: int, *, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``columns``, led by ``first`` and then by ``rest``.

    Words are kept whole, unless one is longer than a line.
    """
    lines, line, bare = [], first, True
    for word in text.split():
        left = word
        if not bare and width(line) + 1 + width(left) > columns:
            lines.append(line)
            line, bare = rest, True
        while width(line) + width(left) > columns and bare:
            head = _take(left, columns - width(line)) or left[:1]
            lines.append(line + head)
            line, left = rest, left[len(head) :]
        line += left if bare else f" {left}"
        bare = bare and not left
    return [*lines, line] if not bare or not lines else lines


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours, or none."""

    color: bool

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def bold(self, text: str) -> str:
        """Headings."""
        return self._paint("1", text)

    def bad(self, text: str) -> str:
        """What fails or was missed."""
        return self._paint("1;31", text)

    def doubtful(self, text: str) -> str:
        """What needs attention or is unknown."""
        return self._paint("33", text)

    def good(self, text: str) -> str:
        """What holds."""
        return self._paint("32", text)

    def calm(self, text: str) -> str:
        """What is only said."""
        return self._paint("36", text)

    def faint(self, text: str) -> str:
        """Frames and what may be skipped."""
        return self._paint("2", text)
