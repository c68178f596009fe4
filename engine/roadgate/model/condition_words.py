"""What somebody who wrote no condition must write instead, as close as it can be told."""

from __future__ import annotations

import re

HELP = (
    'write an operator with a number (">= 80"), "between 2 and 4", an operator with the baseline '
    '("<= baseline - 40%"), "increasing" or "decreasing"'
)
SEPARATORS = "write the number without separators, such as 1000"
_TYPOS = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<="}
_PHRASES = (
    (r"at least|no less than|not less than|minimum(?: of)?|min\.?", ">="),
    (r"at most|no more than|not more than|maximum(?: of)?|max\.?|up to", "<="),
    (r"more than|greater than|higher than|over|above|exceeds", ">"),
    (r"less than|lower than|fewer than|under|below", "<"),
)
_QUANTITY = r"(?P<rest>[+-]?\d+(?:\.\d+)?(?:\s*\S{1,20})?)"
_RANGE = re.compile(
    r"(?:from\s+)?(?P<low>\d+(?:\.\d+)?)\s*(?:-|to|…|\.\.|\u2013)\s*(?P<high>\d+(?:\.\d+)?)(?P<unit>\s*\S{0,20})",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?P<sign>[+-])\s*(?P<share>\d+(?:\.\d+)?)\s*%")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_CURLY = re.compile("[\u201c\u201d\u2018\u2019\u201e]")


def instead(words: str) -> str:
    """The sentence for a text that is no condition."""
    if _CURLY.search(words):
        return f'write it with straight quotes: "{_CURLY.sub("", words)}"'
    for typo, operator in _TYPOS.items():
        if words.startswith(typo):
            return f'write "{operator}" instead of "{typo}"'
    if words.startswith("="):
        return 'an exact value is no target: write ">=", "<=" or "between 2 and 4"'
    return _in_words(words) or HELP


def with_operator(words: str) -> str | None:
    """The same text with the operator that its first signs stand for; None where they are none."""
    for typo, operator in _TYPOS.items():
        if words.startswith(typo):
            return operator + words[len(typo) :]
    return None


def _in_words(words: str) -> str | None:
    for phrase, operator in _PHRASES:
        if found := re.fullmatch(rf"(?:{phrase})\s+{_QUANTITY}", words, re.IGNORECASE):
            return f'write "{operator} {found["rest"]}"'
    if found := _RANGE.fullmatch(words):
        return f'write "between {found["low"]} and {found["high"]}{found["unit"].rstrip()}"'
    if found := _SHARE.fullmatch(words):
        operator = "<=" if found["sign"] == "-" else ">="
        return f'write "{operator} baseline {found["sign"]} {found["share"]}%"'
    if words[:1].isdigit():
        return f'write an operator before the number, such as ">= {words}" or "<= {words}"'
    return None


def without_comma(number_and_rest: str) -> str:
    """The sentence for a number with a comma in it."""
    found = re.search(r"(\d+),(\d+)", number_and_rest)
    if found is None or len(found[2]) == len("000"):
        return SEPARATORS
    return f"write {found[1]}.{found[2]}: decimals take a point"
