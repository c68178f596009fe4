"""Slips of the pen that a line shows: what its author must type instead, in the author's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_SHORT = 60
_LONGEST = 10_000


class Slip(NamedTuple):
    """What is wrong with a line."""

    message: str
    fix: str
    column: int = 0
    """Where in the line it is, from 0."""


_KEY = r"(?P<lead>\s*(?:- +)*)(?P<key>[A-Za-z][\w-]*)"
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?:\s|$)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BULLET = re.compile(r"(?P<lead>\s*)(?P<mark>[*•‣·▪\u2013\u2014])\s*(?P<rest>\S.*)?$")
_GLUED_DASH = re.compile(r"(?P<lead>\s*)-(?P<rest>[^\s\-\d].*)$")
_GLUED = re.compile(_KEY + r":(?P<rest>(?!//)\S.*)$")
_WIDE = re.compile(_KEY + "\N{FULLWIDTH COLON}\\s*(?P<rest>.*)$")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200b\u202f\u3000]")
_CONDITION = re.compile(_KEY + r":\s+(?P<rest>>=?\s*(?:[\d.+-]|baseline).*)$")
_RESERVED = re.compile(_KEY + r":\s+(?P<rest>(?P<mark>[@`%*&!?|>])(?=\S).*|(?P<mark2>[?>|-]) .+)$")
_COLON = re.compile(_KEY + r":\s+(?P<rest>[^\"'\[{>|].*?:(?:\s.*|$))")
_AFTER_QUOTE = re.compile(
    _KEY + r":\s+(?P<quote>[\"'])(?P<rest>.*)(?P=quote)(?P<more>\s*[^\s#,\]}].*)$"
)
_AFTER_LIST = re.compile(_KEY + r":\s+(?P<rest>(?P<mark>[\[{]).*[\]}]\s*[^\s#,\]}].*)$")
_PLAIN = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<key>[A-Za-z][\w-]*):(?:\s+(?P<rest>\S.*))?$")


def quoted(text: str) -> str:
    """A text in the quotes that need no escapes in it."""
    text = text.strip()
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _write(line: str) -> str:
    return f"write {line}" if len(line) <= _SHORT else "put the whole text in quotes"


def _conflict(line: str) -> Slip | None:
    if not _CONFLICT.match(line):
        return None
    fix = "keep one of the two sides, and delete the lines with <<<<<<<, ======= and >>>>>>>"
    return Slip("a merge conflict of git is still in the file", fix)


def _fence(line: str) -> Slip | None:
    if not _FENCE.match(line):
        return None
    return Slip("a code fence of Markdown (```) stands in the file", "delete the lines with ```")


def _odd_space(line: str) -> Slip | None:
    found = _ODD_SPACE.search(line)
    if found is None:
        return None
    message = "a special space, as web pages and word processors have it, stands in the line"
    return Slip(message, "delete it and type the space again", found.start())


def _wide_colon(line: str) -> Slip | None:
    if (found := _WIDE.match(line)) is None:
        return None
    message = f"the colon after '{found['key']}' is a wide one"
    fix = _write(f"{found['key']}: {found['rest']}".rstrip())
    return Slip(message, fix, found.end("key"))


def _bullet(line: str) -> Slip | None:
    if (found := _BULLET.match(line)) is None:
        return None
    rest = found["rest"] or "…"
    fix = f"write '- {rest}'" if len(rest) <= _SHORT else "begin it with '- '"
    return Slip(f"a list entry begins with '{found['mark']}'", fix, found.start("mark"))


def _glued_dash(line: str) -> Slip | None:
    if (found := _GLUED_DASH.match(line)) is None:
        return None
    rest = found["rest"]
    fix = f"write '- {rest}'" if len(rest) <= _SHORT else "write a space after '-'"
    return Slip("a space is missing after '-'", fix, len(found["lead"]))


def _glued(line: str) -> Slip | None:
    if (found := _GLUED.match(line)) is None:
        return None
    key = found["key"]
    fix = _write(f"'{key}: {found['rest'].rstrip()}'")
    if fix.startswith("put"):
        fix = f"write '{key}: ' with a space"
    return Slip(f"a space is missing after '{key}:'", fix, found.start("key"))


def _condition(line: str) -> Slip | None:
    if (found := _CONDITION.match(line)) is None:
        return None
    fix = _write(f"{found['key']}: {quoted(found['rest'])}")
    return Slip("a condition that begins with '>' needs quotes", fix, found.start("rest"))


def _reserved(line: str) -> Slip | None:
    if (found := _RESERVED.match(line)) is None:
        return None
    mark = found["mark"] or found["mark2"]
    fix = _write(f"{found['key']}: {quoted(found['rest'])}")
    return Slip(f"a text that begins with '{mark}' needs quotes", fix, found.start("rest"))


def _colon(line: str) -> Slip | None:
    if (found := _COLON.match(line)) is None:
        return None
    fix = _write(f"{found['key']}: {quoted(found['rest'])}")
    return Slip("a text with a colon in it needs quotes", fix, found.start("rest"))


def _after_quote(line: str) -> Slip | None:
    if (found := _AFTER_QUOTE.match(line)) is None:
        return None
    mark = found["quote"]
    whole = f"{mark}{found['rest']}{mark}{found['more']}".rstrip()
    inner = whole[1:-1] if whole.endswith(mark) else whole
    fix = _write(f"{found['key']}: {quoted(inner)}")
    return Slip("a text goes on after its closing quote", fix, found.start("more"))


def _after_list(line: str) -> Slip | None:
    if (found := _AFTER_LIST.match(line)) is None:
        return None
    fix = _write(f"{found['key']}: {quoted(found['rest'])}")
    return Slip(f"a text that begins with '{found['mark']}' needs quotes", fix, found.start("rest"))


_EVERYWHERE: tuple[Callable[[str], Slip | None], ...] = (
    *(_conflict, _fence, _wide_colon, _bullet, _odd_space),
    *(_condition, _after_quote, _after_list, _colon, _reserved),
)
_WITHOUT_COLON = (*_EVERYWHERE, _glued_dash, _glued)


def slip(line: str, *, lacks_colon: bool = False) -> Slip | None:
    """What a line that cannot be read shows; None where it shows nothing in particular.

    ``lacks_colon`` is for a line that is one text where a name and a value should be.
    """
    if len(line) > _LONGEST:
        return None
    checks = _WITHOUT_COLON if lacks_colon else _EVERYWHERE
    return next((found for check in checks if (found := check(line)) is not None), None)


def indented_too_far(line: str, above: str) -> Slip | None:
    """A field that is indented below another which has its value already."""
    upper, lower = _PLAIN.match(above), _PLAIN.match(line)
    if upper is None or lower is None or not upper["rest"]:
        return None
    if len(lower["lead"]) <= len(upper["lead"]):
        return None
    message = f"'{lower['key']}' is indented further than '{upper['key']}' above it"
    spaces = len(upper["lead"])
    fix = f"begin it with {spaces} space{'' if spaces == 1 else 's'}, like the line above"
    return Slip(
        message, fix if spaces else "begin it where the line above begins", len(lower["lead"])
    )
