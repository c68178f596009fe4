"""The globs of ``ignore``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadgate.load.globs import matcher


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("drafts", "drafts/a.yaml", True),
        ("drafts/", "x/drafts/a.yaml", True),
        ("/drafts", "x/drafts/a.yaml", False),
        ("x/drafts", "x/drafts/a.yaml", True),
        ("*.tmp.yaml", "a/b/c.tmp.yaml", True),
        ("*.yaml", "a/b.yml", False),
        ("roadmap/*.yaml", "roadmap/a/b.yaml", False),
        ("roadmap/**/*.yaml", "roadmap/b.yaml", True),
        ("roadmap/**/*.yaml", "roadmap/a/c/b.yaml", True),
        ("roadmap/**", "roadmap/a/b", True),
        ("roadmap/**", "roadmap2/a", False),
        ("a?.yaml", "ab.yaml", True),
        ("a[bc].yaml", "ac.yaml", True),
        ("a[!bc].yaml", "ac.yaml", False),
        ("a.yaml", "aXyaml", False),
        ("(a)+", "(a)+", True),
        ("x[[&-]", "x[", True),
    ],
)
def test_matches_like_a_gitignore_file(glob: str, path: str, *, expected: bool) -> None:
    """A pattern takes out a file, or a folder with everything in it."""
    assert matcher([glob])(path) is expected


def test_no_globs_match_nothing() -> None:
    """Without patterns nothing is left out."""
    assert not matcher([])("a.yaml")


@given(st.text("ab/*?[]!.\\-&|~^", max_size=12), st.text("ab/.", max_size=12))
def test_any_text_is_a_glob_or_refused(glob: str, path: str) -> None:
    """A pattern either answers or is refused with a sentence."""
    try:
        answer: object = matcher([glob])(path)
    except ValueError as problem:
        answer = str(problem)
        assert answer.startswith("this is no glob")
    assert isinstance(answer, (bool, str))
