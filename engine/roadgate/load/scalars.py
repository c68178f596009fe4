"""Plain scalars by the core schema of YAML 1.2: null, booleans, numbers; all else is text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from roadgate.load.slips import quoted

if TYPE_CHECKING:
    from roadgate.model.document import Data

_WORDS: dict[str, Data] = {
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER = re.compile(
    r"(?P<whole>[-+]?[0-9]+)"
    r"|0o(?P<octal>[0-7]+)"
    r"|0x(?P<hexadecimal>[0-9a-fA-F]+)"
    r"|(?P<real>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_NUMERIC = frozenset("-+.0123456789")
_MAX_DIGITS = 1_000
_MAX_EXPONENT = 10_000
CORE = "tag:yaml.org,2002:"
_CALL = re.compile(r"![A-Za-z_][\w.]*[(\[]")
"""An expression that begins with '!', such as ``!has(x)``."""


def plain(text: str) -> Data:
    """What an unquoted scalar means.

    Raises:
        ValueError: it is a number that has no exact, finite value here.
    """
    if not text:
        return None
    if text[0] not in _NUMERIC:
        return _WORDS.get(text, text)
    found = _NUMBER.fullmatch(text)
    return _number(found) if found else text


def _number(found: re.Match[str]) -> Data:
    text = found[0]
    if len(text) > _MAX_DIGITS:
        raise ValueError(f"a number has at most {_MAX_DIGITS} characters")
    match found.lastgroup:
        case "whole":
            return int(text)
        case "octal":
            return int(found["octal"], 8)
        case "hexadecimal":
            return int(found["hexadecimal"], 16)
        case "real":
            return _real(text)
    raise ValueError(f"'{text}' is not a finite number")


def _real(text: str) -> Decimal:
    _, _, exponent = text.lower().partition("e")
    if exponent and abs(int(exponent)) > _MAX_EXPONENT:
        raise ValueError(f"the exponent of '{text}' is out of range")
    return Decimal(text)


def untagged(tag: str | None, text: str, problem: str) -> tuple[str, str, str]:
    """What a scalar with a tag that is not taken says, what is wrong with it, and what to do.

    ``!has(x)`` is a tag to YAML, and an expression to whoever wrote it.
    """
    if tag is None or not _CALL.match(tag):
        return text, problem, "write it as text, in quotes"
    whole = f"{tag} {text}".rstrip()
    return whole, "a text that begins with '!' needs quotes", f"write {quoted(whole)}"


def tagged(tag: str, text: str) -> Data:
    """What a scalar with an explicit tag of the core schema means.

    Raises:
        ValueError: the tag is none of the core schema's, or the text has no such meaning.
    """
    name = tag.removeprefix(CORE)
    if name == "str":
        return text
    value = plain(text)
    fits = {
        "null": value is None,
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, (int, Decimal)) and not isinstance(value, bool),
    }
    if tag == name or name not in fits:
        raise ValueError(f"the tag '{_shown(tag)}' is not taken")
    if not fits[name]:
        raise ValueError(f"'{text}' is not of the tag '{_shown(tag)}'")
    return Decimal(value) if name == "float" and isinstance(value, int) else value


def _shown(tag: str) -> str:
    return "!!" + tag.removeprefix(CORE) if tag.startswith(CORE) else tag
