"""Where the values of a JSON text stand, and what is wrong with one that cannot be read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from roadgate.load import scalars
from roadgate.load.nodes import Field, Node
from roadgate.load.text import REFUSED, character

if TYPE_CHECKING:
    from roadgate.model.document import Data

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(
    r'(?P<mark>[\[\]{},:])|(?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z_]\w*)"
)
_WORDS: dict[str, Data] = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonProblem(ValueError):  # noqa: N818 - as much a value as an error; never leaves load
    """Why a JSON text cannot be read, and where."""

    def __init__(self, code: str, message: str, fix: str, start: int, end: int) -> None:
        super().__init__(message)
        self.code, self.fix, self.start, self.end = code, fix, start, end


def scan(text: str, nesting: int) -> tuple[Data, Node]:
    """A text's data and places.

    Raises:
        JsonProblem: the text is no JSON, or holds what is not taken.
    """
    scanner = _Scanner(text, nesting)
    found = scanner.value(0)
    scanner.end()
    return found


class _Scanner:
    """Reads token by token."""

    def __init__(self, text: str, nesting: int) -> None:
        self._text = text
        self._nesting = nesting
        self._at = 0

    def value(self, depth: int) -> tuple[Data, Node]:
        """The next value."""
        token = self._next("a value is missing", "write the value")
        kind, text, start = token.lastgroup, token[0], token.start()
        if text == "{":
            return self._mapping(start, self._deeper(depth, token))
        if text == "[":
            return self._list(start, self._deeper(depth, token))
        if kind == "string":
            data: Data = self._string(token)
        elif kind == "number":
            data = self._number(token)
        elif text in _WORDS:
            data = _WORDS[text]
        elif kind == "word":
            raise _problem(token, f"'{text}' is no value", 'put a text in double quotes: "text"')
        else:
            raise _problem(token, f"a value is missing before '{text}'", "write it, or delete ','")
        style = '"' if kind == "string" else None
        shown = data if isinstance(data, str) else text
        return data, Node(start, token.end(), text=shown, style=style)

    def end(self) -> None:
        """Make sure that nothing follows."""
        self._at = self._space()
        if self._at < len(self._text):
            message = "text follows the end of the document"
            raise JsonProblem("RG001", message, "delete it", self._at, self._at + 1)

    def _mapping(self, start: int, depth: int) -> tuple[Data, Node]:
        data: dict[str, Data] = {}
        fields: dict[str, Field] = {}
        node = Node(start, start, fields=fields)
        closing = self._closes("}")
        while closing is None:
            name = self._next("the braces are not closed", "close it with '}'")
            if name.lastgroup != "string":
                message = "a name in double quotes is missing"
                raise _problem(name, message, 'write "name": value, without a comma at the end')
            key = self._string(name)
            if key in data:
                message = f"'{key}' is written twice"
                raise _problem(name, message, "delete one of the two", code="RG004")
            self._mark(":", "write ':' between a name and its value")
            data[key], value = self.value(depth)
            fields[key] = Field(name.start(), name.end(), value)
            closing = self._ends("}")
        node.end = closing
        return data, node

    def _list(self, start: int, depth: int) -> tuple[Data, Node]:
        data: list[Data] = []
        items: list[Node] = []
        node = Node(start, start, items=items)
        closing = self._closes("]")
        while closing is None:
            item, place = self.value(depth)
            data.append(item)
            items.append(place)
            closing = self._ends("]")
        node.end = closing
        return data, node

    def _deeper(self, depth: int, token: re.Match[str]) -> int:
        if depth >= self._nesting:
            message = f"the document nests deeper than the limit of {self._nesting} levels"
            raise _problem(token, message, "flatten it", code="RG003")
        return depth + 1

    def _string(self, token: re.Match[str]) -> str:
        text: str = json.loads(token[0])
        if refused := REFUSED.search(text) or _SURROGATE.search(text):
            message = f"a text has a {character(refused[0])} character"
            raise _problem(token, message, "delete the escape", code="RG002")
        return text

    def _number(self, token: re.Match[str]) -> Data:
        try:
            return scalars.plain(token[0])
        except ValueError as error:
            raise _problem(token, str(error), "write it as text, in quotes", "RG005") from None

    def _space(self) -> int:
        found = _SPACE.match(self._text, self._at)
        return found.end() if found else self._at

    def _next(self, message: str, fix: str) -> re.Match[str]:
        self._at = self._space()
        token = _TOKEN.match(self._text, self._at)
        if token is not None:
            self._at = token.end()
            return token
        here = self._text[self._at : self._at + 2]
        match here[:1]:
            case '"':
                message, fix = "a text is not closed, or has a wrong escape", "end it with '\"'"
            case "'":
                message, fix = "a text stands in single quotes", "use double quotes"
            case "/" | "#":
                message, fix = "JSON has no comments", "delete it"
            case "":
                pass
            case _:
                message, fix = f"'{here[:1]}' begins no value", "write the value in double quotes"
        raise JsonProblem("RG001", message, fix, self._at, self._at + 1)

    def _closes(self, mark: str) -> int | None:
        """Where a mapping or list ends, if it ends here."""
        self._at = self._space()
        if not self._text.startswith(mark, self._at):
            return None
        self._at += 1
        return self._at

    def _ends(self, mark: str) -> int | None:
        """Where a mapping or list ends, if no comma follows."""
        end = self._closes(mark)
        if end is None:
            self._mark(",", f"write ',' before the next entry, or '{mark}' at the end")
        return end

    def _mark(self, mark: str, fix: str) -> None:
        token = self._next(f"'{mark}' is missing", fix)
        if token[0] != mark:
            raise _problem(token, f"'{mark}' is missing", fix)


def _problem(token: re.Match[str], message: str, fix: str, code: str = "RG001") -> JsonProblem:
    return JsonProblem(code, message, fix, token.start(), token.end())
