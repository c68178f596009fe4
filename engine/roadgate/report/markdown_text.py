"""Text of users in Markdown: shown as it is, and never markup, a mention or a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.report.text.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_CELL = 500
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BREAK = "<!-- -->"
"""Parts a word so that GitHub sees no mention, reference or link in it; readers see nothing."""
_SPECIAL = re.compile(r"[\\`*_{}\[\]~|!$&<>]")
_LINKS = re.compile(r"(@|#)(?=\w)|(://)|\b(www)(?=\.)|\b(GH)(?=-\d)", re.IGNORECASE)


def escape(text: str, limit: int = MAX_CELL) -> str:
    """One line of Markdown that reads as ``text`` does."""
    flat = plain(text)
    if len(flat) > limit:
        flat = f"{flat[: limit - 1]}…"
    parts, position = [], 0
    for found in _LINKS.finditer(flat):
        parts.append(_characters(flat[position : found.start()]))
        parts.append(_parted(found))
        position = found.end()
    parts.append(_characters(flat[position:]))
    return "".join(parts)


def _parted(found: re.Match[str]) -> str:
    return f":{_BREAK}//" if found[0] == "://" else found[0] + _BREAK


def _characters(text: str) -> str:
    return _SPECIAL.sub(lambda match: _HTML.get(match[0]) or f"\\{match[0]}", text)


def code(text: str, limit: int = MAX_CELL) -> str:
    """Text in the typeface of code; harmless in a table too, where backticks are not."""
    return f"<code>{escape(text, limit)}</code>"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; every cell must be escaped already."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def capped(lines: Sequence[str], limit: int, rest: str = "more lines, cut here") -> str:
    """The lines joined, cut after a whole line so that the UTF-8 text stays within ``limit``."""
    room = limit - len(f"\n… and {len(lines)} {rest}\n".encode())
    kept: list[str] = []
    used = 0
    for line in lines:
        used += len(line.encode("utf-8", "replace")) + 1
        if used > room:
            break
        kept.append(line)
    if len(kept) == len(lines):
        return "\n".join(lines) + "\n"
    return "\n".join([*kept, "", f"… and {len(lines) - len(kept)} {rest}", ""])
