"""The globs of ``ignore``: as in a .gitignore file, without negation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_TOKEN = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?[^\]/]+\]|.", re.DOTALL)
_SET_SYNTAX = re.compile(r"[\\\[&|~]")


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    text = glob.strip().rstrip("/")
    anchored = "/" in text
    parts = [] if anchored else ["(?:.*/)?"]
    for token in _TOKEN.findall(text.lstrip("/")):
        match token:
            case "**/":
                parts.append("(?:.*/)?")
            case "/**":
                parts.append("/.*")
            case "**":
                parts.append(".*")
            case "*":
                parts.append("[^/]*")
            case "?":
                parts.append("[^/]")
            case _ if token.startswith("[") and len(token) > 1:
                body = _SET_SYNTAX.sub(r"\\\g<0>", token[1:-1]).replace("--", r"\-\-")
                parts.append(f"[^{body[1:]}]" if body.startswith("!") else f"[{body}]")
            case _:
                parts.append(re.escape(token))
    return re.compile("".join(parts) + "(?:/.*)?", re.DOTALL)


def matcher(globs: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path, or a folder that it lies in, matches one of ``globs``.

    Raises:
        ValueError: one is no glob.
    """
    try:
        patterns = [_pattern(glob) for glob in globs]
    except re.error as problem:
        raise ValueError(f"this is no glob: {problem}") from None
    return lambda path: any(pattern.fullmatch(path) for pattern in patterns)
