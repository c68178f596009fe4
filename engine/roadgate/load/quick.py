"""Plain files, read by a quicker parser; whatever is not plain is left to the careful one.

Most files of a large roadmap use little of YAML. A text on which both parsers must agree is read
here in a third of the time. In doubt there is no answer, and ``yaml_text`` reads it, with
positions. The tests hold each against the other.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any

import yaml_rs

if TYPE_CHECKING:
    from roadgate.load.limits import Limits
    from roadgate.model.document import Data

_MAX_LENGTH = 1 << 16
_MAX_BRACKETS = 1_000
_WORDS = ("\\", "\t", "\r", "\u0085", " " * 200)
"""What the two parsers read differently, and what nests very deep."""
_COLON = re.compile(r":(?:[:,\]}\[{]|(?<=[ \n\[{,]:))")
"""A colon that neither ends a word nor stands inside of one."""
_LINE = re.compile(r"\n(?:%|---|\.\.\.)")
"""What ends a document."""
_INDICATORS = "&*!?|>@`%"
_BEFORE = frozenset(" \n[{,:")
"""An indicator means something at the start of a value only: after one of these."""
_HARMLESS = re.compile(r" %[\"']|(?<=:) [|>][-+]?\n")
"""The end of "2 %", and the usual beginning of a text of several lines."""
_RARE = (
    ("<", re.compile("<<")),
    ("_", re.compile("[-+0-9]_|_[0-9]")),
    ("0b", re.compile(r"\b0b")),
)
"""Merges and odd numbers, each with what is quicker to look for and in few texts."""
_SHORT = 24
"""Values up to so many characters come again and again, and are kept once, as keys are."""


def quick(text: str, limits: Limits) -> dict[str, Data] | None:
    """The mapping that is the only document of a plain text; None in any doubt."""
    if not _is_plain(text):
        return None
    try:
        data = yaml_rs.loads(text, parse_datetime=False)
    except yaml_rs.YAMLDecodeError:
        return None
    if type(data) is not dict:
        return None
    try:
        return _mapping(data, limits.nesting)
    except _DoubtError:
        return None


def _is_plain(text: str) -> bool:
    # plain loops, and patterns that begin with a character: this runs for every file
    if len(text) > _MAX_LENGTH or text.count("[") + text.count("{") > _MAX_BRACKETS:
        return False
    if _COLON.search(text) or _LINE.search(text):
        return False
    for word in _WORDS:
        if word in text:
            return False
    for indicator in _INDICATORS:
        if indicator in text and _indicates(text, indicator):
            return False
    return not any(mark in text and pattern.search(text) for mark, pattern in _RARE)


def _indicates(text: str, indicator: str) -> bool:
    found = text.find(indicator)
    while found >= 0:
        if found == 0 or (text[found - 1] in _BEFORE and not _HARMLESS.match(text, found - 1)):
            return True
        found = text.find(indicator, found + 1)
    return False


class _DoubtError(ValueError):
    """A value that the careful reader may read differently."""


class _Words(dict[Any, str]):
    """The keys met so far, each kept once in memory, however many files write it."""

    def __missing__(self, key: Any) -> str:  # noqa: ANN401 (whatever the parser made)
        if type(key) is not str or " " in key or "\n" in key:  # may have spanned lines
            raise _DoubtError
        known = self[key] = intern(key)
        return known


_KEYS = _Words()


def _mapping(node: dict[Any, Any], depth: int) -> dict[str, Data]:
    """The mapping with known words for keys.

    Raises:
        _DoubtError: a key is more than a word, a number no integer, or something nests deep.
    """
    if depth <= 0:
        raise _DoubtError
    made = {}
    for key, value in node.items():
        kind = type(value)
        if kind is str:
            made[_KEYS[key]] = intern(value) if len(value) <= _SHORT else value
        else:
            made[_KEYS[key]] = _other(value, kind, depth - 1)
    return made


def _other(value: Any, kind: type, depth: int) -> Data:  # noqa: ANN401 (whatever the parser made)
    """A value that is no text."""
    if kind is dict:
        return _mapping(value, depth)
    if kind is list:
        if depth <= 0:
            raise _DoubtError
        return [
            (intern(each) if len(each) <= _SHORT else each)
            if (its := type(each)) is str
            else _other(each, its, depth - 1)
            for each in value
        ]
    if kind is float:
        raise _DoubtError
    return value  # type: ignore[no-any-return] # an integer, a boolean or nothing
