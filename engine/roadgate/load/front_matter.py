"""The front matter of a Markdown file: YAML between two lines of ``---`` at its beginning."""

from __future__ import annotations

import re

_OPENS = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\n|\r)")
_CLOSES = re.compile(rb"^(?:---|\.\.\.)[ \t]*(?:\r|$)", re.MULTILINE)


def front_matter(content: bytes) -> bytes:
    """The beginning of a file up to the line that closes its front matter.

    The line that opens it stays, and begins a YAML document: so lines count as in the file.

    Raises:
        ValueError: there is no front matter, or no end of it.
    """
    opened = _OPENS.match(content)
    if opened is None:
        raise ValueError("the file does not begin with front matter")
    closed = _CLOSES.search(content, opened.end())
    if closed is None:
        raise ValueError("the front matter is not closed")
    return content[: closed.start()]
