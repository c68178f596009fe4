"""What is no CEL, in the words of those who write policies: the usual slips, then the parser's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadgate.evaluate.cel import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<word>[A-Za-z_]\w*)"""
    r"""|(?P<mark>=>|===?|[!<>]=|<>|&&|\|\||\S)""",
    re.DOTALL,
)
_INSTEAD = {
    "and": "write '&&' instead of 'and'",
    "or": "write '||' instead of 'or'",
    "not": "write '!' instead of 'not'",
    "is": "write '==' instead of 'is', and '!=' instead of 'is not'",
    "if": "write 'condition ? this : that' instead of 'if'",
    "=": "write '==' to compare: '=' sets nothing here",
    "===": "write '==' to compare",
    "=>": "write a comma behind the variable: list.exists(x, …)",
    "<>": "write '!=' instead of '<>'",
    "&": "write '&&' instead of '&'",
    "|": "write '||' instead of '|'",
    "$": "'$' means nothing here: a value is named as it is, such as params.x",
    **dict.fromkeys("\u2018\u2019\u201a\xb4`", "write straight quotes: ' instead of {}"),
    **dict.fromkeys("\u201c\u201d\u201e\xab\xbb", 'write straight quotes: " instead of {}'),
}
_SYNTAX = re.compile(r"[Ss]yntax error: (?P<what>.*)", re.DOTALL)
_MISMATCHED = re.compile(r"mismatched input '(?P<got>.*)' expecting (?P<wanted>.*)", re.DOTALL)
_EXTRA = re.compile(r"extraneous input '(?P<got>.*)' expecting (?P<wanted>.*)", re.DOTALL)
_MISSING = re.compile(r"missing '(?P<wanted>.*)' at '(?P<got>.*)'", re.DOTALL)
_UNREAD = re.compile(r"token recognition error at: '(?P<got>.*)'", re.DOTALL)
_BROKEN_OFF = re.compile(r"no viable alternative at input '(?P<got>.*)'", re.DOTALL)
_END = "<EOF>"
_CLOSING = (")", "]", "}")
_ECHO = "<<nil>> parsetree"
_NO_FIELD = "has() argument must be a field selection"


def in_words(text: str, problems: Sequence[Problem], returns: str) -> list[Problem]:
    """The problems of a text that does not compile; those of its syntax as one reads them."""
    if not any(map(_is_syntax, problems)):
        return list(problems)
    if usual := list(_usual(text)):
        return usual
    first = min((each for each in problems if _SYNTAX.match(each.message)), default=problems[0])
    words = _reworded(first.message)
    if returns == "string" and not {'"', "'"} & set(text):
        words += "; a text stands in quotes of its own, and under message where it never changes"
    return [_placed(text, first, words)]


def _is_syntax(problem: Problem) -> bool:
    return bool(_SYNTAX.match(problem.message)) or problem.message in (_ECHO, _NO_FIELD)


def _usual(text: str) -> Iterator[Problem]:
    """Slips that come from other languages, each kind of them once."""
    told: set[str] = set()
    pieces = [*_PIECE.finditer(text)]
    for position, piece in enumerate(pieces):
        before = pieces[position - 1] if position else None
        words = _slip(piece, before, pieces[position + 1 :])
        if words is not None and words not in told:
            told.add(words)
            yield Problem(piece.start(), piece.end(), words)


def _slip(
    piece: re.Match[str], before: re.Match[str] | None, after: Sequence[re.Match[str]]
) -> str | None:
    written = piece[0]
    if piece["text"]:
        is_prefix = before is not None and before["word"] in ("f", "F")
        if is_prefix and before is not None and before.end() == piece.start():
            return "a text has no places for values by itself: write '%s'.format([…])"
        return None
    is_told = before is not None and (before[0] == "." or before[0].lower() == "is")
    if written == "in" and _is_tuple(after):
        return "write a list in brackets: in ['a', 'b']"
    words = None if is_told else _INSTEAD.get(written.lower())
    return words.format(written) if words is not None else None


def _is_tuple(after: Sequence[re.Match[str]]) -> bool:
    """Whether what follows is a list in round brackets."""
    depth = 0
    for each in after:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(each[0], 0)
        if depth == 0:
            return False
        if each[0] == "," and depth == 1:
            return after[0][0] == "("
    return False


def _reworded(message: str) -> str:
    if message == _NO_FIELD:
        return (
            "has() asks for a field; for an entry of a map write 'area' in resource.metadata.labels"
        )
    found = _SYNTAX.match(message)
    return _parsers(found["what"]) if found is not None else message


def _parsers(what: str) -> str:
    """What the parser says, without its tokens."""
    if missing := _MISSING.fullmatch(what):
        where = "at its end" if missing["got"] == _END else f"before '{missing['got']}'"
        return f"a '{missing['wanted']}' is missing {where}"
    if unread := _UNREAD.fullmatch(what):
        got = unread["got"].strip()
        is_open = got[:1] in "'\"" and got
        return "a text has no closing quote" if is_open else f"'{got}' means nothing here"
    if other := _EXTRA.fullmatch(what) or _MISMATCHED.fullmatch(what):
        is_extra = what.startswith("extraneous")
        if is_extra and (other["wanted"] != _END or other["got"] in _CLOSING):
            return f"{_quoted(other['got'])} is one too many here"
        return _expected(other["got"], other["wanted"])
    return "it breaks off here" if _BROKEN_OFF.fullmatch(what) else what


def _expected(got: str, wanted: str) -> str:
    only = wanted if wanted.startswith("'") and wanted.count("'") == 2 else ""  # noqa: PLR2004
    if got == _END:
        return f"a {only} is missing at its end" if only else "something is missing at its end"
    if wanted == _END:
        return f"{_quoted(got)} cannot stand here: an operator such as && is missing before it"
    return f"{_quoted(got)} cannot stand here" + (
        f": a {only} is missing before it" if only else ""
    )


def _quoted(got: str) -> str:
    return got if got[:1] in "'\"" else f"'{got}'"


def _placed(text: str, problem: Problem, words: str) -> Problem:
    """The problem, on the last character where it is one of the end."""
    end = len(text.rstrip())
    return Problem(min(problem.start, max(0, end - 1)), max(1, min(problem.end, end)), words)
