"""What users wrote, made safe for Markdown on GitHub: it pings nobody and forges nothing."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

JOINER = "\u200d"
"""Invisible; it keeps GitHub from reading a mention, a reference or a link."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
MAX_TEXT = 500
MAX_TITLE = 200
_LINK = re.compile(r"(?i)(:)(?=//)|\b(www)(?=\.)|\b(mailto|xmpp)(?=:)")
_REFERENCE = re.compile(r"(#)(?=\w)|\b([Gg][Hh]-)(?=\d)")
_MENTION = re.compile("([@\uff20\ufe6b])")
_SHA = re.compile(
    r"\b(?=[0-9a-fA-F]*[a-fA-F])(?=[a-fA-F]*[0-9])([0-9a-fA-F])(?=[0-9a-fA-F]{6,63}\b)"
)
_TAG = re.compile(r"<(?![ =0-9]|$)")
_ENTITY = re.compile(r"&(?=[#\w])")
_SPECIAL = re.compile(r"([\\`*_\[\]|~$!])")
_LIST = re.compile(r"^([-+=#:]|>(?!=)|\d{1,9}(?=[.)]))")


def text(value: str, limit: int = MAX_TEXT) -> str:
    """One line of Markdown that shows ``value`` as it is written, with nothing active in it."""
    line = _defused(_cut(_one_line(value), limit))
    line = _TAG.sub("&lt;", _ENTITY.sub("&amp;", line))
    line = _SPECIAL.sub(r"\\\1", line)
    return _LIST.sub(lambda found: _escaped_start(found[0]), line)


def title(value: str, limit: int = MAX_TITLE) -> str:
    """A title, which GitHub shows as plain text: one line that pings nobody."""
    return _cut(_defused(_one_line(value)), limit)


def table(head: Iterable[str], rows: Iterable[Iterable[str]], budget: int) -> str:
    """A table of cells that are Markdown already, cut by whole rows."""
    names = list(head)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    kept = within(lines, budget, "rows")
    notice = kept.pop() if kept and not kept[-1].startswith("|") else ""
    body = "\n".join([f"| {' | '.join(names)} |", f"|{'---|' * len(names)}", *kept])
    return f"{body}\n\n{notice}" if notice else body


def within(lines: list[str], budget: int, what: str = "entries") -> list[str]:
    """As many whole lines as fit into ``budget`` characters, with a notice about the rest."""
    used = 0
    for number, line in enumerate(lines):
        used += len(line) + 1
        if used > budget:
            return [*lines[:number], f"_{len(lines) - number} more {what} are left out here._"]
    return list(lines)


def _one_line(value: str) -> str:
    """Entities decoded, control and direction characters gone, blanks single."""
    for _ in range(4):
        decoded = html.unescape(value)
        if decoded == value:
            break
        value = decoded
    kept = (
        " " if char.isspace() else char
        for char in value
        if char.isspace() or char == JOINER or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join("".join(kept).split())


def _defused(value: str) -> str:
    value = _MENTION.sub(rf"\1{JOINER}", value)
    value = _REFERENCE.sub(lambda found: f"{found[0]}{JOINER}", value)
    value = _LINK.sub(lambda found: f"{found[0]}{JOINER}", value)
    return _SHA.sub(rf"\1{JOINER}", value)


def _cut(value: str, limit: int) -> str:
    return value if len(value) <= limit else f"{value[: limit - 1].rstrip()}…"


def _escaped_start(start: str) -> str:
    return f"{start}{JOINER}" if start.isdigit() else f"\\{start}"
