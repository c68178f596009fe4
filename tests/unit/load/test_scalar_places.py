"""Where the characters of a text stand, however the text is written."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from roadgate.load.places import Locator

VALUE = "resource.spec.horizon == 'now' && resource.metadata.ownr != 'x'"
FIRST, SECOND = "resource.spec.horizon == 'now' &&", "resource.metadata.ownr != 'x'"
STYLES = {
    "plain": f"a: {FIRST} {SECOND}\n",
    "plain, two lines": f"a: {FIRST}\n   {SECOND}\n",
    "single": "a: '" + VALUE.replace("'", "''") + "'\n",
    "double": f'a: "{VALUE}"\n',
    "double, escapes": f'a: "\\x72{FIRST[1:-2]}\\u0026&\\\n    \\ {SECOND}"\n',
    "double, folded": f'a: "{FIRST}\n  {SECOND}"\n',
    "folded": f"a: >-\n  {FIRST}\n  {SECOND}\n",
    "folded, comment and anchor": f"a: &anchor >- # a note\n     {FIRST}\n     {SECOND}\n",
    "literal": f"a: |-\n  {VALUE}\n",
    "literal, indented": f"a: |2-\n  {VALUE}\n",
    "windows": f"a: >-\r\n  {FIRST}\r\n  {SECOND}\r\n",
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_a_word_within_a_text(text: str) -> None:
    """A word of the value is found where it is written, in every style that YAML has."""
    start = VALUE.index("ownr")
    span = Locator(text.encode(), "a.yaml").span(0, "a", (start, start + 4))
    line = text.split("\n")[span.line - 1]
    assert line[span.column - 1 : span.end_column - 1] == "ownr"


def test_lines_of_a_literal_block() -> None:
    """In a block that keeps its lines, so does the place; also past characters of two units."""
    text = "a: |\n  '日本語 😀' == b &&\n\n    ownr != 'x'\n"
    value = "'日本語 😀' == b &&\n\n  ownr != 'x'\n"
    start = value.index("ownr")
    span = Locator(text.encode(), "a.yaml").span(0, "a", (start, start + 4))
    assert (span.line, span.column, span.end_column) == (4, 5, 9)


def test_a_part_beyond_the_end() -> None:
    """What lies beyond the text is its end; what is no text is the field."""
    assert Locator(b"a: 'bc'\n", "a.yaml").span(0, "a", (9, 12)).column == 7
    assert Locator(b"a: [b]\n", "a.yaml").span(0, "a", (0, 1)).column == 4


@given(
    value=st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1),
    style=st.sampled_from(["'", '"', "|", ">", None]),
    width=st.integers(min_value=5, max_value=80),
    unicode=st.booleans(),
)
def test_every_character(value: str, style: str | None, width: int, *, unicode: bool) -> None:
    """Each character that is no white space has its own place, which shows it or its escape."""
    text = yaml.dump(
        {"a": value}, default_style=style, width=width, allow_unicode=unicode, indent=2
    )
    quoted = yaml.compose(text).value[0][1].style
    for at, character in enumerate(value):
        if character.isspace():
            continue
        span = Locator(text.encode(), "a.yaml").span(0, '["a"]', (at, at + 1))
        found = text.split("\n")[span.line - 1][span.column - 1]
        assert found == character or (quoted == '"' and found == "\\")
