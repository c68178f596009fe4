"""The canonical form: order, indentation and spacing, and nothing else."""

from __future__ import annotations

import re

from hypothesis import Phase, assume, example, given, settings

from roadgate.edit.layout import canonical
from roadgate.edit.lines import comments
from roadgate.edit.proof import same
from roadgate.load.outline import outline
from unit.edit.documents import texts

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Making such documents smaller takes minutes."""
_COMMENT = re.compile(r"#[ !]?c[0-9]+ (above|beside|below) ([\w.\[\]-]+)$")


def formatted(text: str) -> str:
    """The canonical form of a text that can be read."""
    found = outline(text)
    assert found is not None
    return canonical(found, outline).text


def neighbours(text: str) -> dict[str, str]:
    """For each comment above or beside an entry, the key or item that it is next to."""
    found = {}
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if (mark := _COMMENT.search(line)) is None or mark[1] == "below":
            continue
        rest = lines[number:] if mark[1] == "beside" else lines[number + 1 :]
        entry = next(each for each in rest if each.strip() and not each.lstrip().startswith("#"))
        found[mark[0]] = entry.strip()
    return found


@settings(max_examples=150, phases=WITHOUT_SHRINKING)
@given(texts())
@example("kind: Initiative\nspec:\n  horizon: now # a\n     # b\n  problem: x\n")
@example("kind: Initiative\nspec:\n rice:\n  effort: |+\n   text\n status: now\n\n")
def test_only_the_form_changes(text: str) -> None:
    """The same data, the same comments, the same line ends; once is as good as twice."""
    before = outline(text)
    assume(before is not None)
    assert before is not None

    after = canonical(before, outline)

    assert same([each.data for each in before.sections], [each.data for each in after.sections])
    assert comments(before) == comments(after)
    assert formatted(after.text) == after.text
    if "\r\n" in text:
        assert after.text.count("\n") == after.text.count("\r\n")


@settings(max_examples=150, phases=WITHOUT_SHRINKING)
@given(texts())
def test_comments_stay_with_their_entries(text: str) -> None:
    """A comment above or beside an entry is above or beside it afterwards."""
    before = outline(text)
    assume(before is not None)
    old, new = neighbours(text), neighbours(formatted(text))

    for mark, entry in old.items():
        name = re.sub(r"\[[0-9]+\]$", "", mark.rsplit(" ", 1)[1]).rpartition(".")[2]
        if not entry.startswith("-") and name in entry:
            assert name in new[mark], (mark, entry, new[mark])
