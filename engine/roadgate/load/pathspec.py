"""The globs of a KindDefinition: git's pathspecs, each as if it began with ``:(glob)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MAGIC = re.compile(r":\((?P<long>[a-z,]*)\)|:(?P<short>[!^/]+):?|(?P<bang>!)")
_KNOWN = frozenset({"", "glob", "top", "exclude", "icase"})
_WILD = re.compile(r"[*?\[\\]")
_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
    "space": r"\s",
}
_TOKEN = re.compile(
    r"(?P<deep>(?<![^/])\*\*/)|(?P<tail>(?<=/)\*\*$)|(?P<all>^\*\*$)|(?P<star>\*+)|(?P<one>\?)"
    r"|\[(?P<not>[!^]?)(?P<set>\]?(?:\[:\w+:\]|\\.|[^\]])*)\]|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)
_ANY = {"deep": "(?:.*/)?", "tail": ".*", "all": ".*", "star": "[^/]*", "one": "[^/]"}
_ITEM = re.compile(r"\[:(?P<name>\w+):\]|\\(?P<escaped>.)|(?P<dash>-)|(?P<plain>.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Glob:
    """One glob: where it matches, or what it takes away again."""

    text: str
    pattern: re.Pattern[str]
    excludes: bool
    path: str
    """Without what stands before it."""
    is_folded: bool
    """Whether upper and lower case are alike."""
    start: str
    """What every path that it matches begins with."""

    @property
    def folder(self) -> str:
        """The folders that it names without wildcards, each with a slash behind it."""
        return self.path[: self.start.rfind("/") + 1]

    def matches(self, path: str) -> bool:
        """Whether it matches a path; most are told by the folder that they lie in."""
        near = self.is_folded or path.startswith(self.start)
        return near and self.pattern.fullmatch(path) is not None

    def for_git(self, prefix: str) -> str:
        """The same for git, in a repository in which the project lies at ``prefix``."""
        magic = ",".join(("top", "glob", *(["icase"] if self.is_folded else [])))
        return f":({magic}){prefix}{self.path}"


class Pathspec:
    """Several globs: a path matches if one takes it in and none takes it away."""

    def __init__(self, globs: Iterable[str]) -> None:
        """Read the globs.

        Raises:
            ValueError: one of them is no glob.
        """
        self.globs: Sequence[Glob] = [glob(each) for each in globs]
        self._taken = [each for each in self.globs if not each.excludes]
        self._left = [each for each in self.globs if each.excludes]

    def matches(self, path: str) -> bool:
        """Whether a file belongs to it."""
        return any(each.matches(path) for each in self._taken) and not any(
            each.matches(path) for each in self._left
        )


@lru_cache(maxsize=1024)
def glob(text: str) -> Glob:
    """Read one glob.

    Raises:
        ValueError: it is no glob, or leads out of the project.
    """
    rest, excludes, flags = text, False, 0
    while magic := _MAGIC.match(rest):
        words = set((magic["long"] or "").split(","))
        if not words <= _KNOWN:
            raise ValueError(f"'{text}' has a word in brackets that is not known here")
        excludes |= "exclude" in words or bool(set(magic["short"] or magic["bang"] or "") & {*"!^"})
        flags |= re.IGNORECASE if "icase" in words else 0
        rest = rest[magic.end() :]
    path = rest.removeprefix("./").strip()
    if not path or path.startswith(("/", ":")) or ".." in path.split("/"):
        raise ValueError(f"'{text}' is no glob of files in this project")
    try:
        pattern = re.compile(_regex(path), re.DOTALL | flags)
        wild = _WILD.search(path)
        start = path[: wild.start()] if wild else path.rstrip("/")
        return Glob(text, pattern, excludes, path, bool(flags), start)
    except re.error:
        raise ValueError(f"'{text}' is no glob") from None


def _regex(path: str) -> str:
    if not _WILD.search(path):  # a name that is a folder stands for all in it
        return re.escape(path.rstrip("/")) + "(?:/.*)?"
    return "".join(map(_token, _TOKEN.finditer(path)))


def _token(found: re.Match[str]) -> str:
    name = found.lastgroup or ""
    if name in _ANY:
        return _ANY[name]
    if name in ("escaped", "plain"):
        return re.escape(found[name])
    negated = "^/" if found["not"] else ""
    return f"(?!/)[{negated}{''.join(map(_item, _ITEM.finditer(found['set'])))}]"


def _item(found: re.Match[str]) -> str:
    if found["name"] is not None:
        if found["name"] not in _CLASSES:
            raise ValueError(f"'[:{found['name']}:]' is no class of characters known here")
        return _CLASSES[found["name"]]
    return "-" if found["dash"] else re.escape(found["escaped"] or found["plain"])
