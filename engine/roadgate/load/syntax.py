"""What the YAML parser complains about, in the words of somebody who edits a roadmap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.load.limits import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

_INDENT = "indent with spaces, and give entries of one mapping the same indentation"
_QUOTE = "put the whole text in quotes"
_CONDITION = re.compile(r":\s+>=?\s*[0-9b+-]?$")
_CONDITION_FIX = 'put the whole condition in quotes, such as target: ">= 80"'
_BACKSLASH = "write '\\\\' for a backslash, or use single quotes"
_SENTENCES = (
    (
        "mapping values are not allowed",
        "a ': ' stands inside an unquoted text, or the indentation is off",
        f"{_QUOTE}, or check the indentation",
    ),
    (
        "could not find expected ':'",
        "the line has no ': ' between a name and its value",
        "write 'name: value'",
    ),
    ("did not find expected key", "the line does not line up with the entries above", _INDENT),
    (
        "did not find expected '-'",
        "the line does not line up with the list above",
        "begin each entry with '- ' at the same indentation",
    ),
    (
        "sequence entries are not allowed",
        "a list begins in the middle of a line",
        "begin the list on a line of its own",
    ),
    (
        "did not find expected ',' or ']'",
        "the list '[…]' is not closed, or lacks a comma",
        "close it with ']'; put texts with commas in quotes",
    ),
    (
        "did not find expected ',' or '}'",
        "the mapping '{…}' is not closed, or lacks a comma",
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
        "begin the text on the next line, indented",
    ),
    (
        "expected whitespace or line break",
        "text follows a tag or anchor without a space",
        _QUOTE,
    ),
    ("mapping keys are not allowed", "a '? ' stands in the middle of a text", _QUOTE),
    (
        "unexpected end of stream",
        "a quote or bracket is not closed before the file ends",
        "close it",
    ),
    (
        "unexpected document indicator",
        "a quote or bracket is not closed before the next '---'",
        "close it",
    ),
    ("unknown escape character", "the backslash begins no known escape", _BACKSLASH),
    ("hexdecimal number", "the escape lacks its hexadecimal digits", _BACKSLASH),
    (
        "invalid Unicode character",
        "the escape is no character of its own (half of a pair)",
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
    ("alphabetic or numeric character", "a '*' or '&' begins no name", _QUOTE),
    ("tag", "a '!' begins no tag that is taken here", _QUOTE),
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


def explain(problem: Mapping[str, object], text: str, offset: int) -> tuple[str, str, str]:
    """The code, message and fix for a parser error at an offset."""
    words = str(problem.get("problem") or problem.get("reason") or "unreadable")
    line = text[text.rfind("\n", 0, offset) + 1 : offset + 1]
    here = text[offset : offset + 1]
    if "tab character" in words or here == "\t" or (line.strip() == "" and "\t" in line):
        return "RG001", "a tab indents the line", "replace the tab with spaces"
    if "cannot start any token" in words and here and here in _RESERVED:
        return "RG001", f"an unquoted text begins with '{here}'", _QUOTE
    if _CONDITION.search(line):
        return "RG001", "a condition that begins with '>' needs quotes", _CONDITION_FIX
    for part, code, message, fix in _REFUSED:
        if part in words:
            return code, message, fix
    for part, message, fix in _SENTENCES:
        if part in words:
            return "RG001", message, fix
    return "RG001", f"this is not YAML: {words}", _INDENT
