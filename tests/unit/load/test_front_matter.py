"""Where the front matter of a Markdown file begins and ends."""

from __future__ import annotations

import pytest

from roadgate.load.front_matter import front_matter
from roadgate.load.places import Locator


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"---\na: 1\n---\n# Title\n---\nb: 2\n", b"---\na: 1\n"),
        (b"---\r\na: 1\r\n---\r\nbody", b"---\r\na: 1\r\n"),
        (b"\xef\xbb\xbf---\na: 1\n---", b"\xef\xbb\xbf---\na: 1\n"),
        (b"--- \na: 1\n...\nbody", b"--- \na: 1\n"),
        (b"---\n---\nbody", b"---\n"),
        (b"---\na: |\n  ---\n  x\n---\n\xff\xfe", b"---\na: |\n  ---\n  x\n"),
    ],
)
def test_front_matter(content: bytes, expected: bytes) -> None:
    """It ends at the first line of three dashes or dots; what follows is none of it."""
    assert front_matter(content) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "does not begin"),
        (b"# Title\n---\na: 1\n---\n", "does not begin"),
        (b"\n---\na: 1\n---\n", "does not begin"),
        (b"----\na: 1\n----\n", "does not begin"),
        (b"+++\na = 1\n+++\n", "does not begin"),
        (b"---\na: 1\n", "is not closed"),
        (b"---\na: 1\n ---\n", "is not closed"),
    ],
)
def test_none(content: bytes, message: str) -> None:
    """Without an opening line, or a closing one, there is none."""
    with pytest.raises(ValueError, match=message):
        front_matter(content)


def test_lines_count_in_the_file() -> None:
    """A field of the front matter stands at its line of the Markdown file."""
    locator = Locator(b"\xef\xbb\xbf---\r\na: 1\r\nb: 2\r\n---\r\n# T\r\n", "a.md", "markdown")
    assert (locator.span(0, "b").line, locator.span(0, "b").column) == (3, 4)
    assert (locator.key(0, "b").line, locator.key(0, "b").column) == (3, 1)
