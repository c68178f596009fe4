"""What the YAML parser complains about, in the words of somebody who edits a roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadgate.load.limits import DEFAULT
from roadgate.load.slips import indented_too_far, slip

if TYPE_CHECKING:
    from collections.abc import Mapping

_INDENT = "indent with spaces, and begin fields that belong together in the same column"
_QUOTE = "put the whole text in quotes"
_BACKSLASH = "write '\\\\' for a backslash, or use single quotes"
_SENTENCES = (
    (
        "mapping values are not allowed",
        "a colon stands inside a text, or the line is indented wrongly",
        f"{_QUOTE}, or begin the line in the column of those above",
    ),
    (
        "could not find expected ':'",
        "the line has no colon between a name and its value",
        "write 'name: value', with a space after the colon",
    ),
    ("did not find expected key", "the line does not line up with the entries above", _INDENT),
    (
        "did not find expected '-'",
        "the line does not line up with the list above",
        "begin it in the column of the entry's other lines, or with '- ' for a new entry",
    ),
    (
        "sequence entries are not allowed",
        "a list begins in the middle of a line",
        "put a text that begins with '-' in quotes, or begin the list on a line of its own",
    ),
    (
        "did not find expected ',' or ']'",
        "the list '[…]' is not closed, or lacks a comma",
        "close it with ']'; put texts with commas in quotes",
    ),
    (
        "did not find expected ',' or '}'",
        "the braces '{…}' are not closed, or lack a comma",
        "close it with '}'; put texts with commas in quotes",
    ),
    (
        "expected node content",
        "a value is missing after a bracket or comma",
        "write the value, or close the bracket",
    ),
    (
        "expected comment or line break",
        "text stands on the line of '|' or '>'",
        "begin the text on the next line, indented, or put it in quotes",
    ),
    (
        "expected whitespace or line break",
        "a text begins with '!', '&' or '*'",
        _QUOTE,
    ),
    ("mapping keys are not allowed", "a text begins with '? '", _QUOTE),
    (
        "unexpected end of stream",
        "a quote or bracket is not closed before the file ends",
        "close it where its text ends",
    ),
    (
        "unexpected document indicator",
        "a quote or bracket is not closed before the next '---'",
        "close it where its text ends",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes means something else than itself",
        _BACKSLASH,
    ),
    (
        "hexdecimal number",
        "a backslash in double quotes means something else than itself",
        _BACKSLASH,
    ),
    (
        "invalid Unicode character",
        "the backslash stands for half of a character",
        "write the character itself",
    ),
    (
        "expected <document start>",
        "text follows the end of a document",
        "begin the next document with '---'",
    ),
    (
        "incompatible YAML document",
        "the YAML version is not 1.2",
        "delete the line that begins with '%YAML'",
    ),
    ("alphabetic or numeric character", "a text begins with '*' or '&'", _QUOTE),
    ("tag", "a text begins with '!'", _QUOTE),
)
_REFUSED = (
    ("tag handle", "RG005", "the tag is not taken", "delete the tag"),
    (  # the parser's own limit, far beyond ours
        "maximum nesting depth",
        "RG003",
        f"the document nests deeper than the limit of {DEFAULT.nesting} levels",
        "flatten it",
    ),
)
_RESERVED = "@`%"
_UNCLOSED = ("end of stream", "document indicator", "expected ',' or")
"""What the parser misses is an end: the opening quote or bracket is what to look at."""
_MAX_LINES = 50
"""How far above the place where the parser stopped the slip may be."""


class Explained(NamedTuple):
    """What is wrong where, in words."""

    code: str
    message: str
    fix: str
    start: int


def explain(problem: Mapping[str, object], text: str, offset: int, began: int = 0) -> Explained:
    """What to say about a parser error at an offset, ``began`` being where its context begins."""
    words = str(problem.get("problem") or problem.get("reason") or "unreadable")
    for part, code, message, fix in _REFUSED:
        if part in words:
            return Explained(code, message, fix, offset)
    line_start, line = _line(text, offset)
    here = text[offset : offset + 1]
    before = line[: offset - line_start]
    if "tab character" in words or here == "\t" or (before.strip() == "" and "\t" in before):
        return Explained("RG001", "a tab indents the line", "replace the tab with spaces", offset)
    if (found := _slip(words, text, offset, began)) is not None:
        return found
    if "cannot start any token" in words and here and here in _RESERVED:
        return Explained("RG001", f"a text that begins with '{here}' needs quotes", _QUOTE, offset)
    if any(part in words for part in _UNCLOSED):
        offset = min(began, offset)
    for part, message, fix in _SENTENCES:
        if part in words:
            return Explained("RG001", message, fix, offset)
    return Explained("RG001", f"this is not YAML: {words}", _INDENT, offset)


def _line(text: str, offset: int) -> tuple[int, str]:
    """Where the line of an offset begins, and the line, cut where it is very long."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    ends = (text.find("\n", offset), text.find("\r", offset), offset + 1_000)
    return start, text[start : min(end for end in ends if end >= 0)]


def _slip(words: str, text: str, offset: int, began: int) -> Explained | None:
    """The first line that shows a slip, from where the parser began to where it stopped."""
    lacks_colon = "could not find expected ':'" in words
    start, line = _line(text, offset)
    lines = [(start, line)]
    first = began if lacks_colon else max(start - 1, 0)
    while start > first and len(lines) < _MAX_LINES and offset - start < _MAX_LINES * 200:
        start, line = _line(text, start - 1)
        lines.append((start, line))
    for at, each in lines if not lacks_colon else reversed(lines):
        if (found := slip(each, lacks_colon=lacks_colon)) is not None:
            return Explained("RG001", found.message, found.fix, at + found.column)
        if lacks_colon:
            continue
        break
    if "mapping values are not allowed" in words and len(lines) > 1:
        (at, this), (above_at, above) = lines[0], lines[1]
        if (far := indented_too_far(this, above)) is not None:
            return Explained("RG001", far.message, far.fix, at + far.column)
        if (found := slip(above, lacks_colon=True)) is not None:
            return Explained("RG001", found.message, found.fix, above_at + found.column)
    return None
